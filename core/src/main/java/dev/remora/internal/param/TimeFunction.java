package dev.remora.internal.param;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** The functions that move a time by the calendar; the time of day is kept. */
enum TimeFunction {
    ADD_MONTHS {
        @Override
        LocalDateTime move(LocalDateTime base, long months) {
            return base.plusMonths(months);
        }
    },
    MONTH_BEGIN {
        @Override
        LocalDateTime move(LocalDateTime base, long days) {
            return base.withDayOfMonth(1).plusDays(days);
        }
    },
    MONTH_END {
        @Override
        LocalDateTime move(LocalDateTime base, long days) {
            return base.with(TemporalAdjusters.lastDayOfMonth()).plusDays(days);
        }
    },
    WEEK_BEGIN {
        @Override
        LocalDateTime move(LocalDateTime base, long days) {
            return base.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusDays(days);
        }
    },
    WEEK_END {
        @Override
        LocalDateTime move(LocalDateTime base, long days) {
            return base.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).plusDays(days);
        }
    };

    private final String written = name().toLowerCase(Locale.ROOT);

    /** Moves on the wall clock. */
    abstract LocalDateTime move(LocalDateTime base, long amount);

    /** Moves by the calendar: out of a gap forward, in an overlap to the base's offset, else the earlier. */
    ZonedDateTime move(ZonedDateTime base, long amount) {
        return ZonedDateTime.ofLocal(move(base.toLocalDateTime(), amount), base.getZone(), base.getOffset());
    }

    static Optional<TimeFunction> named(String name) {
        for (TimeFunction function : values()) {
            if (function.written.equals(name)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }
}
