package dev.remora.spi;

import java.util.List;

/**
 * The notices that have not been delivered. They come with the commit of the end that they tell of, and go with its
 * execution. Storing the same end again adds none.
 */
public interface NoticeStore {
    /**
     * Takes notices that are due, and sets them aside, so that no other engine takes them meanwhile.
     *
     * @param now the time of the engine, epoch milliseconds
     * @param until when they are due again if nobody says otherwise
     * @param limit how many at the most
     * @return the notices as they were before, the earliest first
     */
    List<Notice> take(long now, long until, int limit);

    /**
     * Sets when a notice is tried again. Does nothing if it is gone.
     *
     * @param next the notice, with its tries and when it is due
     */
    void retry(Notice next);

    /**
     * Removes a notice.
     *
     * @param notice the notice
     */
    void done(Notice notice);
}
