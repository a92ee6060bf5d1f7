package dev.remora.internal.engine;

import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobType;

/** VIRTUAL: does nothing; joins and forks. Such nodes succeed the moment they may start, and need no slot. */
final class VirtualType implements JobType {
    static final String NAME = "VIRTUAL";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JobHandle start(JobContext context) {
        throw new IllegalStateException("a VIRTUAL node is never started");
    }
}
