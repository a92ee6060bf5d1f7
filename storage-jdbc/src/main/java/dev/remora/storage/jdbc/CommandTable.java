package dev.remora.storage.jdbc;

import dev.remora.model.Cause;
import dev.remora.spi.Command;
import dev.remora.spi.Lease;
import dev.remora.spi.StoredCommand;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The commands that wait for the owners of executions. */
final class CommandTable {
    private static final String KILL = "KILL";
    private static final String PAUSE = "PAUSE";
    private static final String RESUME = "RESUME";

    private CommandTable() {}

    static void send(Session session, long execId, Command command) throws SQLException {
        // why: else a purge could slip in between, and the command would stay for ever
        boolean known = session.query("SELECT 1 FROM ${prefix}execution WHERE exec_id = ? ${fence}")
                .number(execId)
                .exists();
        if (known) {
            session.query("INSERT INTO ${prefix}command (exec_id, kind, cause) VALUES (?, ?, ?)")
                    .number(execId)
                    .word(kind(command))
                    .word(cause(command))
                    .update();
        }
    }

    private static String kind(Command command) {
        if (command instanceof Command.Kill) {
            return KILL;
        }
        return command instanceof Command.Pause ? PAUSE : RESUME;
    }

    private static Optional<String> cause(Command command) {
        return command instanceof Command.Kill kill ? Optional.of(kill.cause().name()) : Optional.empty();
    }

    static List<StoredCommand> of(Session session, Lease owner, int limit) throws SQLException {
        // why: a scalar subquery, so that each command costs one row of the executions whatever the planner believes
        Query query = session.query("""
                SELECT c.id, c.exec_id, c.kind, c.cause FROM ${prefix}command c
                WHERE (SELECT x.owner FROM ${prefix}execution x WHERE x.exec_id = c.exec_id) = ?
                AND EXISTS (SELECT 1 FROM ${prefix}engine e WHERE e.incarnation = ? AND e.name = ? AND NOT e.lost)
                ORDER BY c.id LIMIT ?
                """)
                .number(owner.incarnation())
                .number(owner.incarnation())
                .text(owner.engine())
                .integer(limit);
        return Stored.readable(query, CommandTable::read);
    }

    private static StoredCommand read(Row row) throws SQLException {
        long id = row.number();
        long execId = row.number();
        String kind = row.word();
        Optional<String> cause = row.optionalWord();
        return Stored.read("command", id, () -> new StoredCommand(id, execId, command(kind, cause)));
    }

    private static Command command(String kind, Optional<String> cause) {
        return switch (kind) {
            case KILL -> new Command.Kill(Cause.valueOf(cause.orElseThrow(IllegalArgumentException::new)));
            case PAUSE -> new Command.Pause();
            case RESUME -> new Command.Resume();
            default -> throw new IllegalArgumentException("no command is called " + kind);
        };
    }

    static void remove(Session session, Collection<Long> ids) throws SQLException {
        session.query("DELETE FROM ${prefix}command WHERE id IN " + Texts.placeholders(ids))
                .numbers(ids)
                .update();
    }
}
