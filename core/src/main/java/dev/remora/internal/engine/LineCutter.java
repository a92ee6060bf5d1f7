package dev.remora.internal.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines of sound UTF-8 (ruling Q11): LF and CR LF end a line, a line over the limit is split
 * between characters, invalid bytes are replaced. Ended lines are collected; the last, partial one waits for its end.
 */
final class LineCutter {
    private final int lineLimit;
    private byte[] text = new byte[1024];
    private int size;
    private int lines;
    private byte[] partial = new byte[256];
    private int partialSize;

    LineCutter(int lineLimit) {
        this.lineLimit = lineLimit;
    }

    void cut(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                endLine(bytes, from, i - from);
                from = i + 1;
            }
        }
        keep(bytes, from, end - from);
    }

    /** The partial line will not get an end: it is a line as it is. */
    void endPartial() {
        if (partialSize > 0) {
            int length = partialSize;
            partialSize = 0;
            addLines(partial, 0, length);
        }
    }

    private void endLine(byte[] bytes, int from, int length) {
        if (partialSize == 0) {
            addLines(bytes, from, withoutReturn(bytes, from, length));
            return;
        }
        keep(bytes, from, length);
        int whole = partialSize;
        partialSize = 0;
        addLines(partial, 0, withoutReturn(partial, 0, whole));
    }

    private static int withoutReturn(byte[] bytes, int from, int length) {
        return length > 0 && bytes[from + length - 1] == '\r' ? length - 1 : length;
    }

    /** Keeps the beginning of a line; what exceeds the limit is split off at once, so that it stays bounded. */
    private void keep(byte[] bytes, int from, int length) {
        if (partialSize + length > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(partial.length * 2, partialSize + length));
        }
        System.arraycopy(bytes, from, partial, partialSize, length);
        partialSize += length;
        int start = 0;
        // why: a carriage return at the very limit may belong to the line's end, so one more byte is waited for
        while (partialSize - start > lineLimit + 1) {
            int part = splitPoint(partial, start, lineLimit);
            addLine(partial, start, part);
            start += part;
        }
        if (start > 0) {
            System.arraycopy(partial, start, partial, 0, partialSize - start);
            partialSize -= start;
        }
    }

    private void addLines(byte[] bytes, int from, int length) {
        int start = from;
        int left = length;
        while (left > lineLimit) {
            int part = splitPoint(bytes, start, lineLimit);
            addLine(bytes, start, part);
            start += part;
            left -= part;
        }
        addLine(bytes, start, left);
    }

    /** The longest part within the limit that ends between two characters, if there is such a place near. */
    private static int splitPoint(byte[] bytes, int from, int limit) {
        int part = limit;
        while (part > 1 && limit - part < 4 && (bytes[from + part] & 0xC0) == 0x80) {
            part--;
        }
        return (bytes[from + part] & 0xC0) == 0x80 ? limit : part;
    }

    private void addLine(byte[] bytes, int from, int length) {
        boolean ascii = true;
        for (int i = from; i < from + length; i++) {
            ascii &= bytes[i] >= 0;
        }
        if (ascii) {
            append(bytes, from, length);
        } else {
            byte[] sound = new String(bytes, from, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            append(sound, 0, sound.length);
        }
        lines++;
    }

    private void append(byte[] bytes, int from, int length) {
        if (size + length + 1 > text.length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, size + length + 1));
        }
        System.arraycopy(bytes, from, text, size, length);
        size += length;
        text[size++] = '\n';
    }

    int lines() {
        return lines;
    }

    int size() {
        return size;
    }

    int partialSize() {
        return partialSize;
    }

    byte[] text() {
        return Arrays.copyOf(text, size);
    }

    void clearText() {
        size = 0;
        lines = 0;
    }

    void reset() {
        clearText();
        partialSize = 0;
    }
}
