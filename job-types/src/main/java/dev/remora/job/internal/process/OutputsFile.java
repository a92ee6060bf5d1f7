package dev.remora.job.internal.process;

import dev.remora.model.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The file in which a job leaves its outputs: lines {@code key=value} in UTF-8, the last of a key wins. */
final class OutputsFile {
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 16L;

    private final long maxCount;
    private final long maxSize;

    /** What outputs within the limits can take, keys that come again left aside. */
    private final int maxBytes;

    /** @param limits the limits of the engine */
    OutputsFile(ToLongFunction<Limit> limits) {
        maxCount = limits.applyAsLong(Limit.OUTPUTS);
        maxSize = limits.applyAsLong(Limit.OUTPUT_SIZE);
        maxBytes = (int) Math.min(LARGEST_ARRAY, 4 * Math.min(maxSize, LARGEST_ARRAY));
    }

    /** Says what is wrong with the file, in words for people. */
    static final class BadOutputException extends Exception {
        BadOutputException(String message) {
            super(message);
        }
    }

    /**
     * Reads the outputs.
     *
     * @return the values by key; empty if the job left no file
     */
    Map<String, String> read(Path file) throws IOException, BadOutputException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        if (!Files.isRegularFile(file)) {
            throw new BadOutputException("the outputs are not in a regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(maxBytes + 1);
        }
        if (bytes.length > maxBytes) {
            throw new BadOutputException("the file of outputs has more than " + maxBytes + " bytes; the limit "
                    + Limit.OUTPUT_SIZE + " is " + maxSize + " " + Limit.OUTPUT_SIZE.unit());
        }
        return parse(bytes);
    }

    Map<String, String> parse(byte[] bytes) throws BadOutputException {
        Map<String, String> outputs = new LinkedHashMap<>();
        long size = 0;
        int number = 1;
        for (int start = 0; start < bytes.length; number++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line = decode(bytes, start, end, number);
            start = end + 1;
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw bad(number, "has no '='; outputs are lines of the form key=value");
            }
            String key = line.substring(0, equals);
            if (key.isBlank()) {
                throw bad(number, "has a blank key; outputs are lines of the form key=value");
            }
            String value = line.substring(equals + 1);
            String former = outputs.put(key, value);
            size += former == null ? key.length() + value.length() : value.length() - former.length();
            if (outputs.size() > maxCount) {
                throw bad(number, "is one output too many; the limit " + Limit.OUTPUTS + " is " + maxCount);
            }
            if (size > maxSize) {
                throw bad(
                        number,
                        "makes the outputs too long; the limit " + Limit.OUTPUT_SIZE + " is " + maxSize + " "
                                + Limit.OUTPUT_SIZE.unit());
            }
        }
        return outputs;
    }

    private static String decode(byte[] bytes, int start, int end, int number) throws BadOutputException {
        int length = end > start && bytes[end - 1] == '\r' ? end - start - 1 : end - start;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad(number, "is not valid UTF-8");
        }
    }

    private static BadOutputException bad(int number, String what) {
        return new BadOutputException("line " + number + " of the outputs " + what);
    }
}
