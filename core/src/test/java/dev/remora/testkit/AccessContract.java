package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.Projects;
import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.error.AccessDeniedException;
import dev.remora.error.EngineClosedException;
import dev.remora.error.NotFoundException;
import dev.remora.error.ProjectExistsException;
import dev.remora.error.StorageException;
import dev.remora.model.AccessRight;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.model.ExecutionType;
import dev.remora.model.Grant;
import dev.remora.model.Operation;
import dev.remora.model.Project;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Workflow;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.ProjectStore;
import dev.remora.spi.Storage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Projects, owners and grants, beyond the table of operations. */
public abstract class AccessContract extends EnginePart {
    private static final Workflow OK = flow(builder -> builder.node("a", "OK"));

    /** Creates this part. */
    protected AccessContract() {}

    private ManualRemora guarded() {
        return manual(builder -> builder.access(AccessPolicy.grants()));
    }

    private static RemoraSession owning(Remora remora, String user, String project) {
        RemoraSession session = remora.as(user);
        session.projects().create(project);
        session.workflows().save(project, FLOW, OK);
        return session;
    }

    private static long run(RemoraSession session, String project) {
        return session.executor().run(RunRequest.of(project, FLOW));
    }

    private static List<Long> ids(ExecutionPage page) {
        return page.executions().stream().map(Execution::execId).toList();
    }

    @Test
    void listsShowAndCountWhatOneMayRead() {
        ManualRemora remora = guarded();
        RemoraSession alice = owning(remora, "alice", "apples");
        RemoraSession bob = owning(remora, "bob", "bananas");
        RemoraSession carol = owning(remora, "carol", "cherries");
        carol.projects().grant("cherries", "alice", AccessRight.READ);
        List<Long> hers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hers.add(0, run(alice, "apples"));
            run(bob, "bananas");
            hers.add(0, run(carol, "cherries"));
            remora.advance(Duration.ofSeconds(1));
        }

