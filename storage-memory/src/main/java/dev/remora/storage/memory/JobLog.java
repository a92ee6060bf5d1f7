package dev.remora.storage.memory;

import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The log of one job: its texts on the heap while they are small, else in a file. */
final class JobLog {
    /** How long the texts of one job may be together and stay on the heap, in bytes. */
    static final int LONGEST_ON_HEAP = 64 << 10;

    private final JobId job;
    private final Space space;
    private final ChunkIndex index = new ChunkIndex();
    private final TreeMap<Integer, LogExtent> extents = new TreeMap<>();
    private List<byte[]> texts = new ArrayList<>(2);
    private SpillFile file;
    private boolean removed;

    JobLog(JobId job, Space space) {
        this.job = job;
        this.space = space;
    }

    synchronized void append(LogChunk chunk) {
        if (removed) {
            throw JobLogs.gone(job);
        }
        if (chunk.firstLine() < index.lines()) {
            return;
        }
        if (chunk.firstLine() > index.lines()) {
            throw new StorageException(
                    "log of job " + job + " has " + index.lines() + " lines; a chunk from line " + chunk.firstLine()
                            + " would leave a gap",
                    false);
        }
        byte[] text = chunk.text();
        if (file == null && !fits(text)) {
            spill();
        }
        if (file == null) {
            texts.add(text);
        } else {
            file.write(index.bytes(), text);
        }
        index.add(chunk);
        extents.merge(
                chunk.attempt(),
                new LogExtent(chunk.attempt(), chunk.firstLine(), chunk.lineCount(), chunk.sourcePosition()),
                (before, more) -> new LogExtent(
                        before.attempt(),
                        before.firstLine(),
                        before.lineCount() + more.lineCount(),
                        Math.max(before.sourcePosition(), more.sourcePosition())));
    }

    private boolean fits(byte[] text) {
        return index.bytes() + text.length <= LONGEST_ON_HEAP && space.reserve(text.length);
    }

    private void spill() {
        SpillFile spilled = space.newFile();
        for (int i = 0; i < index.count(); i++) {
            spilled.write(index.start(i), texts.get(i));
        }
        file = spilled;
        texts = List.of();
        space.free(index.bytes());
    }

    synchronized long lines() {
        return index.lines();
    }

    synchronized List<LogExtent> extents() {
        return List.copyOf(extents.values());
    }

    synchronized List<LogChunk> read(long line, int maxBytes) {
        int first = index.chunkOf(line);
        int last = first;
        long bytes = 0;
        while (last < index.count() && bytes <= maxBytes) {
            bytes += index.length(last);
            last++;
        }
        if (removed || first == last) {
            return List.of();
        }
        List<byte[]> read = file == null ? texts.subList(first, last) : readFile(first, last);
        List<LogChunk> chunks = new ArrayList<>(last - first);
        for (int i = first; i < last; i++) {
            chunks.add(new LogChunk(
                    job,
                    index.attempt(i),
                    index.firstLine(i),
                    index.lineCount(i),
                    read.get(i - first),
                    index.sourcePosition(i)));
        }
        return chunks;
    }

    private List<byte[]> readFile(int first, int last) {
        List<byte[]> read = new ArrayList<>(last - first);
        for (int i = first; i < last; i++) {
            read.add(new byte[index.length(i)]);
        }
        file.read(index.start(first), read);
        return read;
    }

    synchronized void remove() {
        if (removed) {
            return;
        }
        removed = true;
        if (file == null) {
            space.free(index.bytes());
            texts = List.of();
        } else {
            file.delete();
        }
        extents.clear();
    }
}
