package dev.remora.storage.jdbc;

import dev.remora.error.LeaseLostException;
import dev.remora.spi.EngineStore.Registration;
import dev.remora.spi.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The rows of the engines. A transaction that writes for an engine locks its row with {@link #fence}; one that takes a
 * lease away with {@link #lose}. These two wait for each other.
 */
final class EngineTable {
    /** A lease that is not lost. */
    private record Held(long incarnation, long after, boolean stands) {
        boolean goesOnAfter(Lease earlier) {
            return incarnation == earlier.incarnation() || after == earlier.incarnation();
        }
    }

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private EngineTable() {}

    /** Adds an incarnation as an engine starts, in place of the older ones of the same engine. */
    static Lease add(Session session, String engine, Duration duration) throws SQLException {
        lockNames(session);
        return replace(session, engine, 0, duration);
    }

    /** Adds an incarnation as an engine goes on, unless another stands. */
    static Registration addAgain(Session session, Lease lost, Duration duration) throws SQLException {
        lockNames(session);
        Optional<Held> held =
                session.query("""
                SELECT incarnation, after_incarnation, lease_until > ${now} FROM ${prefix}engine
                WHERE name = ? AND NOT lost
                """).text(lost.engine()).first(row -> new Held(row.number(), row.number(), row.flag()));
        if (held.isPresent()) {
            Lease lease = new Lease(lost.engine(), held.get().incarnation());
            if (held.get().goesOnAfter(lost)) {
                renew(session, lease, duration);
                return new Registration(lease, true);
            }
            if (held.get().stands()) {
                return new Registration(lease, false);
            }
        }
        return new Registration(replace(session, lost.engine(), lost.incarnation(), duration), true);
    }

    /** Lets two that register the same name at the same time see each other. */
    private static void lockNames(Session session) throws SQLException {
        session.query("SELECT id FROM ${prefix}storage WHERE one = 1 FOR UPDATE")
                .list(Row::word);
    }

    private static Lease replace(Session session, String engine, long after, Duration duration) throws SQLException {
        List<Long> older = session.query("SELECT incarnation FROM ${prefix}engine WHERE name = ? AND NOT lost")
                .text(engine)
                .list(Row::number);
        for (long incarnation : new TreeSet<>(older)) {
            lose(session, incarnation);
        }
        long incarnation = session.insert("""
                INSERT INTO ${prefix}engine (name, after_incarnation, lease_until, lost) VALUES (?, ?, ${now} + ?, FALSE)
                """, "incarnation")
                .text(engine)
                .number(after)
                .number(millis(duration))
                .insert()
                .orElseThrow();
        removeIdle(session);
        return new Lease(engine, incarnation);
    }

    /** Renews a lease; tells whether it stands. */
    static boolean renew(Session session, Lease lease, Duration duration) throws SQLException {
        int renewed = session.query("""
                UPDATE ${prefix}engine SET lease_until = ${now} + ?
                WHERE incarnation = ? AND name = ? AND NOT lost
                """)
                .number(millis(duration))
                .number(lease.incarnation())
                .text(lease.engine())
                .update();
        // why: a connection may be set up to count only the rows in which an update changes something
        return renewed == 1 || isHeld(session, lease);
    }

    private static boolean isHeld(Session session, Lease lease) throws SQLException {
        return session.query("SELECT 1 FROM ${prefix}engine WHERE incarnation = ? AND name = ? AND NOT lost")
                .number(lease.incarnation())
                .text(lease.engine())
                .exists();
    }

    /** Gives a lease up. */
    static void release(Session session, Lease lease) throws SQLException {
        if (isHeld(session, lease)) {
            lose(session, lease.incarnation());
            removeIdle(session);
        }
    }

    /** Makes sure that a lease stands until the end of the transaction. */
    static void fence(Session session, Lease lease) throws SQLException {
        boolean stands = session.query("""
                SELECT 1 FROM ${prefix}engine
                WHERE incarnation = ? AND name = ? AND NOT lost AND lease_until > ${now}
                ${fence}
                """)
                .number(lease.incarnation())
                .text(lease.engine())
                .exists();
        if (!stands) {
            throw lost(lease);
        }
    }

    static LeaseLostException lost(Lease lease) {
        return new LeaseLostException("engine " + lease.engine() + ", incarnation " + lease.incarnation()
                + ": it has lost its lease, by silence or to a newer engine of the same name; nothing was written");
    }

    /** Takes a lease away for good, after the transactions that write for it have ended. */
    static void lose(Session session, long incarnation) throws SQLException {
        session.query("SELECT 1 FROM ${prefix}engine WHERE incarnation = ? FOR UPDATE")
                .number(incarnation)
                .exists();
        session.query("UPDATE ${prefix}engine SET lost = TRUE WHERE incarnation = ?")
                .number(incarnation)
                .update();
    }

    /** Takes a lease away for good if its time is up; tells whether it is lost now. */
    static boolean loseIfOver(Session session, long incarnation) throws SQLException {
        boolean over = session.query("""
                SELECT 1 FROM ${prefix}engine WHERE incarnation = ? AND (lost OR lease_until <= ${now}) FOR UPDATE
                """).number(incarnation).exists();
        if (over) {
            session.query("UPDATE ${prefix}engine SET lost = TRUE WHERE incarnation = ?")
                    .number(incarnation)
                    .update();
        }
        return over;
    }

    /** Removes what lost engines have left, once they own nothing that is not final. */
    static void removeIdle(Session session) throws SQLException {
        // why: found without locks first, as a deletion by condition locks whatever it looks at in MariaDB
        List<Long> idle = session.query("""
                SELECT e.incarnation FROM ${prefix}engine e
                WHERE e.lost AND NOT EXISTS
                    (SELECT 1 FROM ${prefix}execution x WHERE x.active AND x.owner = e.incarnation)
                """).list(Row::number);
        for (long incarnation : new TreeSet<>(idle)) {
            session.query("DELETE FROM ${prefix}engine WHERE incarnation = ?")
                    .number(incarnation)
                    .update();
        }
    }

    private static long millis(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : duration.toMillis();
    }
}
