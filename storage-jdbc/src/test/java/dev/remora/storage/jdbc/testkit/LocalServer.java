package dev.remora.storage.jdbc.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the servers share: a directory, a port, and the life of their processes. */
abstract class LocalServer implements DatabaseServer {
    // why: below the ports that the system hands out, or a client that calls while the server is down may call itself
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int PORT_TRIES = 1000;
    private static final long SECONDS_TO_END = 60;
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Where all servers are. */
    static final Path ALL = Path.of("target", "databases").toAbsolutePath();

    private final String product;
    private final Path directory;
    private final int port = freePort();
    private final AtomicInteger databases = new AtomicInteger();
    // why: a build that is broken off ends its JVM in an orderly way, and the server must not outlive it
    private final Thread end = new Thread(this::stop, "remora-tests-database-end");
    private boolean running;
    private boolean closed;

    LocalServer(String product) {
        this.product = product;
        directory = ALL.resolve(product + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }

    /** Starts the processes, and returns when connections are taken. */
    abstract void launch() throws Exception;

    /** Lets the processes end in an orderly way; called also after they were killed, to let go of what is left. */
    abstract void shutDown() throws Exception;

    /** Returns the file whose first line is the id of the main process. */
    abstract Path pidFile();

    /** Returns a URL for the administrator. */
    abstract String adminUrl();

    /** Returns what must be in force, by the query that asks for it. */
    abstract Map<String, String> durability();

    /** Returns where the data are kept. */
    final Path data() {
        return directory.resolve("data");
    }

    /** Returns where the server writes what else it has to write. */
    final Path directory() {
        return directory;
    }

    final int port() {
        return port;
    }

    /** Returns a name for a database that no other of this server has. */
    final String newName() {
        return "test" + databases.incrementAndGet();
    }

    private static int freePort() {
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // why: somebody else has it, so another one is tried
            }
        }
        throw new IllegalStateException("no free port from " + FIRST_PORT + " to " + LAST_PORT);
    }

    @Override
    public final synchronized void start() {
        if (closed) {
            throw new IllegalStateException(product + " is closed");
        }
        if (running) {
            return;
        }
        try {
            Files.createDirectories(directory);
            launch();
            running = true;
            checkDurability();
        } catch (Exception e) {
            running = false;
            killWhatStarted(e);
            throw new IllegalStateException(product + " does not start on port " + port + ", in " + directory, e);
        }
    }

    private void checkDurability() throws SQLException {
        try (Connection connection = DriverManager.getConnection(adminUrl());
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> wanted : durability().entrySet()) {
                try (ResultSet result = statement.executeQuery(wanted.getKey())) {
                    result.next();
                    if (!result.getString(1).equals(wanted.getValue())) {
                        throw new IllegalStateException(wanted.getKey() + " is " + result.getString(1) + ", not "
                                + wanted.getValue() + ": commits would not be synced");
                    }
                }
            }
        }
    }

    /** Runs a statement as the administrator. */
    final void administer(String sql) {
        try (Connection connection = DriverManager.getConnection(adminUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " fails in " + product, e);
        }
    }

    @Override
    public final synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        try {
            ProcessHandle main = main();
            shutDown();
            awaitEnd(main);
        } catch (Exception e) {
            throw new IllegalStateException(product + " does not stop", e);
        }
    }

    @Override
    public final synchronized void crash() {
        if (!running) {
            return;
        }
        running = false;
        try {
            kill(main());
            shutDown();
        } catch (Exception e) {
            throw new IllegalStateException(product + " cannot be killed", e);
        }
    }

    private static void kill(ProcessHandle main) throws ExecutionException, InterruptedException, TimeoutException {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(main), main.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            awaitEnd(process);
        }
    }

    private void killWhatStarted(Exception why) {
        if (!Files.exists(pidFile())) {
            return;
        }
        try {
            kill(main());
        } catch (IOException | ExecutionException | InterruptedException | TimeoutException e) {
            why.addSuppressed(e);
        }
    }

    private ProcessHandle main() throws IOException {
        try (Stream<String> lines = Files.lines(pidFile())) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid).orElseThrow(() -> new IOException("process " + pid + " is gone"));
        }
    }

    private static void awaitEnd(ProcessHandle process)
            throws ExecutionException, InterruptedException, TimeoutException {
        process.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }

    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop();
        try {
            removeDirectory();
        } catch (IOException e) {
            throw new IllegalStateException("cannot remove " + directory, e);
        }
    }

    private void removeDirectory() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    /** Makes sure that the server ends with this JVM. */
    final void endWithThisJvm() {
        Runtime.getRuntime().addShutdownHook(end);
    }
}
