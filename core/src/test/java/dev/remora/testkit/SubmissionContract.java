package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.IdempotencyConflictException;
import dev.remora.error.NotFoundException;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Saved and unsaved workflows, versions, idempotency keys, users. */
public abstract class SubmissionContract extends EnginePart {
    /** Creates the part. */
    protected SubmissionContract() {}

    private static Workflow named(String node) {
        return flow(builder -> builder.node(node, "JOB"));
    }

    private static RunRequest keyed(String key) {
        return RunRequest.builder(PROJECT, FLOW).idempotencyKey(key).build();
    }

    @Test
    void eachSaveIsAVersionAndRunsKeepTheirs() {
        ManualRemora remora = manual();
        assertThat(remora.workflows().save(PROJECT, FLOW, named("v1")).version())
                .isEqualTo(1);
        long old = remora.executor().run(RunRequest.of(PROJECT, FLOW));
        assertThat(remora.workflows().save(PROJECT, FLOW, named("v2")).version())
                .isEqualTo(2);
        long latest = remora.executor().run(RunRequest.of(PROJECT, FLOW));
        long first = remora.executor()
                .run(RunRequest.builder(PROJECT, FLOW).version(1).build());
        assertThat(show(remora, old)).isEqualTo("RUNNING: v1 RUNNING");
        assertThat(show(remora, latest)).isEqualTo("RUNNING: v2 RUNNING");
        assertThat(show(remora, first)).isEqualTo("RUNNING: v1 RUNNING");
        assertThat(remora.execution(old).version()).isEqualTo(1);
        assertThat(remora.execution(latest).version()).isEqualTo(2);
        jobs.job(old, "v1").fail("1");
        remora.settle();
        remora.executor().rerun(RerunRequest.failedPart(old));
        assertThat(show(remora, old)).isEqualTo("RUNNING: v1 RUNNING");
    }

