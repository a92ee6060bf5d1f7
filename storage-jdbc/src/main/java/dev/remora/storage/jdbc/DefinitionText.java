package dev.remora.storage.jdbc;

import dev.remora.error.LimitExceededException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** The texts of definitions, in chunks: a large one is never whole on the heap beside its nodes. */
final class DefinitionText {
    /** The size of every chunk but the last one, in bytes; that one may be empty. */
    private static final int CHUNK_SIZE = 1 << 20;

    private DefinitionText() {}

    /** Stores a definition. */
    static void write(Session session, WorkflowName name, int version, Workflow definition) throws SQLException {
        try (Chunks chunks = new Chunks(session, name, version);
                Writer text = new OutputStreamWriter(chunks, StandardCharsets.UTF_8)) {
            WorkflowJson.write(definition, text);
        } catch (IOException e) {
            throw causeOf(e);
        }
    }

    /**
     * Reads a definition.
     *
     * @param first its first chunk
     */
    static Workflow read(Session session, WorkflowName name, int version, byte[] first) throws SQLException {
        try (InputStreamReader text =
                new InputStreamReader(new Joined(session, name, version, first), StandardCharsets.UTF_8)) {
            return WorkflowJson.parseStored(text);
        } catch (IOException e) {
            throw causeOf(e);
        } catch (ValidationException | LimitExceededException e) {
            throw new StorageException(
                    "version " + version + " of workflow " + name.name() + " of project " + name.project()
                            + " is stored, but cannot be read: " + e.getMessage(),
                    false,
                    e);
        }
    }

    private static SQLException causeOf(IOException e) {
        return e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
    }

    /** Cuts what is written into chunks, and stores each when it is full. */
    private static final class Chunks extends OutputStream {
        private final Session session;
        private final WorkflowName name;
        private final int version;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        private int number;
        private boolean closed;

        private Chunks(Session session, WorkflowName name, int version) {
            this.session = session;
            this.name = name;
            this.version = version;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            for (int done = 0; done < length; ) {
                int part = Math.min(CHUNK_SIZE - chunk.size(), length - done);
                chunk.write(bytes, offset + done, part);
                done += part;
                if (chunk.size() == CHUNK_SIZE) {
                    store();
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                store();
            }
        }

        private void store() throws IOException {
            try {
                session.query("""
                        INSERT INTO ${prefix}workflow_chunk (project, name, version, chunk, bytes)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                        .text(name.project())
                        .text(name.name())
                        .integer(version)
                        .integer(number)
                        .bytes(chunk.toByteArray())
                        .update();
            } catch (SQLException e) {
                throw new IOException(e);
            }
            number++;
            chunk.reset();
        }
    }

    /** Joins chunks, and reads each when the one before it is used up. */
    private static final class Joined extends InputStream {
        private final Session session;
        private final WorkflowName name;
        private final int version;
        private byte[] chunk;
        private int number;
        private int used;

        private Joined(Session session, WorkflowName name, int version, byte[] first) {
            this.session = session;
            this.name = name;
            this.version = version;
            chunk = first;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            if (used == chunk.length) {
                if (chunk.length < CHUNK_SIZE) {
                    return -1;
                }
                chunk = next();
                used = 0;
                if (chunk.length == 0) {
                    return -1;
                }
            }
            int part = Math.min(length, chunk.length - used);
            System.arraycopy(chunk, used, bytes, offset, part);
            used += part;
            return part;
        }

        private byte[] next() throws IOException {
            number++;
            try {
                Optional<byte[]> next = session.query("""
                        SELECT bytes FROM ${prefix}workflow_chunk
                        WHERE project = ? AND name = ? AND version = ? AND chunk = ?
                        """)
                        .text(name.project())
                        .text(name.name())
                        .integer(version)
                        .integer(number)
                        .first(Row::bytes);
                return next.orElseThrow(
                        () -> new StorageException("the definition was removed while it was read", true));
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
