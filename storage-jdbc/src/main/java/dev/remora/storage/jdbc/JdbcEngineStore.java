package dev.remora.storage.jdbc;

import dev.remora.spi.EngineStore;
import dev.remora.spi.Lease;
import java.time.Duration;
import java.util.Objects;

/** The engines. */
final class JdbcEngineStore implements EngineStore {
    private final Database database;

    JdbcEngineStore(Database database) {
        this.database = database;
    }

    @Override
    public Lease register(String engine, Duration duration) {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(duration, "duration");
        return database.write("register engine " + engine, session -> EngineTable.add(session, engine, duration));
    }

    @Override
    public Registration registerAgain(Lease lost, Duration duration) {
        Objects.requireNonNull(duration, "duration");
        return database.write(
                "register engine " + lost.engine() + " again",
                session -> EngineTable.addAgain(session, lost, duration));
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        Objects.requireNonNull(duration, "duration");
        return database.write(
                "renew the lease of engine " + lease.engine(), session -> EngineTable.renew(session, lease, duration));
    }

    @Override
    public void release(Lease lease) {
        database.write("release the lease of engine " + lease.engine(), session -> {
            EngineTable.release(session, lease);
            return lease;
        });
    }
}
