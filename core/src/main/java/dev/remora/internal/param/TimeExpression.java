package dev.remora.internal.param;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands between {@code $[} and {@code ]}, read. */
sealed interface TimeExpression {
    /**
     * Computes the text for a cycle time.
     *
     * @return empty if there is none, such as for a year with five digits
     */
    Optional<String> at(ZonedDateTime base);

    /** Moves by seconds: whole days by the calendar, the rest in real time. */
    record Shifted(TimeFormat format, long seconds) implements TimeExpression {
        private static final long DAY = 86_400;

        @Override
        public Optional<String> at(ZonedDateTime base) {
            return moved(() -> base.plusDays(seconds / DAY).plusSeconds(seconds % DAY))
                    .flatMap(format::print);
        }
    }

    /** Moves by a function. */
    record Moved(TimeFunction function, TimeFormat format, long amount) implements TimeExpression {
        @Override
        public Optional<String> at(ZonedDateTime base) {
            return moved(() -> function.move(base, amount)).flatMap(format::print);
        }
    }

    /** The epoch seconds of the local time that another expression gives as {@code yyyyMMddHHmmss}. */
    record Timestamp(TimeExpression inner) implements TimeExpression {
        private static final int DIGITS = 14;

        @Override
        public Optional<String> at(ZonedDateTime base) {
            return inner.at(base)
                    .filter(text -> text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                    .flatMap(text -> moved(() -> ZonedDateTime.ofLocal(local(text), base.getZone(), base.getOffset())))
                    .map(time -> Long.toString(time.toEpochSecond()));
        }

        private static LocalDateTime local(String text) {
            return LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 4, 6),
                    number(text, 6, 8),
                    number(text, 8, 10),
                    number(text, 10, 12),
                    number(text, 12, 14));
        }

        private static int number(String text, int from, int to) {
            return Integer.parseInt(text, from, to, 10);
        }
    }

    private static Optional<ZonedDateTime> moved(Supplier<ZonedDateTime> move) {
        try {
            return Optional.of(move.get());
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }
}
