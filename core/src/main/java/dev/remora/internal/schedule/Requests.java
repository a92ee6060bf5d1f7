package dev.remora.internal.schedule;

import dev.remora.model.RunOptions;

/** What the engine checks of every request. */
public interface Requests {
    /** Throws if the engine is closed. */
    void requireOpen();

    /** Throws if options are out of bounds, whatever the workflow. */
    void checkOptions(String project, String workflow, RunOptions options);

    /** Throws if the bounds of a page are broken. */
    void checkPage(String subject, long from, int size);
}
