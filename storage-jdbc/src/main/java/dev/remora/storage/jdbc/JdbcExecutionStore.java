package dev.remora.storage.jdbc;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.NotFoundException;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.SavedWorkflow;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.StoredCommand;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import dev.remora.spi.WorkflowVersion;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The executions. */
final class JdbcExecutionStore implements ExecutionStore {
    /** The most ids that one statement takes. */
    private static final int MOST_IDS = 1000;

    private final Database database;
    private final Definitions definitions;
    private final Submissions submissions;

    JdbcExecutionStore(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
        submissions = new Submissions(database, definitions);
    }

    @Override
    public Accepted create(Lease owner, Submission submission) {
        Objects.requireNonNull(submission, "submission");
        if (!database.isBound() && submission.options().idempotencyKey().isEmpty()) {
            return Accepted.begun(submissions.create(owner, submission));
        }
        return database.writeOrJoin("store a submission", session -> {
            fence(session, owner);
            if (!definitions.holds(session, submission)) {
                return known(session, submission)
                        .orElseThrow(() -> NotFoundException.version(
                                submission.project(), submission.workflow(), submission.version()));
            }
            return insert(session, owner, submission);
        });
    }

    @Override
    public boolean changeHeld(Lease owner, List<HeldChange> changes) {
        return database.write("change executions that are held", session -> {
            EngineTable.fence(session, owner);
            boolean expected = HeldExecutions.lockExpected(session, changes);
            if (expected) {
                HeldExecutions.store(session, owner, changes);
            }
            return expected;
        });
    }

    @Override
    public List<ExecutionRecord> timed(TimedFilter filter) {
        Objects.requireNonNull(filter, "filter");
        return database.read("find executions by schedule time", session -> TimedQuery.run(session, filter));
    }

    @Override
    public Accepted createUnsaved(Lease owner, Submission submission, SavedWorkflow unsaved) {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(unsaved, "unsaved");
        return database.writeOrJoin("store a submission of an unsaved workflow", session -> {
            fence(session, owner);
            Optional<Accepted> known = known(session, submission);
            if (known.isPresent()) {
                return known.get();
            }
            try {
                definitions.saveUnsaved(session, unsaved);
            } catch (AlreadyExistsException e) {
                // why: the same request may have been made at the same moment, and its transaction has ended since
                return known(session, submission).orElseThrow(() -> e);
            }
            return insert(session, owner, submission);
        });
    }

    /** Makes sure of the lease, unless that would hold it up for as long as a transaction of the caller's takes. */
    private static void fence(Session session, Lease owner) throws SQLException {
        if (!session.isOfCaller()) {
            EngineTable.fence(session, owner);
        }
    }

    private static Optional<Accepted> known(Session session, Submission submission) throws SQLException {
        Optional<String> key = submission.options().idempotencyKey();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong known = ExecutionTable.idOfKey(session, submission.project(), key.get());
        return known.isPresent() ? Optional.of(Accepted.existing(known.getAsLong())) : Optional.empty();
    }

    private static Accepted insert(Session session, Lease owner, Submission submission) throws SQLException {
        boolean owned = !session.isOfCaller();
        OptionalLong created =
                ExecutionTable.insert(session, submission, owned ? owner.incarnation() : ExecutionTable.NOBODY);
        if (created.isPresent()) {
            return owned ? Accepted.begun(created.getAsLong()) : Accepted.uncommitted(created.getAsLong());
        }
        return known(session, submission)
                .orElseThrow(() -> ExecutionTable.keyVanished(
                        submission.options().idempotencyKey().orElseThrow()));
    }

    @Override
    public void commit(Lease owner, List<ExecutionChange> changes) {
        database.write("commit changes of " + changes.size() + " executions", session -> {
            Commits.store(session, owner, changes);
            return changes;
        });
    }

    @Override
    public Optional<ExecutionRecord> find(long execId) {
        return database.look("find execution " + execId, session -> ExecutionTable.find(session, execId));
    }

    @Override
    public Optional<ExecutionRecord> findByKey(String project, String key) {
        boolean possible = Texts.isStorable(project) && Texts.isStorable(key);
        return database.read(
                "find an execution by its key",
                session -> possible ? ExecutionTable.findByKey(session, project, key) : Optional.empty());
    }

    @Override
    public List<NodeState> nodes(long execId) {
        return database.read("find the nodes of execution " + execId, session -> NodeRow.all(session, execId));
    }

    @Override
    public StoredPage list(ExecutionFilter filter, ProjectScope scope) {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(scope, "scope");
        return database.read("list executions", session -> ListQuery.run(session, filter, scope));
    }

    @Override
    public List<Long> claim(Lease owner, int limit, Set<WorkflowVersion> passedOver) {
        boolean worthwhile = database.read(
                "look for executions to claim",
                session -> new Claims(session, owner, limit, passedOver).isWorthwhile());
        if (!worthwhile || limit <= 0) {
            return List.of();
        }
        return database.write("claim executions", session -> new Claims(session, owner, limit, passedOver).claim());
    }

    @Override
    public boolean claimFinal(Lease owner, long execId) {
        return database.write("claim execution " + execId, session -> {
            EngineTable.fence(session, owner);
            return ExecutionTable.ownFinal(session, execId, owner.incarnation());
        });
    }

    @Override
    public void release(Lease owner, Collection<Long> execIds) {
        inParts(
                "release executions",
                execIds,
                (session, part) -> ExecutionTable.disown(session, part, owner.incarnation()));
    }

    @Override
    public void send(long execId, Command command) {
        Objects.requireNonNull(command, "command");
        database.write("leave a command for execution " + execId, session -> {
            CommandTable.send(session, execId, command);
            return command;
        });
    }

    @Override
    public List<StoredCommand> commands(Lease owner, int limit) {
        return database.read("find commands", session -> CommandTable.of(session, owner, Math.max(0, limit)));
    }

    @Override
    public void done(Collection<Long> ids) {
        inParts("remove commands", ids, CommandTable::remove);
    }

    /** What is done to some rows. */
    @FunctionalInterface
    private interface PartWork {
        void run(Session session, List<Long> part) throws SQLException;
    }

    private void inParts(String what, Collection<Long> ids, PartWork work) {
        database.write(what, session -> {
            for (List<Long> part : ordered(ids)) {
                work.run(session, part);
            }
            return ids;
        });
    }

    // why: transactions that lock several rows must do so in the same order
    private static List<List<Long>> ordered(Collection<Long> ids) {
        return Commits.parts(ids.stream().distinct().sorted().toList(), MOST_IDS);
    }
}
