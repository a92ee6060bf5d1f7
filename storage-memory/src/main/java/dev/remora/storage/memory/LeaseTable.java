package dev.remora.storage.memory;

import dev.remora.error.LeaseLostException;
import dev.remora.spi.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The leases that are not lost. Changed only under the ownership lock of the data; read without it. */
final class LeaseTable {
    /** A lease and until when it stands. */
    static final class Held {
        private final Lease lease;
        /** The incarnation that this one goes on after, 0 if its engine has just started. */
        private final long after;

        private volatile long until;
        private volatile boolean lost;

        private Held(Lease lease, long after, long until) {
            this.lease = lease;
            this.after = after;
            this.until = until;
        }

        Lease lease() {
            return lease;
        }

        /** Whether this is the lease, or what was granted to its engine when it had lost it. */
        boolean goesOnAfter(Lease earlier) {
            return lease.equals(earlier) || after == earlier.incarnation();
        }

        private boolean standsAt(long now) {
            return !lost && now < until;
        }
    }

    private final InstantSource clock;
    private final Map<String, Held> byEngine = new ConcurrentHashMap<>();
    private long lastIncarnation;

    LeaseTable(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Adds a lease in place of an older one of the same engine, which must have been {@link #drop dropped}.
     *
     * @param after the incarnation that the engine had before, 0 for none
     */
    Lease add(String engine, long after, Duration duration) {
        Lease lease = new Lease(engine, ++lastIncarnation);
        byEngine.put(engine, new Held(lease, after, end(duration)));
        return lease;
    }

    void drop(Held held) {
        held.lost = true;
        byEngine.remove(held.lease.engine(), held);
    }

    void renew(Held held, Duration duration) {
        held.until = end(duration);
    }

    /** Returns the lease an engine holds, or null. */
    Held ofEngine(String engine) {
        return byEngine.get(engine);
    }

    /** Returns the lease, standing or over, or null if it is lost. */
    Held find(Lease lease) {
        Held held = byEngine.get(lease.engine());
        return held != null && held.lease.incarnation() == lease.incarnation() ? held : null;
    }

    Held standing(Lease lease) {
        Held held = find(lease);
        if (held == null || !held.standsAt(clock.millis())) {
            throw new LeaseLostException("engine " + lease.engine() + ", incarnation " + lease.incarnation()
                    + ": it has lost its lease, by silence or to a newer engine of the same name; nothing was written");
        }
        return held;
    }

    boolean stands(Held held) {
        return held.standsAt(clock.millis());
    }

    /** Returns the leases whose time is up and from which nobody has claimed anything. */
    Set<Held> over() {
        long now = clock.millis();
        return byEngine.values().stream().filter(held -> !held.standsAt(now)).collect(Collectors.toUnmodifiableSet());
    }

    void clear() {
        byEngine.clear();
    }

    private long end(Duration duration) {
        long now = clock.millis();
        Duration longest = Duration.ofMillis(Long.MAX_VALUE - Math.max(0, now));
        return duration.compareTo(longest) >= 0 ? Long.MAX_VALUE : now + duration.toMillis();
    }
}
