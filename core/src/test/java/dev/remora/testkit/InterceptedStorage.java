package dev.remora.testkit;

import dev.remora.internal.storage.WrappedStorage;
import dev.remora.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** A storage each of whose calls goes through an interceptor. */
final class InterceptedStorage extends WrappedStorage {
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

    private final boolean commitsInline;

    InterceptedStorage(Storage storage, boolean commitsInline, Interceptor interceptor) {
        this(storage, commitsInline, (method, arguments, call) -> interceptor.intercept(method.getName(), call));
    }

    InterceptedStorage(Storage storage, boolean commitsInline, Deciding interceptor) {
        super(
                storage,
                (store, method, arguments) -> interceptor.intercept(method, Arrays.asList(arguments), () -> {
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
        this.commitsInline = commitsInline;
    }

    @Override
    public boolean commitsInline() {
        return commitsInline;
    }
}
