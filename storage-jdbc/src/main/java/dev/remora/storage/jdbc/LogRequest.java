package dev.remora.storage.jdbc;

import dev.remora.error.RemoraException;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import java.util.Objects;
import java.util.Optional;

/** What one caller wants to append, and why that cannot be done. Used by one thread at a time. */
final class LogRequest {
    private final Lease owner;
    private final LogChunk chunk;
    private Optional<RemoraException> failure = Optional.empty();

    LogRequest(Lease owner, LogChunk chunk) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.chunk = Objects.requireNonNull(chunk, "chunk");
    }

    Lease owner() {
        return owner;
    }

    LogChunk chunk() {
        return chunk;
    }

    Optional<RemoraException> failure() {
        return failure;
    }

    void fail(RemoraException why) {
        failure = Optional.of(why);
    }

    /** Forgets a failure, as it is tried again. */
    void begin() {
        failure = Optional.empty();
    }
}
