package dev.remora.testkit.simulation;

import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.internal.storage.WrappedStorage;
import dev.remora.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

/** A handle on the storage as one engine sees it: slow, and not always to be reached. Each call that arrives is noted. */
final class SimulatedStorage extends WrappedStorage {
    private static final Set<String> ASKED_AGAIN_AND_AGAIN = Set.of("commands", "upcoming", "open", "take");

    private final boolean commitsInline;

    SimulatedStorage(
            Scheduler scheduler,
            SimulatedProcess process,
            Weather weather,
            Ledger ledger,
            Storage storage,
            boolean commitsInline) {
        super(storage, new Road(scheduler, process, weather, ledger, commitsInline));
        this.commitsInline = commitsInline;
    }

    @Override
    public boolean commitsInline() {
        return commitsInline;
    }

    /** The way to the storage and back. */
    private record Road(
            Scheduler scheduler, SimulatedProcess process, Weather weather, Ledger ledger, boolean commitsInline)
            implements Caller {
        @Override
        public Object call(Object store, Method method, Object[] arguments) throws Throwable {
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
    }
}
