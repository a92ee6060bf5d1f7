package dev.remora.internal.engine;

import dev.remora.internal.schedule.Requests;
import dev.remora.model.RunOptions;

/** What this engine checks of the requests of schedules and backfills. */
record EngineRequests(Engine engine) implements Requests {
    @Override
    public void requireOpen() {
        engine.requireOpen();
    }

    @Override
    public void checkOptions(String project, String workflow, RunOptions options) {
        engine.check().options(project, workflow, options);
    }

    @Override
    public void checkPage(String subject, long from, int size) {
        Pages.check(subject, from, size);
    }
}
