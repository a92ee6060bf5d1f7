package dev.remora.storage.memory;

import dev.remora.spi.ExecutionState;
import dev.remora.spi.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The notices that have not been delivered. Its lock is a leaf. */
final class NoticeTable {
    private record Key(long execId, int round) {}

    private static final Comparator<Notice> EARLIEST = Comparator.comparingLong(Notice::dueAt)
            .thenComparingLong(Notice::execId)
            .thenComparingInt(notice -> notice.end().round());

    private final Map<Key, Notice> notices = new HashMap<>();

    synchronized void add(long execId, ExecutionState end) {
        notices.putIfAbsent(new Key(execId, end.round()), new Notice(execId, end, 0, 0));
    }

    synchronized List<Notice> take(long now, long until, int limit) {
        List<Notice> due = new ArrayList<>(notices.values().stream()
                .filter(notice -> notice.dueAt() <= now)
                .toList());
        due.sort(EARLIEST);
        List<Notice> taken = due.subList(0, Math.min(due.size(), Math.max(0, limit)));
        taken.forEach(
                notice -> notices.put(key(notice), new Notice(notice.execId(), notice.end(), notice.tries(), until)));
        return List.copyOf(taken);
    }

    synchronized void retry(Notice next) {
        notices.replace(key(next), next);
    }

    synchronized void done(Notice notice) {
        notices.remove(key(notice));
    }

    synchronized void removeOf(long execId) {
        if (!notices.isEmpty()) {
            notices.keySet().removeIf(key -> key.execId() == execId);
        }
    }

    synchronized void clear() {
        notices.clear();
    }

    private static Key key(Notice notice) {
        return new Key(notice.execId(), notice.end().round());
    }
}
