package dev.remora.storage.jdbc;

import dev.remora.spi.Notice;
import dev.remora.spi.NoticeStore;
import java.util.List;
import java.util.Objects;

/** The notices. */
final class JdbcNoticeStore implements NoticeStore {
    private final Database database;

    JdbcNoticeStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Notice> take(long now, long until, int limit) {
        // why: who looks in vain, as engines do again and again, locks nothing
        boolean worthwhile =
                database.read("look for notices that are due", session -> NoticeTable.isAnyDue(session, now));
        return worthwhile && limit > 0
                ? database.write("take notices that are due", session -> NoticeTable.take(session, now, until, limit))
                : List.of();
    }

    @Override
    public void retry(Notice next) {
        Objects.requireNonNull(next, "next");
        database.write("set when a notice is tried again", session -> {
            NoticeTable.retry(session, next);
            return next;
        });
    }

    @Override
    public void done(Notice notice) {
        Objects.requireNonNull(notice, "notice");
        database.write("remove a notice", session -> {
            NoticeTable.remove(session, notice);
            return notice;
        });
    }
}
