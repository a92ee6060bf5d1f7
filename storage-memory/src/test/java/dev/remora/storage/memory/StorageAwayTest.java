package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.error.StorageException;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.LogRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.Storage;
import dev.remora.testkit.FaultyStorage;
import dev.remora.testkit.ScriptedJobType;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The storage goes away for a while: nothing is lost, and it is said once. */
class StorageAwayTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Workflow SINGLE = Workflow.builder().node("a", "JOB").build();

    private final MemoryStorage root = MemoryStorage.create();
    private final ScriptedJobType jobs = ScriptedJobType.named("JOB");

    @AfterEach
    void close() {
        root.close();
    }

    private Remora engine(String name, Storage storage) {
        return Remora.builder()
                .storage(storage)
                .name(name)
                .jobType(jobs)
                .lease(Duration.ofSeconds(1))
                .start();
    }

    private static Status end(RemoraSession remora, long execId) throws InterruptedException {
        return remora.query().await(execId, LIMIT).orElseThrow().status();
    }

    @Test
    void whatComesAndGoesIsSaidOnceAndNothingIsLost() throws InterruptedException {
        FaultyStorage faulty = new FaultyStorage(root.another(), 1);
        try (Remora remora = engine("lonely", faulty)) {
            remora.workflows().save("pipes", "nightly", SINGLE);
            long execId = remora.executor().run(RunRequest.of("pipes", "nightly"));
            ScriptedJobType.Job job = jobs.job("a");
            RecordedLog.record("lonely");

            faulty.rate(1);
            job.context().log().line("while it is away");
            job.succeed();
            for (int i = 0; i < 5; i++) {
                transientlyRefused(() -> remora.executor().run(RunRequest.of("pipes", "nightly")));
                transientlyRefused(() -> remora.executor().kill(execId));
                transientlyRefused(() -> remora.query().find(execId));
            }
            long before = faulty.faults();
            Awaitility.await().atMost(LIMIT).until(() -> faulty.faults() > before + 10);
            faulty.rate(0);

            assertThat(end(remora, execId)).isEqualTo(Status.SUCCESS);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> remora.query()
                                    .list(ExecutionFilter.builder().build())
                                    .total()
                            >= 1);
            List<RecordedLog.Message> said = RecordedLog.messages();
            assertThat(said).hasSize(2);
            assertThat(said).extracting(RecordedLog.Message::level).containsExactly(Level.WARN, Level.INFO);
            assertThat(said.get(0).text()).contains("its storage is away").contains("its effect");
            assertThat(said.get(1).text()).contains("its storage is back");
            assertThat(remora.logs().read(LogRequest.of(execId + "-a")).content())
                    .containsExactly("while it is away");
            assertThat(jobs.started()).hasSize(1);
        }
    }

    private static void transientlyRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failed -> assertThat(failed.isTransient()).isTrue());
    }

    @Test
    void anEngineThatStandsBackSaysSoOnce() {
        RecordedLog.record("engine twin");
        try (Remora older = engine("twin", root.another());
                Remora newer = engine("twin", root.another())) {
            Awaitility.await().atMost(LIMIT).until(() -> RecordedLog.count(Level.ERROR) > 0);
            // why: meanwhile it asks for its lease again at each of its beats
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(LIMIT)
                    .until(() -> RecordedLog.count(Level.ERROR) == 1 && RecordedLog.count(Level.WARN) == 1);
            assertThat(newer.executor()).isNotNull();
            assertThat(older.executor()).isNotNull();
        }
        List<RecordedLog.Message> errors = RecordedLog.messages().stream()
                .filter(message -> message.level() == Level.ERROR)
                .toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).text())
                .contains("engine twin, incarnation 1,")
                .contains("engine twin, incarnation 2,");
    }
}
