package dev.remora.internal.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/**
 * The local times of a cron expression in Quartz format. The text is read by the library; the times are worked out here,
 * as the library leaves out ranges that go over the end of a field, fails on {@code 31W}, and drops or doubles times when
 * summer time begins or ends.
 */
final class CronPattern {
    static final int FIRST_YEAR = 1970;
    static final int LAST_YEAR = 2099;
    private static final int MOST_CHARACTERS = 1_000;

    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final BitSet years;
    private final DayRule dayOfMonth;
    private final DayRule dayOfWeek;

    private CronPattern(Map<CronFieldName, CronField> fields) {
        seconds = FieldSet.of(expression(fields, CronFieldName.SECOND), 0, 59);
        minutes = FieldSet.of(expression(fields, CronFieldName.MINUTE), 0, 59);
        hours = FieldSet.of(expression(fields, CronFieldName.HOUR), 0, 23);
        months = FieldSet.of(expression(fields, CronFieldName.MONTH), 1, 12);
        CronField year = fields.get(CronFieldName.YEAR);
        years = new BitSet();
        if (year == null) {
            years.set(FIRST_YEAR, LAST_YEAR + 1);
        } else {
            years.or(FieldSet.of(year.getExpression(), FIRST_YEAR, LAST_YEAR));
        }
        dayOfMonth = DayRule.ofMonth(expression(fields, CronFieldName.DAY_OF_MONTH));
        dayOfWeek = DayRule.ofWeek(expression(fields, CronFieldName.DAY_OF_WEEK));
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it breaks the format; the message says where
     */
    static CronPattern of(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "it has " + text.length() + " characters; it may have " + MOST_CHARACTERS);
        }
        Cron cron = PARSER.parse(text).validate();
        return new CronPattern(cron.retrieveFieldsAsMap());
    }

    private static FieldExpression expression(Map<CronFieldName, CronField> fields, CronFieldName name) {
        return fields.get(name).getExpression();
    }

    /** The first local time after another; empty if there is none up to the end of {@link #LAST_YEAR}. */
    Optional<LocalDateTime> next(LocalDateTime after) {
        if (after.getYear() > LAST_YEAR) {
            return Optional.empty();
        }
        if (after.getYear() < FIRST_YEAR) {
            return nextDay(LocalDate.of(FIRST_YEAR, 1, 1));
        }
        LocalDateTime from = after.withNano(0).plusSeconds(1);
        if (fits(from.toLocalDate())) {
            Optional<LocalTime> today = nextTime(from.toLocalTime());
            if (today.isPresent()) {
                return today.map(from.toLocalDate()::atTime);
            }
        }
        return nextDay(from.toLocalDate().plusDays(1));
    }

    private Optional<LocalDateTime> nextDay(LocalDate from) {
        LocalDate day = from;
        while (day.getYear() <= LAST_YEAR) {
            if (!years.get(day.getYear())) {
                int year = years.nextSetBit(day.getYear());
                if (year < 0) {
                    return Optional.empty();
                }
                day = LocalDate.of(year, 1, 1);
            } else if (!months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (dayOfMonth.fits(day) && dayOfWeek.fits(day)) {
                LocalDate fitting = day;
                return nextTime(LocalTime.MIDNIGHT).map(fitting::atTime);
            } else {
                day = day.plusDays(1);
            }
        }
        return Optional.empty();
    }

    private boolean fits(LocalDate day) {
        return years.get(day.getYear())
                && months.get(day.getMonthValue())
                && dayOfMonth.fits(day)
                && dayOfWeek.fits(day);
    }

    /** The first time of a day that is not before another. */
    private Optional<LocalTime> nextTime(LocalTime from) {
        int hour = hours.nextSetBit(from.getHour());
        if (hour == from.getHour()) {
            int minute = minutes.nextSetBit(from.getMinute());
            if (minute == from.getMinute()) {
                int second = seconds.nextSetBit(from.getSecond());
                if (second >= 0) {
                    return Optional.of(LocalTime.of(hour, minute, second));
                }
                minute = minutes.nextSetBit(minute + 1);
            }
            if (minute >= 0) {
                return Optional.of(LocalTime.of(hour, minute, seconds.nextSetBit(0)));
            }
            hour = hours.nextSetBit(hour + 1);
        }
        return hour < 0
                ? Optional.empty()
                : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0)));
    }
}
