package dev.remora.job.internal.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the client of a cluster prints, from the first byte on, and tells of the applications in it. Takes a bounded
 * amount of memory, whatever the output is. Used by one thread at a time.
 */
final class OutputWatch {
    private static final int BLOCK = 256 << 10;
    private static final int BLOCKS_AT_ONCE = 16;
    private static final int LONGEST_LINE = 16 << 10;
    /** More than any id or link that is looked for, so that one that is cut is seen whole in the next part. */
    private static final int OVERLAP = 512;

    private static final Pattern YARN =
            Pattern.compile("(?<![A-Za-z0-9_])(application|job)(_\\d{1,20}_\\d{1,10})(?!\\d)");
    private static final Pattern SPARK = Pattern.compile("(?<![A-Za-z0-9_-])(driver|app)-\\d{14}-\\d{4,9}(?!\\d)");
    private static final Pattern URL = Pattern.compile("(?:tracking URL|url to track the job): (https?://\\S{1,400})");
    private static final Pattern DRIVER_STATE = Pattern.compile("State of (driver-[\\d-]+) is ([A-Z]+)");

    private final Path file;
    private final Listener listener;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private long position;

    /** Hears what was found, perhaps more than once. */
    interface Listener {
        /** Something that people may want to follow. */
        void link(String link);

        /** The client has submitted an application. */
        void submitted(String id);

        /** The client has told the state of a driver of a standalone Spark cluster. */
        void driver(String id, String state);
    }

    OutputWatch(Path file, Listener listener) {
        this.file = file;
        this.listener = listener;
    }

    /**
     * Reads some of what is there now.
     *
     * @return whether there may be more
     */
    boolean read() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(position);
            byte[] block = new byte[BLOCK];
            for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
                int count = channel.read(ByteBuffer.wrap(block));
                if (count <= 0) {
                    return false;
                }
                position += count;
                take(block, count);
            }
            return true;
        } catch (NoSuchFileException e) {
            // why: with the directory the file may be gone too; then there is nothing more to learn from it
            return false;
        }
    }

    /** Looks at the last line, which may have no end. */
    void finish() {
        look();
        length = 0;
    }

    private void take(byte[] block, int count) {
        for (int i = 0; i < count; i++) {
            if (block[i] == '\n') {
                look();
                length = 0;
            } else {
                if (length == line.length) {
                    look();
                    System.arraycopy(line, length - OVERLAP, line, 0, OVERLAP);
                    length = OVERLAP;
                }
                line[length++] = block[i];
            }
        }
    }

    private void look() {
        if (length == 0) {
            return;
        }
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        if (text.contains("_")) {
            yarn(text);
        }
        if (text.contains("driver-") || text.contains("app-")) {
            spark(text);
        }
        if (text.contains("://")) {
            Matcher url = URL.matcher(text);
            while (url.find()) {
                listener.link(url.group(1));
            }
        }
    }

    private void yarn(String text) {
        boolean submission = text.contains("Submitted application ") || text.contains("Running job: ");
        Matcher matcher = YARN.matcher(text);
        while (matcher.find()) {
            listener.link(matcher.group());
            if (submission) {
                listener.submitted("application" + matcher.group(2));
            }
        }
    }

    private void spark(String text) {
        if (text.contains("successfully submitted as driver-")
                || text.contains("Connected to Spark cluster with app ID")) {
            Matcher matcher = SPARK.matcher(text);
            while (matcher.find()) {
                listener.link(matcher.group());
                listener.submitted(matcher.group());
            }
        }
        Matcher state = DRIVER_STATE.matcher(text);
        if (state.find()) {
            listener.driver(state.group(1), state.group(2));
        }
    }
}
