package dev.remora.storage.jdbc;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;

/** Texts as databases take them. */
final class Texts {
    private Texts() {}

    /** Tells whether every database can store a short text: no NUL, no half of a surrogate pair. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == 0) {
                return false;
            }
            if (Character.isSurrogate(one)) {
                if (!Character.isHighSurrogate(one)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Returns the smallest text that is higher than every text with a prefix, in the order of code points.
     *
     * @return empty if there is none
     */
    static Optional<String> behind(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            int start = end - Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return Optional.of(prefix.substring(0, start) + Character.toString(next));
            }
            end = start;
        }
        return Optional.empty();
    }

    /** Returns as many placeholders as there are values, rounded up to few different numbers: {@code (?, ?, ?, ?)}. */
    static String placeholders(Collection<?> values) {
        return "(" + String.join(", ", Collections.nCopies(rounded(values.size()), "?")) + ")";
    }

    // why: a database keeps the plan of each statement, so there should not be one for each number of values
    static int rounded(int count) {
        return count <= 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
    }
}
