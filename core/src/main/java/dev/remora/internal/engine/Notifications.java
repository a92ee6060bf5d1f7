package dev.remora.internal.engine;

import dev.remora.ExecutionQuery;
import dev.remora.LogReader;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.model.NodeExecution;
import dev.remora.model.Notification;
import dev.remora.model.Status;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Notice;
import dev.remora.spi.Notifier;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the notices that commits left in the storage. One thread takes them; the notifiers work on others, so that one
 * that hangs is left behind. What was not delivered is tried again after a pause that grows.
 */
final class Notifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int AT_ONCE = 20;
    private static final int MOST_TRIES = 30;
    private static final int MOST_AT_WORK = 8;
    private static final int REMEMBERED = 10_000;
    private static final long FIRST_PAUSE_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final long LONGEST_PAUSE_MILLIS = Duration.ofHours(1).toMillis();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** How long other engines leave alone what this one has taken. */
    private static final Duration SET_ASIDE = Duration.ofMinutes(10);

    private record Told(long execId, int round, Notifier notifier) {}

    private final EngineParts parts;
    private final List<Notifier> notifiers;
    private final ExecutionQuery query;
    private final LogReader logs;
    private final ExecutorService thread;
    private final ExecutorService workers;
    private final Set<Told> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Told, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private EngineClock.Alarm alarm = () -> {};
    private volatile boolean closed;

    Notifications(EngineParts parts) {
        this.parts = parts;
        notifiers = parts.config().notifiers();
        query = new Queries(parts);
        logs = new Logs(parts);
        thread = parts.threads().pool("notice", 1, 1);
        workers = parts.threads().workers("notifier", MOST_AT_WORK);
    }

    /** The end that is to be stored with a notice, if it is one that somebody wants to hear of. */
    Optional<ExecutionState> noticeOf(Submission submission, ExecutionState state) {
        return notifiers.isEmpty() ? Optional.empty() : Notices.of(submission, state);
    }

    /** There may be something to deliver. Never waits. */
    void look() {
        if (notifiers.isEmpty() || closed) {
            return;
        }
        AtomicBoolean refused = new AtomicBoolean();
        Runnable work = parts.clock().counted(() -> {
            if (!refused.get()) {
                deliverAll();
            }
        });
        try {
            thread.execute(work);
        } catch (RejectedExecutionException again) {
            LOG.trace("a look is to come anyway, or the engine closes", again);
            refused.set(true);
            work.run();
        }
    }

    private void deliverAll() {
        try {
            List<Notice> notices;
            do {
                long now = parts.clock().now();
                notices = parts.storage().notices().take(now, now + SET_ASIDE.toMillis(), AT_ONCE);
                for (Notice notice : notices) {
                    deliverOrTryAgain(notice);
                }
            } while (notices.size() == AT_ONCE && !closed);
        } catch (RemoraException away) {
            LOG.warn("notices cannot be delivered now: {}", away.toString());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be told, as it cannot be read, must not keep the others from being told. */
    private void deliverOrTryAgain(Notice notice) throws InterruptedException {
        try {
            deliver(notice);
        } catch (RemoraException failed) {
            if (failed instanceof StorageException away && away.isTransient()) {
                throw failed;
            }
            LOG.warn("the end of execution {} cannot be told now", notice.execId(), failed);
            tryAgain(notice);
        }
    }

    private void deliver(Notice notice) throws InterruptedException {
        Optional<ExecutionRecord> record = parts.storage().executions().find(notice.execId());
        Optional<ExecutionDetail> detail = query.find(notice.execId());
        if (record.isEmpty() || detail.isEmpty()) {
            parts.storage().notices().done(notice);
            return;
        }
        Notification notification = notification(record.get(), detail.get(), notice);
        boolean all = true;
        for (Notifier notifier : notifiers) {
            Told one = new Told(notice.execId(), notice.end().round(), notifier);
            if (told.contains(one)) {
                continue;
            }
            if (send(notifier, notification)) {
                told.add(one);
            } else {
                all = false;
            }
        }
        if (all) {
            parts.storage().notices().done(notice);
        } else {
            tryAgain(notice);
        }
    }

    private void tryAgain(Notice notice) {
        int tries = notice.tries() + 1;
        if (tries >= MOST_TRIES) {
            LOG.error(
                    "the end of execution {} could not be told in {} tries; it is not tried again",
                    notice.execId(),
                    tries);
            parts.storage().notices().done(notice);
            return;
        }
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries - 1, 10));
        long dueAt = parts.clock().now() + pause;
        parts.storage().notices().retry(new Notice(notice.execId(), notice.end(), tries, dueAt));
        alarm.cancel();
        alarm = parts.clock().at(dueAt, this::look);
    }

    private boolean send(Notifier notifier, Notification notification) throws InterruptedException {
        long execId = notification.execution().execId();
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        Future<?> work;
        try {
            work = workers.submit(() -> {
                try {
                    notifier.send(notification);
                    sent.complete(true);
                } catch (Exception | Error failed) {
                    LOG.warn("notifier {} could not tell of execution {}", notifier, execId, failed);
                    sent.complete(false);
                }
            });
        } catch (RejectedExecutionException busy) {
            LOG.warn("all threads for notifiers hang; execution {} is told later", execId, busy);
            return false;
        }
        if (!parts.threads().await(sent, LIMIT)) {
            LOG.warn("notifier {} takes longer than {} for execution {}", notifier, LIMIT, execId);
            work.cancel(true);
            return false;
        }
        return sent.join();
    }

    private Notification notification(ExecutionRecord record, ExecutionDetail detail, Notice notice) {
        ExecutionRecord then = new ExecutionRecord(record.execId(), record.submission(), notice.end());
        List<NodeExecution> failed = detail.nodes().stream()
                .filter(node -> node.status() == Status.FAILED)
                .toList();
        List<Notification.FailedNode> shown = new ArrayList<>();
        for (NodeExecution node : failed.subList(0, Math.min(failed.size(), Notification.MOST_NODES))) {
            shown.add(new Notification.FailedNode(
                    node.name(), node.jobId(), node.attempt(), node.cause(), node.message(), lastLines(node)));
        }
        return new Notification(new Views(notice.end().endedAt()).execution(then), shown, failed.size());
    }

    private List<String> lastLines(NodeExecution node) {
        if (node.attempt() == 0) {
            return List.of();
        }
        LogPage first = logs.read(
                LogRequest.builder(node.jobId()).attempt(node.attempt()).size(1).build());
        long from = Math.max(0, first.total() - Notification.MOST_LINES);
        return logs
                .read(LogRequest.builder(node.jobId())
                        .attempt(node.attempt())
                        .from(from)
                        .size(Notification.MOST_LINES)
                        .build())
                .lines()
                .stream()
                .map(LogLine::text)
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        notifiers.forEach(Notifier::close);
    }
}
