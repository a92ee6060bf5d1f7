package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.error.StorageException;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.EngineStore;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.LogStore;
import dev.remora.spi.ProjectStore;
import dev.remora.spi.ResourceStore;
import dev.remora.spi.RetentionStore;
import dev.remora.spi.ScheduleStore;
import dev.remora.spi.Storage;
import dev.remora.spi.WorkflowStore;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each method of each store fails for a moment: its first call before its effect, its second one after it. The same story
 * is told with each of them. The methods are found by reflection, and a method that the story does not reach fails the
 * test, so none can be forgotten.
 */
public abstract class EveryCallContract extends FaultStoryPart {
    // why: notices are not among them, as they are set aside for minutes, and the story is told in real time; theirs is
    // in
    // NotificationContract
    private static final List<Class<?>> STORES = List.of(
            WorkflowStore.class,
            ExecutionStore.class,
            LogStore.class,
            ResourceStore.class,
            ScheduleStore.class,
            BackfillStore.class,
            RetentionStore.class,
            ProjectStore.class,
            EngineStore.class);

    private static final Set<String> OF_THE_BEAT =
            Set.of("EngineStore.renew", "ExecutionStore.claim", "ExecutionStore.commands");

    /** Creates the part. */
    protected EveryCallContract() {}

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static Stream<Method> methods() {
        return STORES.stream()
                .flatMap(store -> Arrays.stream(store.getDeclaredMethods()))
                .filter(method -> !method.isDefault() && !method.isSynthetic());
    }

    @TestFactory
    Stream<DynamicTest> theEngineGoesOnWhenACallFails() {
        AtomicInteger number = new AtomicInteger();
        return methods()
                .map(method -> DynamicTest.dynamicTest(name(method), () -> {
                    Failing failing = new Failing(name(method));
                    tell(
                            "flow" + number.incrementAndGet(),
                            () -> failing.around(open()),
                            failing,
                            method.getDeclaringClass() == ScheduleStore.class);
                    assertThat(failing.happened())
                            .as("failed calls of " + name(method))
                            .isPositive();
                }));
    }

    /** A method that fails. */
    private static final class Failing implements Faults {
        private static final int MOST = 2;

        private final String method;
        private final AtomicInteger calls = new AtomicInteger();

        Failing(String method) {
            this.method = method;
        }

        Storage around(Storage storage) {
            return new InterceptedStorage(storage, false, (called, arguments, call) -> {
                int number = name(called).equals(method) ? calls.incrementAndGet() : Integer.MAX_VALUE;
                if (number == 1) {
                    throw new StorageException(method + " fails before its effect", true);
                }
                Object result = call.make();
                if (number <= MOST) {
                    throw new StorageException(method + " fails after its effect", true);
                }
                return result;
            });
        }

        @Override
        public int happened() {
            return Math.min(MOST, calls.get());
        }

        @Override
        public int most() {
            return MOST;
        }

        @Override
        public boolean enough() {
            return calls.get() > MOST || !OF_THE_BEAT.contains(method);
        }
    }
}
