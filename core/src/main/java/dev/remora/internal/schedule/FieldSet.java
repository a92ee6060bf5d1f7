package dev.remora.internal.schedule;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.FieldValue;
import java.util.BitSet;

/** The values that a plain cron field stands for. */
final class FieldSet {
    private FieldSet() {}

    /**
     * Reads a field.
     *
     * @param least the least value of the field
     * @param most its largest value
     */
    static BitSet of(FieldExpression expression, int least, int most) {
        BitSet values = new BitSet(most + 1);
        add(values, expression, least, most);
        return values;
    }

    private static void add(BitSet values, FieldExpression expression, int least, int most) {
        if (expression instanceof Always || expression instanceof QuestionMark) {
            values.set(least, most + 1);
        } else if (expression instanceof On on) {
            values.set(on.getTime().getValue());
        } else if (expression instanceof Between between) {
            range(values, number(between.getFrom()), number(between.getTo()), 1, least, most);
        } else if (expression instanceof Every every) {
            every(values, every, least, most);
        } else if (expression instanceof And and) {
            and.getExpressions().forEach(part -> add(values, part, least, most));
        } else {
            throw new IllegalArgumentException("it has " + expression.asString() + ", which is not supported");
        }
    }

    private static void every(BitSet values, Every every, int least, int most) {
        int step = every.getPeriod().getValue();
        FieldExpression base = every.getExpression();
        if (base instanceof Between between) {
            range(values, number(between.getFrom()), number(between.getTo()), step, least, most);
        } else if (base instanceof On on) {
            range(values, on.getTime().getValue(), most, step, least, most);
        } else {
            range(values, least, most, step, least, most);
        }
    }

    /** Adds a range; one that ends before it begins goes on at the other end of the field: 22-2 are five hours. */
    private static void range(BitSet values, int from, int to, int step, int least, int most) {
        int size = most - least + 1;
        int last = to >= from ? to : to + size;
        for (int value = from; value <= last; value += step) {
            values.set(value > most ? value - size : value);
        }
    }

    private static int number(FieldValue<?> value) {
        return (Integer) value.getValue();
    }
}
