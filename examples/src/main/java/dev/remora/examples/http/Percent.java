package dev.remora.examples.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded UTF-8, read strictly. */
final class Percent {
    private Percent() {}

    /** Decodes a part of a path, in which a plus sign is one. */
    static String decode(String text) {
        return decode(text, false);
    }

    /** Decodes a name or value of a form, in which a plus sign is a blank. */
    static String decodeForm(String text) {
        return decode(text, true);
    }

    static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw HttpProblem.malformed(what + " is not UTF-8");
        }
    }

    private static String decode(String text, boolean plusIsBlank) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw HttpProblem.malformed("a percent sign in the address or the form has no two digits after it");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(plusIsBlank && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return utf8(bytes.toByteArray(), "the address or the form");
    }
}
