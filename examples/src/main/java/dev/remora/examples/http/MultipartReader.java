package dev.remora.examples.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a multipart body (RFC 2046, RFC 7578) part by part, with one buffer of fixed size. Not safe for use by several
 * threads.
 */
final class MultipartReader {
    private static final int BUFFER_SIZE = 16 << 10;
    private static final int MOST_HEAD_BYTES = 8 << 10;
    private static final int MOST_PARTS = 64;

    private final InputStream source;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int start;
    private int end;
    private int parts;
    private boolean ended;
    private boolean inPart;

    MultipartReader(InputStream source, String boundary) {
        this.source = source;
        delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // why: the first delimiter may stand at the very beginning, without the line end that belongs to it
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
        inPart = true;
    }

    /**
     * Goes to the next part; what is left of the one before is passed over.
     *
     * @return the name of its form field; empty after the last part
     */
    Optional<String> next() throws IOException {
        while (inPart && read(new byte[BUFFER_SIZE], 0, BUFFER_SIZE) >= 0) {
            // passes over the preamble, or what nobody wanted
        }
        if (ended || closing()) {
            ended = true;
            return Optional.empty();
        }
        if (++parts > MOST_PARTS) {
            throw broken("it has more than " + MOST_PARTS + " parts");
        }
        String name = name(headers());
        inPart = true;
        return Optional.of(name);
    }

    /** Reads bytes of the current part; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (!inPart) {
            return -1;
        }
        while (true) {
            int found = find();
            if (found == start) {
                start += delimiter.length;
                inPart = false;
                return -1;
            }
            // why: what could be the beginning of a delimiter stays until what follows is there
            int sure = found >= 0 ? found - start : end - start - (delimiter.length - 1);
            if (sure > 0) {
                int count = Math.min(sure, length);
                System.arraycopy(buffer, start, target, offset, count);
                start += count;
                return count;
            }
            fill();
        }
    }

    private int find() {
        for (int i = start; i + delimiter.length <= end; i++) {
            if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return -1;
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int got = source.read(buffer, end, buffer.length - end);
        if (got < 0) {
            throw broken("it ends before its closing delimiter");
        }
        end += got;
    }

    /** Tells whether the delimiter just read was the last one; else reads to the end of its line. */
    private boolean closing() throws IOException {
        int first = oneByte();
        int second = oneByte();
        if (first == '-' && second == '-') {
            return true;
        }
        while (first == ' ' || first == '\t') {
            first = second;
            second = oneByte();
        }
        if (first != '\r' || second != '\n') {
            throw broken("a delimiter has something behind it");
        }
        return false;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int left = MOST_HEAD_BYTES;
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int value = oneByte();
            while (value != '\r') {
                if (value == '\n' || value == 0 || --left < 0) {
                    throw broken(
                            "the head of part " + parts + " is broken, or larger than " + MOST_HEAD_BYTES + " bytes");
                }
                line.write(value);
                value = oneByte();
            }
            if (oneByte() != '\n') {
                throw broken("the head of part " + parts + " has a line that does not end in CR LF");
            }
            if (line.size() == 0) {
                return headers;
            }
            String text = Percent.utf8(line.toByteArray(), "the head of part " + parts);
            int colon = text.indexOf(':');
            if (colon < 1
                    || headers.put(
                                    text.substring(0, colon),
                                    text.substring(colon + 1).strip())
                            != null) {
                throw broken("the head of part " + parts + " has a line without a name, or a name twice");
            }
        }
    }

    private String name(Map<String, String> headers) {
        String encoding =
                headers.getOrDefault("Content-Transfer-Encoding", "binary").toLowerCase(Locale.ROOT);
        if (!encoding.matches("binary|8bit|7bit")) {
            throw broken("part " + parts + " has a Content-Transfer-Encoding; parts must be sent as they are");
        }
        HeaderValue disposition = HeaderValue.parse(headers.getOrDefault("Content-Disposition", ""));
        String name = disposition.parameters().get("name");
        if (!disposition.value().equals("form-data") || name == null) {
            throw broken("part " + parts + " needs a Content-Disposition: form-data with a name");
        }
        return name;
    }

    private int oneByte() throws IOException {
        if (start == end) {
            fill();
        }
        return buffer[start++] & 0xff;
    }

    private static HttpProblem broken(String what) {
        return HttpProblem.malformed("the multipart body is broken: " + what);
    }
}
