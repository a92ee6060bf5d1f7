package dev.remora.internal.param;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads time expressions.
 *
 * <pre>
 * expression = format [ offset ] | call
 * call       = function "(" format "," integer arithmetic ")"
 *            | "timestamp" "(" ( format [ offset ] | call ) ")"
 * offset     = ("+" | "-") arithmetic, in days
 * </pre>
 *
 * The offset begins at the first sign behind the last letter and the last quoted literal. Blanks around operators, commas
 * and at both ends count for nothing. Anything else is no time expression.
 */
final class TimeExpressionParser {
    private static final String TIMESTAMP = "timestamp";
    private static final Fraction SECONDS_OF_DAY = Fraction.of(86_400);

    private TimeExpressionParser() {}

    /** Reads what stands between {@code $[} and {@code ]}; empty if it is no time expression. */
    static Optional<TimeExpression> read(String text) {
        String stripped = text.strip();
        String function = functionOf(stripped);
        if (!function.isEmpty()) {
            return call(function, stripped);
        }
        int offset = startOfOffset(stripped);
        return TimeFormat.hasRun(stripped.substring(0, offset)) ? shifted(stripped, offset) : Optional.empty();
    }

    private static Optional<TimeExpression> call(String function, String text) {
        if (!text.endsWith(")")) {
            return Optional.empty();
        }
        String arguments =
                text.substring(text.indexOf('(') + 1, text.length() - 1).strip();
        return function.equals(TIMESTAMP)
                ? timestamp(arguments)
                : TimeFunction.named(function).flatMap(known -> moved(known, arguments));
    }

    private static Optional<TimeExpression> timestamp(String argument) {
        String function = functionOf(argument);
        // why: a timestamp never gives what timestamp takes, so nesting them would only invite deep recursion
        if (function.equals(TIMESTAMP)) {
            return Optional.empty();
        }
        Optional<TimeExpression> inner =
                function.isEmpty() ? shifted(argument, startOfOffset(argument)) : call(function, argument);
        return inner.map(TimeExpression.Timestamp::new);
    }

    private static Optional<TimeExpression> moved(TimeFunction function, String arguments) {
        int comma = lastComma(arguments);
        if (comma < 0) {
            return Optional.empty();
        }
        String format = arguments.substring(0, comma).strip();
        OptionalLong amount = Arithmetic.integer(arguments.substring(comma + 1));
        if (amount.isEmpty() || startOfOffset(format) < format.length()) {
            return Optional.empty();
        }
        return TimeFormat.of(format).map(it -> new TimeExpression.Moved(function, it, amount.getAsLong()));
    }

    private static Optional<TimeExpression> shifted(String text, int offset) {
        Optional<Fraction> days =
                offset == text.length() ? Optional.of(Fraction.ZERO) : Arithmetic.exact(text.substring(offset));
        try {
            return days.map(SECONDS_OF_DAY::times)
                    .flatMap(seconds -> TimeFormat.of(text.substring(0, offset).strip())
                            .map(format -> new TimeExpression.Shifted(format, seconds.truncated())));
        } catch (ArithmeticException tooFar) {
            return Optional.empty();
        }
    }

    /** Returns the name before the first parenthesis if it is a function's, else nothing. */
    private static String functionOf(String text) {
        int parenthesis = text.indexOf('(');
        if (parenthesis < 0) {
            return "";
        }
        String name = text.substring(0, parenthesis).strip();
        return name.equals(TIMESTAMP) || TimeFunction.named(name).isPresent() ? name : "";
    }

    private static int startOfOffset(String text) {
        for (int i = endOfLetters(text); i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '+' || c == '-') && arithmeticFollows(text, i + 1)) {
                return i;
            }
        }
        return text.length();
    }

    private static int endOfLetters(String text) {
        boolean quoted = false;
        int end = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                end = i + 1;
            } else if (!quoted && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
                end = i + 1;
            }
        }
        return end;
    }

    /** Tells whether a sign was meant as an operator: if it was but what follows is wrong, the whole is no expression. */
    private static boolean arithmeticFollows(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length() || "0123456789+-*/().".indexOf(text.charAt(at)) >= 0;
    }

    private static int lastComma(String text) {
        boolean quoted = false;
        int comma = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && c == ',') {
                comma = i;
            }
        }
        return comma;
    }
}
