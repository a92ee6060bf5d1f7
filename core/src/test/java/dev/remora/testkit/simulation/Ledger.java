package dev.remora.testkit.simulation;

import dev.remora.model.Workflow;
import dev.remora.spi.Command;
import dev.remora.spi.EngineStore;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.StoredCommand;
import dev.remora.spi.Submission;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps, beside the storage, books of all that took effect in it, and sees that only those wrote who may. */
final class Ledger {
    /** A lease as the books know it. */
    private static final class Held {
        private long until;
        private boolean lost;
    }

    private final Scheduler scheduler;
    private final Rules rules;
    private final SimulatedJobs jobs;
    private final StoredLogs logs;
    private Consumer<Books> endHeard = books -> {};
    private final Map<String, Workflow> workflows;
    private final Map<Lease, Held> leases = new HashMap<>();
    private final Map<Long, Books> executions = new TreeMap<>();
    private final Map<Long, StoredCommand> commands = new TreeMap<>();

    /** @param workflows the definitions by name */
    Ledger(Scheduler scheduler, Rules rules, SimulatedJobs jobs, StoredLogs logs, Map<String, Workflow> workflows) {
        this.scheduler = scheduler;
        this.rules = rules;
        this.jobs = jobs;
        this.logs = logs;
        this.workflows = workflows;
    }

    /** Sets who hears of each end of a round. */
    void endHeard(Consumer<Books> value) {
        endHeard = value;
    }

    List<Books> all() {
        return List.copyOf(executions.values());
    }

    Books of(long execId) {
        Books books = executions.get(execId);
        if (books == null) {
            throw new AssertionError("execution " + execId + " was never stored");
        }
        return books;
    }

    /** A call has taken effect in the storage. */
    @SuppressWarnings("unchecked")
    void effect(Method method, Object[] arguments, Object answer) {
        Object first = arguments.length == 0 ? "" : arguments[0];
        switch (method.getName()) {
            case "register" -> registered((Lease) answer, (Duration) arguments[1]);
            case "registerAgain" ->
                registeredAgain((Lease) first, (EngineStore.Registration) answer, (Duration) arguments[1]);
            case "append" -> appended((Lease) first, (LogChunk) arguments[1]);
            case "renew" -> renewed((Lease) first, (Duration) arguments[1], (Boolean) answer);
            case "release" -> {
                if (arguments.length == 1) {
                    leases.get((Lease) first).lost = true;
                } else {
                    ((Collection<Long>) arguments[1]).forEach(execId -> released((Lease) first, execId));
                }
            }
            case "create", "createUnsaved" ->
                created((Lease) first, (Submission) arguments[1], (ExecutionStore.Accepted) answer);
            case "claim" -> ((List<Long>) answer).forEach(execId -> claimed((Lease) first, execId));
            case "claimFinal" -> claimedFinal((Lease) first, (Long) arguments[1], (Boolean) answer);
            case "commit" -> ((List<ExecutionChange>) arguments[1]).forEach(change -> committed((Lease) first, change));
            case "send" -> of((Long) first).sent((Command) arguments[1]);
            case "commands" -> ((List<StoredCommand>) answer).forEach(one -> commands.put(one.id(), one));
            case "done" -> ((Collection<Long>) first).forEach(this::carriedOut);
            default -> {}
        }
    }

    private void registered(Lease lease, Duration duration) {
        leases.forEach((other, held) -> held.lost |= other.engine().equals(lease.engine()));
        rules.require(!leases.containsKey(lease), "%s was given out twice", lease);
        Held held = new Held();
        held.until = scheduler.now() + duration.toMillis();
        leases.put(lease, held);
    }

    private void registeredAgain(Lease lost, EngineStore.Registration answer, Duration duration) {
        Held held = leases.get(answer.lease());
        if (!answer.granted()) {
            rules.require(stands(answer.lease()), "%s is refused for %s, which does not stand", lost, answer.lease());
        } else if (held == null) {
            registered(answer.lease(), duration);
        } else {
            rules.require(!held.lost, "%s is lost, and given out again", answer.lease());
            held.until = scheduler.now() + duration.toMillis();
        }
    }

    private void appended(Lease lease, LogChunk chunk) {
        Books books = of(chunk.job().execId());
        rules.require(stands(lease), "%s wrote the log of %s without standing", lease, chunk.job());
        rules.require(
                lease.equals(books.owner()) || books.state().status().isFinal(),
                "%s wrote the log of %s, which %s owns",
                lease,
                chunk.job(),
                books.owner());
    }

    private void renewed(Lease lease, Duration duration, boolean stands) {
        Held held = leases.get(lease);
        rules.require(stands != held.lost, "%s is lost: %s, but its renewal says %s", lease, held.lost, stands);
        if (stands) {
            held.until = scheduler.now() + duration.toMillis();
        }
    }

    private void released(Lease lease, long execId) {
        Books books = of(execId);
        if (lease.equals(books.owner())) {
            books.own(null);
        }
    }

    private boolean stands(Lease lease) {
        Held held = leases.get(lease);
        return held != null && !held.lost && scheduler.now() < held.until;
    }

    private void created(Lease lease, Submission submission, ExecutionStore.Accepted accepted) {
        rules.require(stands(lease), "execution %d was created without a standing lease", accepted.execId());
        if (accepted.created()) {
            Shape shape = new Shape(workflows.get(submission.workflow()), submission.options());
            Books books = new Books(accepted.execId(), shape, submission.version(), rules, jobs, logs, endHeard);
            books.own(lease);
            rules.require(
                    executions.put(accepted.execId(), books) == null, "execution %d exists twice", accepted.execId());
        }
    }

    private void claimed(Lease lease, long execId) {
        Books books = of(execId);
        rules.require(stands(lease), "execution %d was claimed without a standing lease", execId);
        rules.require(
                books.owner() == null || !stands(books.owner()),
                "execution %d was claimed by %s from %s, which stands",
                execId,
                lease,
                books.owner());
        rules.require(!books.state().status().isFinal(), "execution %d was claimed although it is final", execId);
        if (books.owner() != null) {
            leases.get(books.owner()).lost = true;
        }
        books.own(lease);
    }

    private void claimedFinal(Lease lease, long execId, boolean claimed) {
        if (claimed) {
            rules.require(
                    of(execId).state().status().isFinal(), "execution %d was claimed as if it were final", execId);
            of(execId).claimedFinal(lease);
        }
    }

    private void committed(Lease lease, ExecutionChange change) {
        Books books = of(change.execId());
        rules.require(stands(lease), "%s wrote of execution %d without standing", lease, change.execId());
        rules.require(
                lease.equals(books.owner()),
                "%s wrote of execution %d, which %s owns",
                lease,
                change.execId(),
                books.owner());
        books.committed(lease, change);
    }

    private void carriedOut(long commandId) {
        StoredCommand command = commands.remove(commandId);
        if (command != null) {
            of(command.execId()).carriedOut(command.command());
        }
    }
}
