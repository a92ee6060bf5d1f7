package dev.remora.internal.schedule;

import dev.remora.model.MisfirePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the fire times that have come since a schedule was last looked at. Pure.
 *
 * @param fire those that fire, in order
 * @param missed how many are left out because nobody was there for them
 * @param firstMissed the first of those
 * @param lastMissed the last of those
 * @param cursor up to when all is dealt with
 */
record DueTimes(
        List<Instant> fire, long missed, Optional<Instant> firstMissed, Optional<Instant> lastMissed, Instant cursor) {
    /** How late the first of them may be without being missed. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** How many fire at the most; the others follow with the next look. */
    static final int MOST = 100;

    static DueTimes of(FireTimes times, Instant cursor, Instant now, MisfirePolicy policy) {
        Optional<Instant> first = times.next(cursor).filter(time -> !time.isAfter(now));
        if (first.isEmpty()) {
            return new DueTimes(List.of(), 0, Optional.empty(), Optional.empty(), cursor);
        }
        boolean late = first.get().plus(TOLERANCE).isBefore(now);
        if (!late || policy == MisfirePolicy.ALL) {
            List<Instant> fire = times.within(first.get(), now, MOST);
            return new DueTimes(fire, 0, Optional.empty(), Optional.empty(), fire.get(fire.size() - 1));
        }
        return missed(times, first.get(), now, policy == MisfirePolicy.LATEST ? 1 : 0);
    }

    private static DueTimes missed(FireTimes times, Instant first, Instant now, int kept) {
        Deque<Instant> last = new ArrayDeque<>();
        long missed = 0;
        Instant lastMissed = first;
        Instant cursor = first;
        Optional<Instant> time = Optional.of(first);
        while (time.isPresent() && !time.get().isAfter(now)) {
            cursor = time.get();
            last.add(cursor);
            if (last.size() > kept) {
                lastMissed = last.remove();
                missed++;
            }
            time = times.next(cursor);
        }
        return new DueTimes(
                new ArrayList<>(last),
                missed,
                missed == 0 ? Optional.empty() : Optional.of(first),
                missed == 0 ? Optional.empty() : Optional.of(lastMissed),
                cursor);
    }
}