    @Test
    void aDeletedWorkflowRunsNoMoreButItsExecutionsKeepIt() {
        ManualRemora remora = manual();
        long execId = run(remora, single());
        remora.settle();
        remora.workflows().delete(PROJECT, FLOW);
        assertThat(remora.workflows().find(PROJECT, FLOW)).isEmpty();
        assertThat(remora.workflows().find(PROJECT, FLOW, 1)).isPresent();
        assertThatThrownBy(() -> remora.executor().run(RunRequest.of(PROJECT, FLOW)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> remora.workflows().delete(PROJECT, FLOW)).isInstanceOf(NotFoundException.class);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
        assertThat(remora.workflows().save(PROJECT, FLOW, single()).version()).isEqualTo(2);
    }

    @Test
    void anUnsavedWorkflowRunsAndReservesItsName() {
        ManualRemora remora = manual();
        DirectRunRequest request = DirectRunRequest.of(PROJECT, "once", single());
        long execId = remora.executor().runDirect(request);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
        assertThat(remora.execution(execId).workflow()).isEqualTo("once");
        assertThat(remora.workflows().find(PROJECT, "once")).isEmpty();
        assertThat(remora.workflows().list(PROJECT, 0, 10)).isEmpty();

        jobs.job("a").succeed();
        assertThat(status(remora, execId)).isEqualTo(Status.SUCCESS);
        assertThatThrownBy(() -> remora.executor().runDirect(request))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("once");
        assertThatThrownBy(() -> remora.workflows().save(PROJECT, "once", single()))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> remora.executor().run(RunRequest.of(PROJECT, "once")))
                .isInstanceOf(NotFoundException.class);
        assertThat(total(remora)).isEqualTo(1);
        long elsewhere = remora.executor().runDirect(DirectRunRequest.of("other", "once", single()));
        assertThat(show(remora, elsewhere)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void anUnsavedWorkflowMustNotHaveTheNameOfASavedOne() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        assertThatThrownBy(() -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, FLOW, named("x"))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThat(total(remora)).isZero();
        assertThat(remora.workflows().find(PROJECT, FLOW).orElseThrow().version())
                .isEqualTo(1);
    }

    @Test
    void jobsThatRunForEverAreRefusedInUnsavedWorkflows() {
        ManualRemora remora = manual(builder -> builder.jobType(new Streaming()));
        Workflow streaming = flow(builder -> builder.node("a", "STREAM"));
        assertThat(problems(() -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, "once", streaming))))
                .singleElement()
                .asString()
                .startsWith("nodes[0].type: is STREAM, which runs for ever");
        assertThat(total(remora)).isZero();
        assertThat(remora.workflows().save(PROJECT, "once", streaming).version())
                .isEqualTo(1);
    }

    private static final class Streaming implements JobType {
        @Override
        public String name() {
            return "STREAM";
        }

        @Override
        public JobHandle start(JobContext context) {
            throw new IllegalStateException("is not meant to start");
        }

        @Override
        public boolean longRunning() {
            return true;
        }
    }

    @Test
    void theSameKeyReturnsTheFirstRun() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        long first = remora.executor().run(keyed("k"));
        assertThat(remora.executor().run(keyed("k"))).isEqualTo(first);
        jobs.job("a").succeed();
        assertThat(status(remora, first)).isEqualTo(Status.SUCCESS);
        assertThat(remora.executor().run(keyed("k"))).isEqualTo(first);
        assertThat(total(remora)).isEqualTo(1);
        assertThat(remora.executor().run(keyed("K"))).isNotEqualTo(first);

        remora.workflows().save("other", FLOW, single());
        RunRequest elsewhere =
                RunRequest.builder("other", FLOW).idempotencyKey("k").build();
        assertThat(remora.executor().run(elsewhere)).isNotEqualTo(first);
    }

    @Test
    void theSameKeyWithADifferentRequestIsAnErrorThatNamesTheFirst() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        remora.workflows().save(PROJECT, "other", single());
        long first = remora.executor().run(keyed("k"));
        List<RunRequest> different = List.of(
                RunRequest.builder(PROJECT, "other").idempotencyKey("k").build(),
                RunRequest.builder(PROJECT, FLOW)
                        .idempotencyKey("k")
                        .priority(6)
                        .build(),
                RunRequest.builder(PROJECT, FLOW)
                        .idempotencyKey("k")
                        .param("x", "y")
                        .build());
        for (RunRequest request : different) {
            IdempotencyConflictException conflict = org.assertj.core.api.Assertions.catchThrowableOfType(
                    IdempotencyConflictException.class, () -> remora.executor().run(request));
            assertThat(conflict).as(request.toString()).isNotNull();
            assertThat(conflict.execId()).isEqualTo(first);
            assertThat(conflict).hasMessageContaining("execution " + first);
        }
        assertThat(total(remora)).isEqualTo(1);
    }

    @Test
    void aKeyOfARefusedRequestIsNotRecorded() {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        RunRequest bad = RunRequest.builder(PROJECT, FLOW)
                .idempotencyKey("k")
                .nodes("nobody")
                .build();
        assertThat(problems(() -> remora.executor().run(bad))).hasSize(1);
        assertThat(show(remora, remora.executor().run(keyed("k")))).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void unsavedRunsHaveKeysToo() {
        ManualRemora remora = manual();
        DirectRunRequest request = DirectRunRequest.builder(PROJECT, "once", single())
                .idempotencyKey("k")
                .build();
        long first = remora.executor().runDirect(request);
        assertThat(remora.executor().runDirect(request)).isEqualTo(first);
        DirectRunRequest other = DirectRunRequest.builder(PROJECT, "once", named("x"))
                .idempotencyKey("k")
                .build();
        assertThatThrownBy(() -> remora.executor().runDirect(other))
                .isInstanceOf(IdempotencyConflictException.class)
                .hasMessageContaining("execution " + first);
        assertThat(total(remora)).isEqualTo(1);
    }

    @Test
    void manyAtOnceWithOneKeyAreOneRun() throws Exception {
        ManualRemora remora = manual();
        remora.workflows().save(PROJECT, FLOW, single());
        List<Callable<Long>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> remora.executor().run(keyed("k")));
        }
        List<Long> ids = Race.run(calls);
        assertThat(ids).containsOnly(ids.get(0));
        assertThat(total(remora)).isEqualTo(1);
        remora.settle();
        assertThat(jobs.started()).hasSize(1);
    }

    @Test
    void theUserOfASessionShows() {
        ManualRemora remora = manual(builder -> builder.user("robot"));
        SavedWorkflow saved = remora.as("ann").workflows().save(PROJECT, FLOW, single());
        assertThat(saved.owner()).isEqualTo("ann");
        assertThat(remora.as("bob").workflows().save(PROJECT, FLOW, single()).owner())
                .isEqualTo("ann");
        Execution execution = remora.execution(remora.as("bob").executor().run(RunRequest.of(PROJECT, FLOW)));
        assertThat(execution.submitUser()).isEqualTo("bob");
        assertThat(execution.owner()).isEqualTo("ann");
        assertThat(remora.execution(remora.executor().run(RunRequest.of(PROJECT, FLOW)))
                        .submitUser())
                .isEqualTo("robot");
        long unsaved = remora.as("eve").executor().runDirect(DirectRunRequest.of(PROJECT, "once", single()));
        assertThat(remora.execution(unsaved).owner()).isEqualTo("eve");
        assertThat(problems(() -> remora.as(" "))).containsExactly("user: is blank");
    }
}
