package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.error.AccessDeniedException;
import dev.remora.error.NotFoundException;
import dev.remora.error.ProjectExistsException;
import dev.remora.error.RemoraException;
import dev.remora.model.ExecutionPage;
import dev.remora.model.Operation;
import dev.remora.spi.AccessPolicy;
import dev.remora.testkit.AccessTable.Outcome;
import dev.remora.testkit.AccessTable.Row;
import dev.remora.testkit.AccessWorld.Role;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** For each operation and each role the outcome (D10); an operation that is missing from the table fails. */
public abstract class AccessTableContract extends EnginePart {
    private static final int ROOM = 10_000;

    private final AtomicInteger worlds = new AtomicInteger();

    /** Creates this part. */
    protected AccessTableContract() {}

    /** What became of a call, and what it threw. */
    private record Result(Outcome outcome, Optional<RemoraException> thrown) {
        private String message() {
            return thrown.map(Throwable::getMessage).orElse("");
        }
    }

    private static Result result(Row row, RemoraSession user, AccessWorld world) throws Exception {
        try {
            Object answer = row.act().by(user, world);
            boolean empty = answer.equals(Optional.empty())
                    || answer instanceof Collection<?> list && list.isEmpty()
                    || answer instanceof ExecutionPage page && page.total() == 0;
            return new Result(empty ? Outcome.HIDDEN : Outcome.DONE, Optional.empty());
        } catch (AccessDeniedException refused) {
            return new Result(Outcome.DENIED, Optional.of(refused));
        } catch (NotFoundException absent) {
            return new Result(Outcome.HIDDEN, Optional.of(absent));
        } catch (ProjectExistsException taken) {
            return new Result(Outcome.TAKEN, Optional.of(taken));
        }
    }

    private static Stream<String> operations() {
        return Arrays.stream(RemoraSession.class.getDeclaredMethods())
                .map(Method::getReturnType)
                .flatMap(part -> Arrays.stream(part.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(", ", "(", ")")));
    }

    /** Starts an engine in which the jobs of all worlds have room. */
    private ManualRemora roomy(AccessPolicy policy) {
        return manual(builder -> builder.access(policy).maxRunningNodes(ROOM));
    }

    @Test
    void noOperationIsMissing() {
        Set<String> listed = AccessTable.rows().stream().map(Row::method).collect(Collectors.toSet());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(operations().collect(Collectors.toSet()));
        assertThat(AccessTable.rows().stream()
                        .flatMap(row -> row.operation().stream())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Operation.values());
    }

    @Test
    void whatIsNotOfASessionIsForTheApplication() {
        assertThat(Arrays.stream(Remora.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .distinct())
                .as("what an application may do with an engine, whoever its user is")
                .containsExactlyInAnyOrder("builder", "as", "health", "close");
    }

    @TestFactory
    Stream<DynamicTest> whatBecomesOfItForEachRole() {
        ManualRemora remora = roomy(AccessPolicy.grants());
        return AccessTable.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.method(), () -> {
                    for (Role role : Role.values()) {
                        check(remora, row, role);
                    }
                }));
    }

    private void check(ManualRemora remora, Row row, Role role) throws Exception {
        AccessWorld world = AccessWorld.in(remora, "world" + worlds.incrementAndGet());
        String before = world.stored(storage);
        Result result = result(row, remora.as(world.user(role)), world);
        remora.settle();

        assertThat(result.outcome())
                .as("%s by %s: %s", row.method(), role, result.message())
                .isEqualTo(row.outcomes().get(role.ordinal()));
        if (result.outcome() != Outcome.DONE) {
            assertThat(world.stored(storage)).as("nothing changed").isEqualTo(before);
        }
        if (result.thrown().orElse(null) instanceof AccessDeniedException refused) {
            Operation operation = row.operation().orElseThrow();
            assertThat(List.of(refused.user(), refused.operation(), refused.project()))
                    .containsExactly(world.user(role), operation, world.project());
            assertThat(refused.getMessage())
                    .isEqualTo("user " + world.user(role) + " may not " + operation.words() + " in project "
                            + world.project());
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsForbiddenLooksLikeWhatIsNotThere() {
        ManualRemora remora = roomy(AccessPolicy.grants());
        // why: a name that is taken cannot be given away; this is all that creation tells
        return AccessTable.rows().stream()
                .filter(row -> !row.method().equals("Projects.create(String)"))
                .map(row -> DynamicTest.dynamicTest(row.method(), () -> {
                    AccessWorld world = AccessWorld.in(remora, "world" + worlds.incrementAndGet());
                    RemoraSession nobody = remora.as(world.user(Role.NOBODY));
                    Result there = result(row, nobody, world);
                    Result absent = result(row, nobody, world.absent());

                    assertThat(absent.outcome()).isEqualTo(there.outcome());
                    assertThat(world.absent().anonymous(absent.message())).isEqualTo(world.anonymous(there.message()));
                    assertThat(absent.thrown().map(Object::getClass))
                            .isEqualTo(there.thrown().map(Object::getClass));
                }));
    }

    @TestFactory
    Stream<DynamicTest> withoutAPolicyEverybodyMayDoEverything() {
        ManualRemora remora = roomy(AccessPolicy.everything());
        return AccessTable.rows().stream()
                .filter(row -> !row.method().equals("Projects.create(String)"))
                .map(row -> DynamicTest.dynamicTest(row.method(), () -> {
                    AccessWorld world = AccessWorld.in(remora, "world" + worlds.incrementAndGet());

                    assertThat(result(row, remora.as(world.user(Role.NOBODY)), world)
                                    .outcome())
                            .isEqualTo(Outcome.DONE);
                }));
    }
}
