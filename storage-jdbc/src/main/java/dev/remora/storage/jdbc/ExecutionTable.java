package dev.remora.storage.jdbc;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.ExecutionType;
import dev.remora.model.RunOptions;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.Occasion;
import dev.remora.spi.Submission;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of the executions. */
final class ExecutionTable {
    /** What {@link #read} reads. */
    static final String COLUMNS = """
            exec_id, project, workflow, version, type, submit_time, schedule_second, schedule_nano, submit_user,
            workflow_owner, idempotency_key, options, zone, occasion,""" + " " + StateRow.COLUMNS;

    /** The owner of an execution that has none. */
    static final long NOBODY = 0;

    /** The owner of an execution that is held. */
    static final long HELD = -1;

    private ExecutionTable() {}

    /** Returns who owns an execution from now on that an engine has created, or that was held. */
    static long ownerOf(Lease engine, ExecutionState state) {
        if (state.held()) {
            return HELD;
        }
        return state.status().isFinal() ? NOBODY : engine.incarnation();
    }

    /**
     * Adds an execution that was just accepted.
     *
     * @return its id; empty if its idempotency key is known
     */
    static OptionalLong insert(Session session, Submission submission, long owner) throws SQLException {
        boolean keyed = submission.options().idempotencyKey().isPresent();
        String sql = NewRow.INSERTION.ofOne() + (keyed ? " " + session.dialect().unlessPresent() : "");
        try {
            return NewRow.INSERTION
                    .set(session.insert(sql, "exec_id"), NewRow.keyed(submission, owner))
                    .insert();
        } catch (SQLException e) {
            if (keyed && SqlErrors.isDuplicateKey(e)) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** Finds the execution that an idempotency key stands for. */
    static OptionalLong idOfKey(Session session, String project, String key) throws SQLException {
        // why: in a transaction of the caller's at a higher isolation, only a locking query sees what others have
        // committed
        Optional<Long> found = session.query("""
                SELECT exec_id FROM ${prefix}execution WHERE project = ? AND idempotency_key = ? ${fence}
                """).text(project).text(key).first(Row::number);
        return found.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    static Optional<ExecutionRecord> find(Session session, long execId) throws SQLException {
        return session.query("SELECT " + COLUMNS + " FROM ${prefix}execution WHERE exec_id = ?")
                .number(execId)
                .first(ExecutionTable::read);
    }

    static Optional<ExecutionRecord> findByKey(Session session, String project, String key) throws SQLException {
        return session.query("SELECT " + COLUMNS + """

                FROM ${prefix}execution WHERE project = ? AND idempotency_key = ?
                """).text(project).text(key).first(ExecutionTable::read);
    }

    /** Makes a record of {@link #COLUMNS}; of what cannot be read it tells, and goes on. */
    static ExecutionRecord read(Row row) throws SQLException {
        long execId = row.number();
        String project = row.text();
        String workflow = row.text();
        int version = row.integer();
        String type = row.word();
        long submitted = row.number();
        long scheduleSecond = row.number();
        int scheduleNano = row.integer();
        String submitUser = row.text();
        String owner = row.text();
        Optional<String> key = row.optionalText();
        Optional<String> options = row.optionalWord();
        String zone = row.word();
        Optional<String> occasion = row.optionalWord();
        StateRow state = StateRow.read(row);
        Damage damage = new Damage();
        Instant submitTime = Instant.ofEpochMilli(submitted);
        Submission submission = new Submission(
                project,
                workflow,
                version,
                damage.orElse(ExecutionType.DIRECT, "its type", () -> ExecutionType.valueOf(type)),
                submitTime,
                damage.orElse(
                        submitTime, "its schedule time", () -> Instant.ofEpochSecond(scheduleSecond, scheduleNano)),
                submitUser,
                owner,
                damage.orElse(RunOptions.DEFAULT, "its options", () -> StoredJson.options(options, key)),
                damage.orElse(
                        Occasion.in(ZoneOffset.UTC), "its zone or occasion", () -> TimeJson.occasion(zone, occasion)));
        ExecutionRecord record = new ExecutionRecord(execId, submission, state.state(damage), damage.text());
        record.damage().ifPresent(what -> Stored.tell("execution " + execId + " cannot be read whole: " + what));
        return record;
    }

    /** Makes an engine the owner of one execution, if it is final. */
    static boolean ownFinal(Session session, long execId, long owner) throws SQLException {
        boolean found = session.query("SELECT 1 FROM ${prefix}execution WHERE exec_id = ? AND NOT active FOR UPDATE")
                .number(execId)
                .exists();
        if (found) {
            session.query("UPDATE ${prefix}execution SET owner = ? WHERE exec_id = ?")
                    .number(owner)
                    .number(execId)
                    .update();
        }
        return found;
    }

    /** Gives up those of some executions that an engine owns. */
    static void disown(Session session, Collection<Long> execIds, long owner) throws SQLException {
        session.query("UPDATE ${prefix}execution SET owner = CASE WHEN held THEN -1 ELSE 0 END"
                        + " WHERE owner = ? AND exec_id IN " + Texts.placeholders(execIds))
                .number(owner)
                .numbers(execIds)
                .update();
    }

    /**
     * Locks those of some executions that have a certain owner, so that nobody else gets them before the transaction ends.
     *
     * @return how many these are
     */
    static int lockOwned(Session session, List<Long> execIds, long owner) throws SQLException {
        return session.query("SELECT exec_id FROM ${prefix}execution WHERE owner = ? AND exec_id IN "
                        + Texts.placeholders(execIds) + " FOR UPDATE")
                .number(owner)
                .numbers(execIds)
                .list(Row::number)
                .size();
    }

    static LeaseLostException notOwned(Lease owner, Collection<Long> execIds) {
        return new LeaseLostException("engine " + owner.engine() + ", incarnation " + owner.incarnation()
                + ", does not own all of the executions " + execIds + "; nothing was written");
    }

    static StorageException keyVanished(String key) {
        return new StorageException(
                "the execution of idempotency key " + key + " went while the same key was submitted again", true);
    }
}
