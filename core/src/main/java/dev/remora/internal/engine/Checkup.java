package dev.remora.internal.engine;

import dev.remora.error.StorageException;
import dev.remora.model.Health;
import dev.remora.model.Health.Condition;
import java.util.Optional;

/** Says how an engine is, from what its parts know; makes no call of the storage. */
final class Checkup {
    private final EngineParts parts;
    private final StorageHealth storage;

    Checkup(EngineParts parts, StorageHealth storage) {
        this.parts = parts;
        this.storage = storage;
    }

    Health health(boolean closed) {
        boolean held = parts.ownership().isHeld() && !closed;
        Optional<String> problem = storage.away().map(StorageException::toString);
        Condition condition = closed ? Condition.CLOSED : held && problem.isEmpty() ? Condition.UP : Condition.AWAY;
        int active = parts.activeRuns().size();
        int running = parts.runningJobs().count();
        int used = parts.dispatcher().taken();
        long waiting = parts.dispatcher().waiting();
        return new Health(
                condition,
                summary(condition, held, problem, active, running, used, waiting),
                held,
                problem,
                active,
                parts.troubles().count(),
                running,
                used,
                parts.config().maxRunningNodes(),
                waiting,
                parts.committer().waiting());
    }

    private String summary(
            Condition condition,
            boolean held,
            Optional<String> problem,
            int active,
            int running,
            int used,
            long waiting) {
        String name = "engine " + parts.config().name();
        if (condition == Condition.CLOSED) {
            return name + " is closed";
        }
        return name
                + (held ? " has its lease" : " has lost its lease and acts for no execution")
                + (problem.isEmpty() ? ", its storage answers" : ", its storage is away (" + problem.get() + ")")
                + "; executions " + active + ", running nodes " + running + ", slots " + used + " of "
                + parts.config().maxRunningNodes() + ", nodes waiting for a slot " + waiting;
    }
}
