package dev.remora.storage.memory;

import dev.remora.spi.Notice;
import dev.remora.spi.NoticeStore;
import java.util.List;

/** The notices as one handle sees them. */
final class MemoryNoticeStore implements NoticeStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;

    MemoryNoticeStore(MemoryData data, MemoryData.Handle handle) {
        this.data = data;
        this.handle = handle;
    }

    @Override
    public List<Notice> take(long now, long until, int limit) {
        handle.check();
        return data.notices.take(now, until, limit);
    }

    @Override
    public void retry(Notice next) {
        handle.check();
        data.notices.retry(next);
    }

    @Override
    public void done(Notice notice) {
        handle.check();
        data.notices.done(notice);
    }
}
