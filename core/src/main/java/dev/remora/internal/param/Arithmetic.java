package dev.remora.internal.param;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads integer arithmetic.
 *
 * <pre>
 * sum     = product { ("+" | "-") product }
 * product = factor { ("*" | "/") factor }
 * factor  = { "+" | "-" } ( digits | "(" sum ")" )
 * </pre>
 *
 * Blanks between them count for nothing.
 */
final class Arithmetic {
    /** What follows the text; in the text it ends nothing, as it is no part of the grammar. */
    private static final char END = '\0';

    private static final int MOST_DIGITS = 18;
    private static final int DEEPEST = 50;

    private final String text;
    private final boolean integersOnly;
    private int at;
    private int depth;

    private Arithmetic(String text, boolean integersOnly) {
        this.text = text;
        this.integersOnly = integersOnly;
    }

    /** Computes with fractions. Empty if the text is no arithmetic, divides by zero, or needs more than 64 bits. */
    static Optional<Fraction> exact(String text) {
        return new Arithmetic(text, false).whole();
    }

    /** Computes with integers, each division cut towards zero. Empty as {@link #exact} is. */
    static OptionalLong integer(String text) {
        return new Arithmetic(text, true)
                .whole()
                .map(value -> OptionalLong.of(value.truncated()))
                .orElse(OptionalLong.empty());
    }

    private Optional<Fraction> whole() {
        try {
            Fraction value = sum();
            return peek() == END && at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (ArithmeticException notArithmetic) {
            return Optional.empty();
        }
    }

    private Fraction sum() {
        Fraction value = product();
        for (char sign = peek(); sign == '+' || sign == '-'; sign = peek()) {
            at++;
            Fraction next = product();
            value = value.plus(sign == '+' ? next : next.negated());
        }
        return value;
    }

    private Fraction product() {
        Fraction value = factor();
        for (char sign = peek(); sign == '*' || sign == '/'; sign = peek()) {
            at++;
            Fraction next = factor();
            value = sign == '*' ? value.times(next) : value.dividedBy(next);
            if (integersOnly) {
                value = Fraction.of(value.truncated());
            }
        }
        return value;
    }

    private Fraction factor() {
        boolean negative = false;
        for (char sign = peek(); sign == '+' || sign == '-'; sign = peek()) {
            negative ^= sign == '-';
            at++;
        }
        Fraction value = peek() == '(' ? group() : number();
        return negative ? value.negated() : value;
    }

    private Fraction group() {
        if (++depth > DEEPEST) {
            throw new ArithmeticException("nested too deep");
        }
        at++;
        Fraction value = sum();
        if (peek() != ')') {
            throw new ArithmeticException("no closing parenthesis");
        }
        at++;
        depth--;
        return value;
    }

    private Fraction number() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > MOST_DIGITS) {
            throw new ArithmeticException("no number, or too long a one");
        }
        return Fraction.of(Long.parseLong(text, start, at, 10));
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }
}
