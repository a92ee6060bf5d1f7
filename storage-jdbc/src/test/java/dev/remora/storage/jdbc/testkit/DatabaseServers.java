package dev.remora.storage.jdbc.testkit;

import java.util.function.Supplier;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The servers that all tests of a JVM share. JUnit closes them, through this listener, when its last test has ended; in a
 * JVM without JUnit they end with it. A server that did not start is not tried again: every test that asks for it fails.
 */
public final class DatabaseServers implements LauncherSessionListener {
    private static final Shared POSTGRES = new Shared(PostgresServer::launched);
    private static final Shared MARIADB = new Shared(MariaDbServer::launched);

    /** Creates the listener; JUnit does, by the service loader. */
    public DatabaseServers() {}

    /**
     * Returns the PostgreSQL server, started if need be. It must not be stopped by a test.
     *
     * @return the server
     * @throws IllegalStateException if it does not start
     */
    public static DatabaseServer postgres() {
        return POSTGRES.get();
    }

    /**
     * Returns the MariaDB server, started if need be. It must not be stopped by a test.
     *
     * @return the server
     * @throws IllegalStateException if it does not start
     */
    public static DatabaseServer mariaDb() {
        return MARIADB.get();
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        POSTGRES.close();
        MARIADB.close();
    }

    /** A server that is started when it is first asked for. */
    private static final class Shared {
        private final Supplier<DatabaseServer> launch;
        private DatabaseServer server;
        private IllegalStateException failure;

        private Shared(Supplier<DatabaseServer> launch) {
            this.launch = launch;
        }

        private synchronized DatabaseServer get() {
            if (failure != null) {
                throw new IllegalStateException("the server did not start before", failure);
            }
            if (server == null) {
                try {
                    server = launch.get();
                } catch (IllegalStateException e) {
                    failure = e;
                    throw e;
                }
            }
            return server;
        }

        private synchronized void close() {
            if (server != null) {
                server.close();
                server = null;
            }
        }
    }
}
