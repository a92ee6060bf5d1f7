package dev.remora.internal.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for tasks that may block: as many as there are tasks at once, up to a number. They end when there is nothing to
 * do for a while.
 *
 * <p>One thread at the most looks for a task; when it has found one and more are there, it lets another one look. So a
 * thread is woken only while those at work do not keep up, and many short tasks wake few threads.
 */
final class Workers extends AbstractExecutorService {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ThreadFactory factory;
    private final int most;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Whether a thread looks for a task, or was woken to do so. */
    private final AtomicBoolean looking = new AtomicBoolean();

    private final Set<Worker> all = new HashSet<>();
    private final Deque<Worker> resting = new ArrayDeque<>();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private volatile boolean closed;

    Workers(ThreadFactory factory, int most) {
        this.factory = factory;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        tasks.add(task);
        letLook();
    }

    /** Makes sure that somebody looks for tasks; if all are at work, they do when they have done theirs. */
    private void letLook() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            wakeOne();
        }
    }

    private synchronized void wakeOne() {
        Worker worker = resting.pollLast();
        if (worker != null) {
            worker.wake();
        } else if (all.size() == most || closed || !startOne()) {
            // why: within the lock, so that who comes to rest a moment later sees that nobody looks
            looking.set(false);
        }
    }

    private boolean startOne() {
        Worker worker = new Worker();
        try {
            worker.thread.start();
            return all.add(worker);
        } catch (OutOfMemoryError none) {
            LOG.error("no more threads can be made; {} are there", all.size(), none);
            return false;
        }
    }

    private final class Worker implements Runnable {
        private final Thread thread = factory.newThread(this);
        private volatile boolean woken;

        void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            boolean looks = true;
            while (looks) {
                Runnable task = tasks.poll();
                looking.set(false);
                boolean found = task != null;
                if (found && !tasks.isEmpty()) {
                    // why: before the task, which may block
                    letLook();
                }
                for (; task != null; task = tasks.poll()) {
                    work(task);
                }
                looks = found && looking.compareAndSet(false, true) || rest();
            }
        }

        private void work(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error thrown) {
                LOG.error("the thread of a Java node goes on after an error", thrown);
            }
        }

        /** Waits to be woken, to look. Returns false if it was not for long, or never will be. */
        private boolean rest() {
            synchronized (Workers.this) {
                woken = false;
                resting.addLast(this);
            }
            if (!tasks.isEmpty()) {
                letLook();
            }
            long end = System.nanoTime() + IDLE_NANOS;
            while (!woken) {
                long left = end - System.nanoTime();
                if ((left <= 0 || closed) && leave()) {
                    return false;
                }
                LockSupport.parkNanos(Workers.this, left);
                // why: an interrupt that came too late for its task would keep the thread from resting
                Thread.interrupted();
            }
            return true;
        }

        private boolean leave() {
            synchronized (Workers.this) {
                if (woken) {
                    return false;
                }
                resting.remove(this);
                all.remove(this);
                endIfLast();
                return true;
            }
        }
    }

    private void endIfLast() {
        if (closed && all.isEmpty()) {
            terminated.countDown();
        }
    }

    @Override
    public synchronized void shutdown() {
        closed = true;
        all.forEach(worker -> LockSupport.unpark(worker.thread));
        endIfLast();
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left = new ArrayList<>();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            left.add(task);
        }
        all.forEach(worker -> worker.thread.interrupt());
        return left;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }
}
