package dev.remora.storage.jdbc.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A PostgreSQL server. It runs without rights of an administrator, and also as root. Each of its databases is a schema
 * of one database, because that is cheap to make.
 */
public final class PostgresServer extends LocalServer {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String USER = "postgres";

    private EmbeddedPostgres server;

    private PostgresServer() {
        super("postgresql");
    }

    /**
     * Starts a server of its own, with data of its own.
     *
     * @return the server, to be closed; it ends with this JVM at the latest
     * @throws IllegalStateException if it does not start
     */
    public static PostgresServer launched() {
        PostgresServer server = new PostgresServer();
        server.endWithThisJvm();
        server.start();
        return server;
    }

    @Override
    void launch() throws IOException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(ALL.resolve("postgresql-programs").toFile())
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(START)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        directory().resolve("log").toFile()))
                .start();
    }

    @Override
    void shutDown() throws IOException {
        server.close();
    }

    @Override
    Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    @Override
    String adminUrl() {
        return url() + "?user=" + USER;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
    }

    @Override
    Map<String, String> durability() {
        return Map.of("SHOW fsync", "on", "SHOW synchronous_commit", "on", "SHOW full_page_writes", "on");
    }

    @Override
    public TestDatabase newDatabase() {
        String name = newName();
        administer("CREATE SCHEMA " + name);
        return new TestDatabase(
                new TestDatabase.Dialect(
                        "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
                        "SELECT pg_sleep(%f)",
                        "current_schema()",
                        "DROP SCHEMA " + name + " CASCADE"),
                url() + "?currentSchema=" + name,
                USER,
                "");
    }
}
