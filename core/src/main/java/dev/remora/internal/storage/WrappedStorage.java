package dev.remora.internal.storage;

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
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A storage in front of another, each of whose calls of a store is made by somebody else, or not made. */
public class WrappedStorage implements Storage {
    /** Makes calls of stores. */
    @FunctionalInterface
    public interface Caller {
        /**
         * Makes a call, or not.
         *
         * @param store the store beneath
         * @param method what is called
         * @param arguments its arguments, none for no arguments
         * @return what who called gets
         * @throws Throwable what the method allows; what the store throws comes as an {@code InvocationTargetException}
         */
        Object call(Object store, Method method, Object[] arguments) throws Throwable;
    }

    private static final Object[] NONE = {};

    private final Storage storage;
    private final WorkflowStore workflows;
    private final ExecutionStore executions;
    private final LogStore logs;
    private final ResourceStore resources;
    private final EngineStore engines;
    private final ScheduleStore schedules;
    private final BackfillStore backfills;
    private final NoticeStore notices;
    private final RetentionStore retention;
    private final ProjectStore projects;

    public WrappedStorage(Storage storage, Caller caller) {
        this.storage = storage;
        workflows = wrapped(WorkflowStore.class, storage.workflows(), caller);
        executions = wrapped(ExecutionStore.class, storage.executions(), caller);
        logs = wrapped(LogStore.class, storage.logs(), caller);
        resources = wrapped(ResourceStore.class, storage.resources(), caller);
        engines = wrapped(EngineStore.class, storage.engines(), caller);
        schedules = wrapped(ScheduleStore.class, storage.schedules(), caller);
        backfills = wrapped(BackfillStore.class, storage.backfills(), caller);
        notices = wrapped(NoticeStore.class, storage.notices(), caller);
        retention = wrapped(RetentionStore.class, storage.retention(), caller);
        projects = wrapped(ProjectStore.class, storage.projects(), caller);
    }

    private static <T> T wrapped(Class<T> type, T store, Caller caller) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> caller.call(store, method, arguments == null ? NONE : arguments)));
    }

    @Override
    public final WorkflowStore workflows() {
        return workflows;
    }

    @Override
    public final ExecutionStore executions() {
        return executions;
    }

    @Override
    public final LogStore logs() {
        return logs;
    }

    @Override
    public final ResourceStore resources() {
        return resources;
    }

    @Override
    public final EngineStore engines() {
        return engines;
    }

    @Override
    public final ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public final BackfillStore backfills() {
        return backfills;
    }

    @Override
    public final NoticeStore notices() {
        return notices;
    }

    @Override
    public final RetentionStore retention() {
        return retention;
    }

    @Override
    public final ProjectStore projects() {
        return projects;
    }

    @Override
    public final String id() {
        return storage.id();
    }

    @Override
    public boolean commitsInline() {
        return storage.commitsInline();
    }

    @Override
    public final void close() {
        storage.close();
    }
}
