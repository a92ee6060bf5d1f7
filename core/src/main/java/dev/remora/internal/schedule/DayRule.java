package dev.remora.internal.schedule;

import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.SpecialChar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.function.Function;

/** Whether a day fits a field of days: days of the month, or of the week. */
@FunctionalInterface
interface DayRule {
    boolean fits(LocalDate day);

    /** Days of the month: numbers, L, L-n, LW, nW. A month that does not have the day has none that fits. */
    static DayRule ofMonth(FieldExpression expression) {
        if (expression instanceof And and) {
            return anyOf(and, DayRule::ofMonth);
        }
        if (expression instanceof On on && on.getSpecialChar().getValue() != SpecialChar.NONE) {
            return switch (on.getSpecialChar().getValue()) {
                case L -> {
                    int before = Math.max(0, on.getNth().getValue());
                    yield day -> day.getDayOfMonth() == day.lengthOfMonth() - before;
                }
                case LW -> day -> day.equals(nearestWeekday(day, day.lengthOfMonth()));
                case W -> {
                    int wanted = on.getTime().getValue();
                    yield day -> wanted <= day.lengthOfMonth() && day.equals(nearestWeekday(day, wanted));
                }
                default -> throw unsupported(expression);
            };
        }
        BitSet days = FieldSet.of(expression, 1, 31);
        return day -> days.get(day.getDayOfMonth());
    }

    /** Days of the week, 1 for Sunday: numbers, L, nL, n#m. */
    static DayRule ofWeek(FieldExpression expression) {
        if (expression instanceof And and) {
            return anyOf(and, DayRule::ofWeek);
        }
        if (expression instanceof On on && on.getSpecialChar().getValue() != SpecialChar.NONE) {
            int wanted = on.getTime().getValue();
            return switch (on.getSpecialChar().getValue()) {
                case L ->
                    wanted < 0
                            ? day -> day.getDayOfWeek() == DayOfWeek.SATURDAY
                            : day -> number(day) == wanted && day.getDayOfMonth() > day.lengthOfMonth() - 7;
                case HASH -> {
                    int nth = on.getNth().getValue();
                    yield day -> number(day) == wanted && (day.getDayOfMonth() + 6) / 7 == nth;
                }
                default -> throw unsupported(expression);
            };
        }
        if (expression instanceof QuestionMark) {
            return day -> true;
        }
        BitSet days = FieldSet.of(expression, 1, 7);
        return day -> days.get(number(day));
    }

    private static DayRule anyOf(And and, Function<FieldExpression, DayRule> read) {
        DayRule[] rules = and.getExpressions().stream().map(read).toArray(DayRule[]::new);
        return day -> {
            for (DayRule rule : rules) {
                if (rule.fits(day)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static int number(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7 + 1;
    }

    /** The weekday of the same month that is nearest to one of its days. */
    private static LocalDate nearestWeekday(LocalDate month, int number) {
        LocalDate day = month.withDayOfMonth(number);
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> number == 1 ? day.plusDays(2) : day.minusDays(1);
            case SUNDAY -> number == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
            default -> day;
        };
    }

    private static IllegalArgumentException unsupported(FieldExpression expression) {
        return new IllegalArgumentException("it has " + expression.asString() + ", which is not supported there");
    }
}
