package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.Cause;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an engine asks of its storage while nothing happens. */
public abstract class IdleContract extends EnginePart {
    /** How many beats there are in a minute with the default lease of 15 seconds. */
    private static final int BEATS_PER_MINUTE = 12;

    /** Of so short a lease a minute's beats pass in some seconds. */
    private static final Duration SHORT_LEASE = Duration.ofSeconds(1);

    private final List<String> calls = new CopyOnWriteArrayList<>();

    private static final List<String> LOOKS = List.of("upcoming", "list", "open");

    /** Creates the part. */
    protected IdleContract() {}

    private Remora countedEngine() {
        Storage handle = fixture.open();
        return engine(
                new InterceptedStorage(handle, handle.commitsInline(), (method, call) -> {
                    // why: before its effect can be seen, which may be a while before it returns
                    calls.add(method);
                    return call.make();
                }),
                jobs,
                builder -> builder.lease(SHORT_LEASE));
    }

    private long count(String method) {
        return calls.stream().filter(method::equals).count();
    }

    private List<String> callsOfAMinute() throws InterruptedException {
        long first = count("renew");
        calls.clear();
        until("a minute's beats, after " + first, () -> count("renew") > BEATS_PER_MINUTE);
        return List.copyOf(calls);
    }

    /** Beside these there are a few looks a minute at what other engines left of schedules and backfills. */
    private static List<String> withoutLooks(List<String> made) {
        List<String> looks = made.stream().filter(LOOKS::contains).toList();
        assertThat(looks).hasSizeLessThanOrEqualTo(made.size() / 4 + LOOKS.size() + 1);
        return made.stream().filter(method -> !LOOKS.contains(method)).toList();
    }

    @Test
    void anIdleEngineMakesTwoCallsABeat() throws InterruptedException {
        Remora remora = countedEngine();
        long execId = run(remora, flow(builder -> builder.node("a", "OK")));
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        until("the engine is at rest", () -> count("claim") > 1);

        List<String> made = callsOfAMinute();

        assertThat(withoutLooks(made)).containsOnly("renew", "claim");
        assertThat(withoutLooks(made)).hasSizeLessThanOrEqualTo(2 * BEATS_PER_MINUTE + 2);
    }

    @Test
    void anEngineWithALongRunMakesThreeCallsABeat() throws InterruptedException {
        Remora remora = countedEngine();
        long execId = run(remora, single());
        jobs.job("a");
        until(
                "all of the start is stored",
                () -> storage.executions().nodes(execId).stream()
                        .anyMatch(node -> !node.token().isEmpty()));

        List<String> made = callsOfAMinute();

        assertThat(withoutLooks(made)).containsOnly("renew", "claim", "commands");
        assertThat(withoutLooks(made)).hasSizeLessThanOrEqualTo(3 * BEATS_PER_MINUTE + 3);
        jobs.job("a").succeed();
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void anIdleEngineHearsOfWhatItIsLeft() throws InterruptedException {
        Remora remora = countedEngine();
        callsOfAMinute();
        remora.workflows().save(PROJECT, FLOW, single());
        long execId = remora.executor().run(RunRequest.of(PROJECT, FLOW));
        storage.executions().send(execId, new Command.Kill(Cause.USER_KILL));
        assertThat(await(remora, execId).status()).isEqualTo(Status.KILL);
    }
}
