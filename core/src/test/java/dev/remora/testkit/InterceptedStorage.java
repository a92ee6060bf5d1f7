package dev.remora.testkit;

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

/** A storage each of whose calls goes through an interceptor. */
final class InterceptedStorage implements Storage {
    /** A call of a store. */
    @FunctionalInterface
    interface Call {
        Object make() throws Throwable;
    }

    /** Decides about calls. */
    @FunctionalInterface
    interface Interceptor {
        /** Makes a call, or not; returns what the caller gets. */
        Object intercept(String method, Call call) throws Throwable;
    }

    /** Decides about calls by what they are about. */
    @FunctionalInterface
    interface Deciding {
        /** Makes a call, or not; returns what the caller gets. */
        Object intercept(Method method, List<Object> arguments, Call call) throws Throwable;
    }

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

    InterceptedStorage(Storage storage, boolean commitsInline, Interceptor interceptor) {
        this(storage, commitsInline, (method, arguments, call) -> interceptor.intercept(method.getName(), call));
    }

    InterceptedStorage(Storage storage, boolean commitsInline, Deciding interceptor) {
        this.storage = storage;
        this.commitsInline = commitsInline;
        workflows = intercepted(WorkflowStore.class, storage.workflows(), interceptor);
        executions = intercepted(ExecutionStore.class, storage.executions(), interceptor);
        logs = intercepted(LogStore.class, storage.logs(), interceptor);
        resources = intercepted(ResourceStore.class, storage.resources(), interceptor);
        schedules = intercepted(ScheduleStore.class, storage.schedules(), interceptor);
        backfills = intercepted(BackfillStore.class, storage.backfills(), interceptor);
        notices = intercepted(NoticeStore.class, storage.notices(), interceptor);
        retention = intercepted(RetentionStore.class, storage.retention(), interceptor);
        projects = intercepted(ProjectStore.class, storage.projects(), interceptor);
        engines = intercepted(EngineStore.class, storage.engines(), interceptor);
    }

    private static <T> T intercepted(Class<T> type, T store, Deciding interceptor) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        interceptor.intercept(method, arguments == null ? List.of() : List.of(arguments), () -> {
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        })));
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
