package dev.remora.internal.engine;

import dev.remora.error.StorageException;
import dev.remora.internal.storage.WrappedStorage;
import dev.remora.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** A storage each of whose calls, on whichever road of the engine, tells whether it is away. */
final class WatchedStorage extends WrappedStorage {
    WatchedStorage(Storage storage, StorageHealth health) {
        super(storage, (store, method, arguments) -> {
            long begun = health.begun();
            Object answer = call(health, store, method, arguments);
            health.succeeded(begun);
            return answer;
        });
    }

    private static Object call(StorageHealth health, Object store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof StorageException failure && failure.isTransient()) {
                health.failed(failure);
            }
            throw thrown.getCause();
        }
    }
}
