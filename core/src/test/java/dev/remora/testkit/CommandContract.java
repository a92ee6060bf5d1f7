package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Cause;
import dev.remora.spi.Command;
import dev.remora.spi.StoredCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands, which wait for the owners of executions. */
public abstract class CommandContract extends StoragePart {
    private static final Command KILL = new Command.Kill(Cause.USER_KILL);

    /** Creates this part. */
    protected CommandContract() {}

    private static List<Command> wanted(List<StoredCommand> commands) {
        return commands.stream().map(StoredCommand::command).toList();
    }

    @Test
    void everyCommandComesBack() {
        long execId = create();
        List<Command> commands = new ArrayList<>(List.of(new Command.Pause(), new Command.Resume()));
        for (Cause cause : Cause.values()) {
            commands.add(new Command.Kill(cause));
        }
        commands.forEach(command -> second.executions().send(execId, command));

        List<StoredCommand> found = first.executions().commands(one, 100);
        assertThat(wanted(found)).isEqualTo(commands);
        assertThat(found).extracting(StoredCommand::execId).containsOnly(execId);
        assertThat(found).extracting(StoredCommand::id).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void stayUntilTheyAreDone() {
        long execId = create();
        second.executions().send(execId, KILL);
        second.executions().send(execId, new Command.Pause());

        List<StoredCommand> found = first.executions().commands(one, 10);
        assertThat(first.executions().commands(one, 10)).isEqualTo(found).hasSize(2);

        first.executions().done(List.of(found.get(0).id()));
        assertThat(second.executions().commands(one, 10)).containsExactly(found.get(1));

        first.executions().done(found.stream().map(StoredCommand::id).toList());
        first.executions().done(List.of(found.get(0).id(), Long.MAX_VALUE));
        first.executions().done(List.of());
        assertThat(first.executions().commands(one, 10)).isEmpty();
    }

    @Test
    void comeOldestFirstOverAllExecutions() {
        long older = create();
        long newer = create();
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long execId = i % 3 == 0 ? older : newer;
            second.executions().send(execId, KILL);
            sent.add(execId);
        }

        assertThat(first.executions().commands(one, 100))
                .extracting(StoredCommand::execId)
                .isEqualTo(sent);
        assertThat(first.executions().commands(one, 4))
                .extracting(StoredCommand::execId)
                .isEqualTo(sent.subList(0, 4));
        assertThat(first.executions().commands(one, 0)).isEmpty();
    }

    @Test
    void goToTheOwnerOnly() {
        long mine = create();
        long theirs = create(two, Samples.submission());
        first.executions().send(mine, new Command.Pause());
        first.executions().send(theirs, new Command.Resume());

        assertThat(wanted(first.executions().commands(one, 10))).containsExactly(new Command.Pause());
        assertThat(wanted(first.executions().commands(two, 10))).containsExactly(new Command.Resume());
    }

    @Test
    void goToTheNextOwner() {
        long execId = create();
        first.executions().send(execId, KILL);
        first.executions().release(one, List.of(execId));

        assertThat(first.executions().commands(one, 10)).isEmpty();
        assertThat(second.executions().commands(two, 10)).isEmpty();

        second.executions().claim(two, 10);
        assertThat(wanted(second.executions().commands(two, 10))).containsExactly(KILL);
        assertThat(first.executions().commands(one, 10)).isEmpty();
    }

    @Test
    void reachTheOwnerOfAFinalExecution() {
        long execId = createFinal();
        second.executions().send(execId, KILL);

        assertThat(wanted(first.executions().commands(one, 10))).containsExactly(KILL);
    }

    @Test
    void areDroppedWhereThereIsNoExecution() {
        long execId = create();

        second.executions().send(execId + 1, KILL);

        long next = create();
        assertThat(next).isGreaterThan(execId);
        assertThat(first.executions().commands(one, 10)).isEmpty();
    }

    @Test
    void aLostLeaseHasNone() {
        long execId = create();
        second.executions().send(execId, KILL);

        first.engines().release(one);

        assertThat(first.executions().commands(one, 10)).isEmpty();
    }
}
