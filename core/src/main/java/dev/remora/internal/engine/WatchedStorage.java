package dev.remora.internal.engine;

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

/** A storage each of whose calls, on whichever road of the engine, tells whether it is away. */
final class WatchedStorage implements Storage {
    private final Storage storage;
    private final StorageHealth health;
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

    WatchedStorage(Storage storage, StorageHealth health) {
        this.storage = storage;
        this.health = health;
        workflows = watched(WorkflowStore.class, storage.workflows());
        executions = watched(ExecutionStore.class, storage.executions());
        logs = watched(LogStore.class, storage.logs());
        resources = watched(ResourceStore.class, storage.resources());
        schedules = watched(ScheduleStore.class, storage.schedules());
        backfills = watched(BackfillStore.class, storage.backfills());
        notices = watched(NoticeStore.class, storage.notices());
        retention = watched(RetentionStore.class, storage.retention());
        projects = watched(ProjectStore.class, storage.projects());
        engines = watched(EngineStore.class, storage.engines());
    }

    private <T> T watched(Class<T> type, T store) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    long begun = health.begun();
                    Object answer = call(store, method, arguments);
                    health.succeeded(begun);
                    return answer;
                }));
    }

    private Object call(Object store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof StorageException failure && failure.isTransient()) {
                health.failed(failure);
            }
            throw thrown.getCause();
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
        return storage.commitsInline();
    }

    @Override
    public void close() {
        storage.close();
    }
}
