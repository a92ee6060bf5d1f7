package dev.remora.internal.engine;

import dev.remora.OnClose;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.event.ExecutionEvent;
import dev.remora.internal.param.RunParameters;
import dev.remora.internal.run.Run;
import dev.remora.internal.run.RunSettings;
import dev.remora.model.Cause;
import dev.remora.model.RunOptions;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowVersion;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings executions to life in this engine, from what is stored of them. */
final class Activation {
    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

    private final EngineParts parts;

    /** Definitions with job types that this engine does not know; what it knows never changes. */
    private final Set<WorkflowVersion> passedOver = ConcurrentHashMap.newKeySet();

    Activation(EngineParts parts) {
        this.parts = parts;
    }

    Optional<ActiveRun> active(long execId) {
        return parts.activeRuns().get(execId);
    }

    /** Starts a run that was just stored, or whose next round was. */
    void begin(long execId, Lease lease, Submission submission, ExecutionState state, List<NodeState> rows) {
        adopt(execId, lease, submission, state, rows).open();
    }

    /** The same, but leaves it to the caller to open it. */
    ActiveRun adopt(long execId, Lease lease, Submission submission, ExecutionState state, List<NodeState> rows) {
        Prepared prepared = parts.definitions().of(execId, submission, state.version());
        Run run = run(parts.config(), execId, prepared, submission.options(), state, rows);
        RunParameters parameters = prepared.parameters(submission, OptionalLong.of(execId));
        ActiveRun active = new ActiveRun(parts, execId, lease, submission, prepared, parameters, run);
        if (!rows.isEmpty()) {
            // why: what never had a job has no files, and a job starts after its node has a row
            active.usesFiles();
        }
        parts.activeRuns().add(active);
        rows.stream().filter(row -> row.status() == Status.RUNNING).forEach(row -> active.reattach(row.node()));
        return active;
    }

    /** An execution was accepted by this engine. */
    void submitted(long execId, Submission submission) {
        parts.metrics().executionSubmitted();
        parts.listeners()
                .tell(new ExecutionEvent.Submitted(
                        execId, submission.submitTime(), submission.project(), submission.workflow()));
    }

    /** Makes executions that nobody owns this engine's own, for it to take over. */
    List<Long> claim(Lease lease, int limit) {
        try {
            return parts.storage().executions().claim(lease, limit, Set.copyOf(passedOver));
        } catch (StorageException unclear) {
            parts.strays().suspect();
            throw unclear;
        }
    }

    /**
     * Goes on with a run that another engine had, or this one before a restart; or begins with one that was submitted
     * within a transaction of its caller.
     *
     * @param submittedHere whether it was submitted to this engine, which could not tell of it before the commit
     */
    void takeOver(long execId, Lease lease, boolean submittedHere) {
        try {
            Optional<ExecutionRecord> record = parts.storage().executions().find(execId);
            if (record.isEmpty()) {
                LOG.debug("execution {} is gone", execId);
            } else if (knowsJobTypes(record.get().requireWhole())) {
                takeOver(record.get(), lease, submittedHere);
            } else if (passesOver(record.get())) {
                parts.storage().executions().release(lease, List.of(execId));
            } else {
                parts.troubles().hold(execId, lease);
            }
        } catch (StorageException failed) {
            if (!failed.isTransient()) {
                parts.troubles().met(execId, lease, failed);
            } else if (parts.troubles().holds(execId, lease)) {
                parts.troubles().waitFor(execId);
            } else {
                parts.strays().suspect();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            // why: whatever is wrong with one execution, the others go on
            parts.troubles().met(execId, lease, broken);
        }
    }

    private void takeOver(ExecutionRecord record, Lease lease, boolean submittedHere) {
        long execId = record.execId();
        LOG.info("engine {} takes over execution {}", parts.config().name(), execId);
        if (submittedHere) {
            submitted(execId, record.submission());
        }
        begin(
                execId,
                lease,
                record.submission(),
                record.state(),
                parts.storage().executions().nodes(execId));
    }

    private boolean knowsJobTypes(ExecutionRecord record) {
        return unknownTypes(record).isEmpty();
    }

    private Set<String> unknownTypes(ExecutionRecord record) {
        return parts.definitions().of(record).unknownTypes();
    }

    /**
     * Leaves executions like one to engines that know their job types, and claims no more of them. Returns false if there
     * are too many definitions of that kind to pass over one more.
     */
    private boolean passesOver(ExecutionRecord record) {
        Submission submission = record.submission();
        WorkflowVersion version = new WorkflowVersion(
                submission.project(), submission.workflow(), record.state().version());
        if (passedOver.contains(version)) {
            return true;
        }
        LOG.warn(
                "engine {} does not know the job types {} of version {} of workflow {} in project {}; executions like {}"
                        + " wait for an engine that does",
                parts.config().name(),
                unknownTypes(record),
                version.version(),
                version.workflow(),
                version.project(),
                record.execId());
        return passedOver.size() < ExecutionStore.MOST_PASSED_OVER && passedOver.add(version);
    }

    /** Gives up what this engine may own without acting for it. */
    void giveUpStrays(Lease lease) {
        parts.strays().giveUp(lease, parts);
    }

    void handOverAll(OnClose running) {
        parts.activeRuns().all().forEach(run -> run.handOver(running));
    }

    /** Returns what was dropped. */
    List<ActiveRun> dropAll() {
        List<ActiveRun> dropped = List.copyOf(parts.activeRuns().all());
        dropped.forEach(ActiveRun::drop);
        return dropped;
    }

    /** The rules of a run, with what is stored of it. */
    static Run run(
            EngineConfig config,
            long execId,
            Prepared prepared,
            RunOptions options,
            ExecutionState state,
            List<NodeState> rows) {
        RunSettings settings = new RunSettings(
                execId,
                selected(prepared, options, state),
                options.failurePolicy(),
                options.timeout().map(Duration::toMillis).orElse(0L),
                config.killGrace().toMillis(),
                config.killVerification().toMillis());
        return Run.of(prepared.definition(), settings, state, rows);
    }

    /** A run that could not be made may name nodes that are not there; then none of them is shown as part of it. */
    private static BitSet selected(Prepared prepared, RunOptions options, ExecutionState state) {
        try {
            return prepared.selected(options);
        } catch (ValidationException gone) {
            boolean neverMade = state.status() == Status.FAILED
                    && state.startedAt() == 0
                    && state.cause().filter(Cause.BAD_PARAMETER::equals).isPresent();
            if (!neverMade) {
                throw gone;
            }
            return new BitSet();
        }
    }
}
