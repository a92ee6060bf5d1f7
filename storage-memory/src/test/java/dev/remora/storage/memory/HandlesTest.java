package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import dev.remora.spi.Lease;
import dev.remora.testkit.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandlesTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void dataLiveUntilTheLastHandleIsClosed() {
        MemoryStorage first = MemoryStorage.create();
        Lease lease = first.engines().register("engine", LONG);
        Samples.saveFor(first, Samples.submission());
        long execId = first.executions().create(lease, Samples.submission()).execId();

        MemoryStorage second = first.another();
        first.close();
        first.close();
        MemoryStorage third = second.another();
        second.close();

        assertThat(third.executions().find(execId)).isPresent();
        third.close();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> third.executions().find(execId))
                .withMessageContaining("closed")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
    }

    @Test
    void aClosedHandleOpensNoOther() {
        try (MemoryStorage first = MemoryStorage.create()) {
            MemoryStorage second = first.another();
            second.close();

            assertThatExceptionOfType(StorageException.class).isThrownBy(second::another);
        }
    }

    @Test
    void eachStorageHasItsOwnData() {
        try (MemoryStorage one = MemoryStorage.create();
                MemoryStorage other = MemoryStorage.create()) {
            Lease lease = one.engines().register("engine", LONG);
            Samples.saveFor(one, Samples.submission());
            long execId = one.executions().create(lease, Samples.submission()).execId();

            assertThat(other.executions().find(execId)).isEmpty();
            assertThat(other.engines().renew(lease, LONG)).isFalse();
        }
    }

    @Test
    void commitsAreInline() {
        try (MemoryStorage storage = MemoryStorage.create()) {
            assertThat(storage.commitsInline()).isTrue();
        }
    }
}
