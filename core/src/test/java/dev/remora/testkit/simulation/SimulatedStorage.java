package dev.remora.testkit.simulation;

import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.EngineStore;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.LogStore;
import dev.remora.spi.NoticeStore;
import dev.remora.spi.ProjectStore;
import dev.remora.spi.ResourceStore;
import dev.remora.spi.RetentionStore;
import dev.remora.spi.ScheduleStore;
import dev.remora.spi.Storage;
import dev.remora.spi.WorkflowStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/** A handle on the storage as one engine sees it: slow, and not always to be reached. Each call that arrives is noted. */
final class SimulatedStorage implements Storage {
    private static final Set<String> ASKED_AGAIN_AND_AGAIN = Set.of("commands", "upcoming", "open", "take");

    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final Weather weather;
    private final Ledger ledger;
    private final Storage storage;
    private final boolean commitsInline;
    private final WorkflowStore workflows;
    private final ExecutionStore executions;
    private final LogStore logs;
    private final ResourceStore resources;
    private final EngineStore engines;
    private final NoticeStore notices;
    private final RetentionStore retention;
    private final ProjectStore projects;
    private final BackfillStore backfills;
    private final ScheduleStore schedules;

    SimulatedStorage(
            Scheduler scheduler,
            SimulatedProcess process,
            Weather weather,
            Ledger ledger,
            Storage storage,
            boolean commitsInline) {
        this.scheduler = scheduler;
        this.process = process;
        this.weather = weather;
        this.ledger = ledger;
        this.storage = storage;
        this.commitsInline = commitsInline;
        workflows = intercepted(WorkflowStore.class, storage.workflows());
        executions = intercepted(ExecutionStore.class, storage.executions());
        logs = intercepted(LogStore.class, storage.logs());
        resources = intercepted(ResourceStore.class, storage.resources());
        schedules = intercepted(ScheduleStore.class, storage.schedules());
        backfills = intercepted(BackfillStore.class, storage.backfills());
        notices = intercepted(NoticeStore.class, storage.notices());
        retention = intercepted(RetentionStore.class, storage.retention());
        projects = intercepted(ProjectStore.class, storage.projects());
        engines = intercepted(EngineStore.class, storage.engines());
    }

    private <T> T intercepted(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(store, method, arguments == null ? new Object[0] : arguments)));
    }

    private Object call(Object store, Method method, Object[] arguments) throws Throwable {
        scheduler.checkAlive();
        boolean instant = commitsInline && method.getName().equals("commit");
        if (!instant) {
            travel();
        }
        if (weather.isLost(process)) {
            scheduler.trace(process, () -> Texts.call(method, arguments) + " gets lost");
            throw new StorageException(method.getName() + " gets lost", true);
        }
        Object answer = null;
        RemoraException refusal = null;
        try {
            answer = method.invoke(store, arguments);
            Object said = answer;
            if (!isIdle(method, answer)) {
                scheduler.trace(process, () -> Texts.call(method, arguments) + " -> " + Texts.of(said));
            }
            ledger.effect(method, arguments, answer);
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof RemoraException)) {
                throw thrown.getCause();
            }
            refusal = (RemoraException) thrown.getCause();
            RemoraException said = refusal;
            scheduler.trace(process, () -> Texts.call(method, arguments) + " -> " + said);
        }
        if (weather.isLost(process)) {
            scheduler.trace(process, () -> "the answer to " + method.getName() + " gets lost");
            throw new StorageException("the answer to " + method.getName() + " gets lost", true);
        }
        if (!instant) {
            scheduler.pass();
        }
        if (refusal != null) {
            throw refusal;
        }
        return answer;
    }

    /** Whether a call shows only that nothing is new. */
    private static boolean isIdle(Method method, Object answer) {
        return method.getName().equals("renew") && Boolean.TRUE.equals(answer)
                || (method.getName().startsWith("claim") || ASKED_AGAIN_AND_AGAIN.contains(method.getName()))
                        && List.of().equals(answer);
    }

    private void travel() {
        int delay = weather.delay();
        if (delay > 0) {
            scheduler.sleep(delay);
        } else {
            scheduler.pass();
        }
    }

    @Override
    public WorkflowStore workflows() {
        return workflows;
    }

    @Override
    public ExecutionStore executions() {
        return executions;
    }

    @Override
    public LogStore logs() {
        return logs;
    }

    @Override
    public ResourceStore resources() {
        return resources;
    }

    @Override
    public EngineStore engines() {
        return engines;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public BackfillStore backfills() {
        return backfills;
    }

    @Override
    public RetentionStore retention() {
        return retention;
    }

    @Override
    public NoticeStore notices() {
        return notices;
    }

    @Override
    public ProjectStore projects() {
        return projects;
    }

    @Override
    public String id() {
        return storage.id();
    }

    @Override
    public boolean commitsInline() {
        return commitsInline;
    }

    @Override
    public void close() {
        storage.close();
    }
}
