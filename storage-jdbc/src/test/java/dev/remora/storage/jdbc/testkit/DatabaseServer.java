package dev.remora.storage.jdbc.testkit;

/**
 * A database server that runs on this machine for tests, on a port of the loopback interface that it keeps over stops
 * and starts. What is committed is synced to the disk. Safe for use by several threads.
 */
public interface DatabaseServer extends AutoCloseable {
    /**
     * Creates an empty database, apart from all others of this server.
     *
     * @return the database, to be closed by who asked for it
     */
    TestDatabase newDatabase();

    /** Starts the server, if it does not run: on the data and the port that it had. Returns when it takes connections. */
    void start();

    /** Stops the server in an orderly way, if it runs: connections break, transactions that are under way roll back. */
    void stop();

    /** Kills every process of the server at once, as when the power fails; the disk keeps what it was given. */
    void crash();

    /** Stops the server for good, and removes its data. Closing twice does nothing. */
    @Override
    void close();
}
