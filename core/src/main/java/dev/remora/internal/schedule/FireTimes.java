package dev.remora.internal.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instants at which a cron expression fires in a zone, from a start to an end, both inclusive. A local time that a
 * change of offset leaves out fires when the gap ends; one that it doubles fires the first time only (F50, F55). Each
 * instant counts once. Immutable.
 */
public final class FireTimes {
    private final CronPattern pattern;
    private final ZoneId zone;
    private final Instant start;
    private final Instant end;

    private FireTimes(CronPattern pattern, ZoneId zone, Instant start, Instant end) {
        this.pattern = pattern;
        this.zone = zone;
        this.start = start;
        this.end = end;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it breaks the Quartz format; the message says what is wrong
     */
    public static FireTimes of(String cron, ZoneId zone, Optional<Instant> start, Optional<Instant> end) {
        return new FireTimes(CronPattern.of(cron), zone, start.orElse(Instant.EPOCH), end.orElse(Instant.MAX));
    }

    /** The same expression without a start and an end. */
    public FireTimes unbounded() {
        return new FireTimes(pattern, zone, Instant.EPOCH, Instant.MAX);
    }

    /** The first fire time after an instant; empty if there is none. */
    public Optional<Instant> next(Instant after) {
        Instant floor = after.isBefore(start) ? start.minusNanos(1) : after;
        return following(floor).filter(time -> !time.isAfter(end));
    }

    /** The latest fire time that is not after an instant; empty if there is none. */
    public Optional<Instant> last(Instant until) {
        Instant top = (until.isBefore(end) ? until : end).truncatedTo(ChronoUnit.SECONDS);
        long low = start.getEpochSecond() - 1;
        long high = top.getEpochSecond();
        if (low >= high || !firesWithin(low, top)) {
            return Optional.empty();
        }
        // why: a search backwards needs no pattern of its own; a fire time follows low, and none follows high
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (firesWithin(middle, top)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return next(Instant.ofEpochSecond(low));
    }

    private boolean firesWithin(long after, Instant until) {
        return next(Instant.ofEpochSecond(after))
                .filter(time -> !time.isAfter(until))
                .isPresent();
    }

    /**
     * The fire times of a closed range, in order.
     *
     * @param most how many at the most; the others are left out
     */
    public List<Instant> within(Instant from, Instant to, long most) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = next(from.minusNanos(1));
        while (time.isPresent() && !time.get().isAfter(to) && times.size() < most) {
            times.add(time.get());
            time = next(time.get());
        }
        return times;
    }

    private Optional<Instant> following(Instant after) {
        if (after.getEpochSecond() > 200L * 366 * 86_400) {
            return Optional.empty();
        }
        ZoneOffset offset = zone.getRules().getOffset(after);
        LocalDateTime local = LocalDateTime.ofInstant(after, offset);
        ZoneOffsetTransition doubled = zone.getRules().getTransition(local);
        if (doubled != null && doubled.isOverlap() && offset.equals(doubled.getOffsetAfter())) {
            // why: all of the second pass has fired in the first
            local = doubled.getDateTimeBefore().minusNanos(1);
        }
        Optional<LocalDateTime> next = pattern.next(local);
        while (next.isPresent() && !instant(next.get()).isAfter(after)) {
            next = pattern.next(next.get());
        }
        return next.map(this::instant);
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }
}