        assertThat(list(alice, ExecutionFilter.builder())).satisfies(page -> {
            assertThat(page.total()).isEqualTo(20);
            assertThat(ids(page)).isEqualTo(hers);
        });
        ExecutionPage first = list(alice, ExecutionFilter.builder().size(7));
        assertThat(first.total()).isEqualTo(20);
        assertThat(ids(first)).isEqualTo(hers.subList(0, 7));
        ExecutionPage next =
                list(alice, ExecutionFilter.builder().size(7).after(first.next().orElseThrow()));
        assertThat(next.total()).isEqualTo(20);
        assertThat(ids(next)).isEqualTo(hers.subList(7, 14));
        assertThat(list(alice, ExecutionFilter.builder().submitUser("bob"))).isEqualTo(nothing());
        assertThat(list(alice, ExecutionFilter.builder().submitUser("carol")).total())
                .isEqualTo(10);
        assertThat(list(alice, ExecutionFilter.builder().project("cherries")).total())
                .isEqualTo(10);
        assertThat(list(alice, ExecutionFilter.builder().project("bananas"))).isEqualTo(nothing());
        assertThat(list(remora.as("dave"), ExecutionFilter.builder())).isEqualTo(nothing());
        assertThat(alice.projects().list(0, 10)).extracting(Project::name).containsExactly("apples", "cherries");
    }

    private static ExecutionPage list(RemoraSession session, ExecutionFilter.Builder filter) {
        return session.query().list(filter.build());
    }

    private static ExecutionPage nothing() {
        return new ExecutionPage(0, List.of(), Optional.empty());
    }

    @Test
    void whoCallsIsWhoSubmits() {
        ManualRemora remora = guarded();
        owning(remora, "alice", PROJECT).projects().grant(PROJECT, "bob", AccessRight.EXECUTE);

        Execution execution =
                detail(remora.as("bob"), run(remora.as("bob"), PROJECT)).execution();

        assertThat(execution.submitUser()).isEqualTo("bob");
        assertThat(execution.owner()).isEqualTo("alice");
    }

    @Test
    void aScheduleActsForTheOwnerOfItsWorkflowWhoeverSavedIt() {
        ManualRemora remora = guarded();
        RemoraSession alice = owning(remora, "alice", PROJECT);
        alice.projects().grant(PROJECT, "bob", AccessRight.WRITE);
        remora.as("bob")
                .schedules()
                .save(Schedule.builder(PROJECT, FLOW, "0 0 * * * ?").build());
        alice.projects().revoke(PROJECT, "bob");
        remora.advance(Duration.ofHours(2));

        assertThat(list(alice, ExecutionFilter.builder().types(ExecutionType.SCHEDULER))
                        .executions())
                .hasSize(2)
                .extracting(Execution::submitUser)
                .containsOnly("alice");
        assertThat(list(remora.as("bob"), ExecutionFilter.builder())).isEqualTo(nothing());
    }

    @Test
    void whatIsGrantedHoldsAtOnceInEveryEngine() {
        Remora one = engine(builder -> builder.name("one").access(AccessPolicy.grants()));
        RemoraSession bob = engine(builder -> builder.name("two").access(AccessPolicy.grants()))
                .as("bob");
        RemoraSession alice = owning(one, "alice", PROJECT);
        long execId = run(alice, PROJECT);
        assertThat(bob.query().find(execId)).isEmpty();

        alice.projects().grant(PROJECT, "bob", AccessRight.READ);
        assertThat(bob.query().find(execId)).isPresent();
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> run(bob, PROJECT));

        alice.projects().grant(PROJECT, "bob", AccessRight.EXECUTE);
        assertThat(run(bob, PROJECT)).isGreaterThan(execId);

        alice.projects().revoke(PROJECT, "bob");
        assertThat(bob.query().find(execId)).isEmpty();
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> run(bob, PROJECT));
    }

    @Test
    void whoHandsAProjectOverKeepsNothing() {
        ManualRemora remora = guarded();
        RemoraSession alice = owning(remora, "alice", PROJECT);
        alice.projects().transfer(PROJECT, "bob");

        assertThat(alice.projects().find(PROJECT)).isEmpty();
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> alice.projects().transfer(PROJECT, "alice"));
        RemoraSession bob = remora.as("bob");
        assertThat(bob.projects().find(PROJECT)).map(Project::owner).contains("bob");
        bob.projects().grant(PROJECT, "alice", AccessRight.READ);
        assertThat(bob.projects().grants(PROJECT, 0, 10))
                .containsExactly(new Grant(PROJECT, "alice", AccessRight.READ));
    }

    @Test
    void whoIsTheOwnerNoMoreCannotHandAProjectOver() {
        Storage handle = new InterceptedStorage(fixture.open(), false, (method, arguments, call) -> {
            Object answer = call.make();
            if (method.getName().equals("right") && arguments.equals(List.of(PROJECT, "alice"))) {
                // why: it changes hands just after the right was found
                storage.projects().transfer(PROJECT, "alice", "bob");
            }
            return answer;
        });
        Remora remora = engine(handle, jobs, builder -> builder.access(AccessPolicy.grants()));
        Projects projects = remora.as("alice").projects();
        projects.create(PROJECT);

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> projects.transfer(PROJECT, "mallory"));
        assertThat(storage.projects().find(PROJECT)).map(Project::owner).contains("bob");
    }

    @Test
    void theEngineItselfHasNoRightOfItsOwn() {
        ManualRemora remora =
                manual(builder -> builder.access(AccessPolicy.grants()).user("application"));
        long execId = run(owning(remora, "alice", PROJECT), PROJECT);

        assertThat(remora.settle().query().find(execId)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> remora.executor().kill(execId));
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> remora.workflows().save(PROJECT, FLOW, OK))
                .withMessage("user application may not save a workflow in project " + PROJECT)
                .satisfies(refused -> assertThat(refused.operation()).isEqualTo(Operation.SAVE_WORKFLOW));
    }

    @Test
    void whatIsThereAlreadyFallsToNobodyWhoComesFirst() {
        ManualRemora open = manual(builder -> builder.name("open"));
        ManualRemora guarded = manual(builder -> builder.name("guarded").access(AccessPolicy.grants()));
        open.workflows().save("saved", FLOW, OK);
        open.workflows().save("deleted", FLOW, OK);
        run(open, "deleted");
        open.workflows().delete("deleted", FLOW);
        open.resources().put("files", "a", new ByteArrayInputStream(new byte[0]));

        Projects projects = guarded.as("mallory").projects();
        for (String project : List.of("saved", "deleted", "files")) {
            assertThatExceptionOfType(ProjectExistsException.class)
                    .isThrownBy(() -> projects.create(project))
                    .satisfies(taken -> assertThat(taken.project()).isEqualTo(project));
            assertThat(projects.find(project)).isEmpty();
        }
        assertThat(open.as("alice").projects().create("saved").owner()).isEqualTo("alice");
        assertThat(guarded.as("alice").workflows().find("saved", FLOW)).isPresent();
        assertThat(projects.create("fresh").owner()).isEqualTo("mallory");
    }

    @Test
    void badInputIsRefusedAndChangesNothing() {
        ManualRemora remora = guarded();
        Projects projects = owning(remora, "alice", PROJECT).projects();
        String longest = "u".repeat(Projects.LONGEST_USER);

        assertThat(problems(() -> projects.create("1st")))
                .singleElement()
                .asString()
                .startsWith("project: is \"1st\"");
        assertThat(problems(() -> remora.as(longest + "u").projects().create("other")))
                .singleElement()
                .asString()
                .startsWith("user: ")
                .endsWith("it must be 1 to 200 characters, and not blank");
        assertThat(problems(() -> projects.grant(PROJECT, " ", AccessRight.OWN)))
                .containsExactly(
                        "user: is \" \"; it must be 1 to 200 characters, and not blank",
                        "right: is OWN, which cannot be granted; transfer the project");
        assertThat(problems(() -> projects.grant(PROJECT, "alice", AccessRight.READ)))
                .containsExactly("user: is \"alice\", who owns the project and may do everything");
        assertThat(problems(() -> projects.transfer(PROJECT, longest + "u"))).hasSize(1);
        assertThat(problems(() -> projects.list(-1, 0))).hasSize(2);
        assertThat(problems(() -> projects.grants(PROJECT, 0, 1001))).hasSize(1);

        assertThat(projects.grants(PROJECT, 0, 10)).isEmpty();
        assertThat(projects.list(0, 10)).hasSize(1);
        projects.grant(PROJECT, longest, AccessRight.READ);
        assertThat(remora.as(longest).projects().list(0, 10)).hasSize(1);
    }

    @Test
    void theHistoryOfAllProjectsIsForTheApplication() {
        ManualRemora remora = guarded();
        RemoraSession alice = owning(remora, "alice", PROJECT);
        long execId = run(alice, PROJECT);
        remora.advance(Duration.ofDays(2));
        RetentionRule all = RetentionRule.olderThan(Duration.ofDays(1));

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> alice.retention().purge(all), () -> alice.retention().dryRun(all))) {
            assertThat(problems(call)).singleElement().asString().startsWith("project: is missing;");
        }
        assertThat(alice.query().find(execId)).isPresent();
        assertThat(alice.retention().purge(all.withProject(PROJECT)).executions())
                .isEqualTo(1);
        assertThat(alice.query().find(execId)).isEmpty();
    }

    @Test
    void whereEverythingIsAllowedOnlyWhatExistsCanBeGranted() {
        Projects projects = manual().as("alice").projects();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> projects.grant("unknown", "bob", AccessRight.READ),
                () -> projects.revoke("unknown", "bob"),
                () -> projects.grants("unknown", 0, 10),
                () -> projects.transfer("unknown", "bob"))) {
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(call)
                    .satisfies(absent -> assertThat(absent.id()).isEqualTo("unknown"));
        }
    }

    @Test
    void aClosedEngineGrantsNothing() {
        ManualRemora remora = guarded();
        Projects projects = owning(remora, "alice", PROJECT).projects();
        ManualRemora other = manual(builder -> builder.name("other"));
        Projects closed = other.as("alice").projects();
        other.close();

        assertThatExceptionOfType(EngineClosedException.class)
                .isThrownBy(() -> closed.grant(PROJECT, "bob", AccessRight.READ));
        assertThat(projects.grants(PROJECT, 0, 10)).isEmpty();
    }

    @Test
    void anApplicationMayHaveAPolicyOfItsOwn() {
        AccessPolicy everybodyReadsShops = new AccessPolicy() {
            @Override
            public Optional<AccessRight> right(String user, String project, ProjectStore projects) {
                return project.equals(PROJECT)
                        ? Optional.of(user.equals("alice") ? AccessRight.OWN : AccessRight.READ)
                        : Optional.empty();
            }

            @Override
            public ProjectScope readable(String user, ProjectStore projects) {
                return ProjectScope.of(Set.of(PROJECT));
            }
        };
        ManualRemora open = manual(builder -> builder.name("open"));
        ManualRemora remora = manual(builder -> builder.access(everybodyReadsShops));
        open.workflows().save("secret", FLOW, OK);
        run(open, "secret");
        remora.as("alice").workflows().save(PROJECT, FLOW, OK);
        long execId = run(remora.as("alice"), PROJECT);

        RemoraSession bob = remora.as("bob");
        assertThat(ids(list(bob, ExecutionFilter.builder()))).containsExactly(execId);
        assertThat(list(bob, ExecutionFilter.builder()).total()).isEqualTo(1);
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> run(bob, PROJECT));
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> run(remora.as("alice"), "secret"));
    }
}
