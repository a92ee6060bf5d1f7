package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.Remora;
import dev.remora.error.LeaseLostException;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.EngineStore.Registration;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two live engines that by mistake have one name: the older one stands back, and all runs end right. */
public abstract class SameNameContract extends EnginePart {
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final AtomicInteger registrations = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    /** Creates the part. */
    protected SameNameContract() {}

    private Remora twin(ScriptedJobType type) {
        Storage handle = fixture.open();
        Storage watched = new InterceptedStorage(handle, handle.commitsInline(), (method, call) -> {
            if (method.equals("register")) {
                registrations.incrementAndGet();
            }
            Object result = call.make();
            if (result instanceof Registration answer) {
                (answer.granted() ? registrations : refusals).incrementAndGet();
            }
            return result;
        });
        return engine(watched, type, builder -> builder.name("twin").lease(LEASE));
    }

    @Test
    void theyDoNotTakeTheLeaseFromEachOther() throws InterruptedException {
        Remora older = twin(jobs);
        older.workflows().save(PROJECT, FLOW, single());
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(older.executor().run(RunRequest.of(PROJECT, FLOW)));
        }
        ids.forEach(execId -> jobs.job(execId, "a", 1));
        Remora newer = twin(jobs.another());
        until("the older one has asked for its lease several times", () -> refusals.get() >= 5);
        assertThat(registrations).hasValue(2);
        assertThatThrownBy(() -> older.executor().run(RunRequest.of(PROJECT, FLOW)))
                .isInstanceOf(LeaseLostException.class);
        ids.add(newer.executor().run(RunRequest.of(PROJECT, FLOW)));
        for (long execId : ids) {
            jobs.job(execId, "a", 1).succeed();
            assertThat(await(newer, execId).status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(jobs.started()).hasSize(ids.size());
        assertThat(total(older)).isEqualTo(ids.size());
    }

    @Test
    void theOlderOneGoesOnWhenTheNewerOneIsGone() throws InterruptedException {
        Remora older = twin(jobs);
        older.workflows().save(PROJECT, FLOW, single());
        Remora newer = twin(jobs.another());
        until("the older one has asked for its lease", () -> refusals.get() >= 1);
        newer.close();
        until("the older one has a lease again", () -> registrations.get() == 3);
        long execId = older.executor().run(RunRequest.of(PROJECT, FLOW));
        jobs.job(execId, "a", 1).succeed();
        assertThat(await(older, execId).status()).isEqualTo(Status.SUCCESS);
    }
}
