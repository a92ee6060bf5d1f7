package dev.remora.examples.http;

import dev.remora.Remora;
import dev.remora.examples.MicrometerMetrics;
import dev.remora.examples.http.ServeArguments.UsageException;
import dev.remora.job.ShellJobType;
import dev.remora.spi.AccessPolicy;
import dev.remora.storage.jdbc.JdbcStorage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The command line of the server: runs an engine and serves it until the process is asked to end. */
public final class Serve {
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private Serve() {}

    /**
     * Serves until the process is asked to end.
     *
     * @param args the options; {@code help} tells them
     * @throws IOException if the address cannot be listened at, or a file cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        String command = args.length == 1 ? args[0] : "";
        if (command.equals("help")) {
            System.out.print(ServeArguments.USAGE);
        } else if (command.equals("hash")) {
            hash(System.out);
        } else {
            try {
                serve(ServeArguments.parse(args), System.out);
            } catch (UsageException problem) {
                System.err.println(problem.getMessage());
                System.exit(2);
            }
        }
    }

    private static void serve(ServeArguments arguments, PrintStream out)
            throws IOException, UsageException, InterruptedException {
        InetAddress address = InetAddress.getByName(arguments.address());
        Users users = users(arguments, address);
        Optional<ProjectFile> projects = arguments.projects().isPresent()
                ? Optional.of(ProjectFile.read(arguments.projects().get()))
                : Optional.empty();
        Path uploads = Files.createDirectories(arguments.data().resolve("uploads"));
        MeterRegistry meters = new SimpleMeterRegistry();
        Remora remora = engine(arguments.data(), projects)
                .metrics(new MicrometerMetrics(meters))
                .start();
        RemoraServer server = start(
                remora,
                meters,
                users,
                uploads,
                new InetSocketAddress(address, arguments.port()),
                hosts(arguments, address));
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            remora.close(PATIENCE_AT_THE_END);
                            end.countDown();
                        },
                        "remora-server-end-1"));
        out.println("Remora serves http://" + arguments.address() + ":" + server.port() + "/ with its data in "
                + arguments.data().toAbsolutePath() + "; Ctrl-C ends it");
        end.await();
    }

    /** Serves the API and the page. */
    static RemoraServer start(
            Remora remora,
            MeterRegistry meters,
            Users users,
            Path uploads,
            InetSocketAddress address,
            Set<String> hosts)
            throws IOException {
        List<Route> routes = new ArrayList<>(Api.routes(uploads));
        routes.addAll(PageData.routes());
        routes.addAll(PageFiles.routes());
        routes.addAll(StateEndpoints.routes(remora, meters));
        return RemoraServer.start(remora, users, HttpLimits.DEFAULT, routes, address, hosts);
    }

    private static Remora.Builder engine(Path data, Optional<ProjectFile> projects) {
        JdbcStorage storage = JdbcStorage.h2(data.resolve("remora"));
        projects.ifPresent(file -> file.apply(storage.projects(), Instant.now()));
        return Remora.builder()
                .name("server")
                .storage(storage)
                .access(projects.isPresent() ? AccessPolicy.grants() : AccessPolicy.everything())
                .workDirectory(data.resolve("work"))
                .jobType(new ShellJobType());
    }

    private static Users users(ServeArguments arguments, InetAddress address) throws IOException, UsageException {
        if (arguments.users().isPresent()) {
            return PasswordUsers.read(arguments.users().get());
        }
        if (arguments.userHeader().isPresent()) {
            return Users.fromHeader(arguments.userHeader().get());
        }
        if (!address.isLoopbackAddress()) {
            throw new UsageException("everybody who reaches " + arguments.address()
                    + " could run programs; say who may with --users or --user-header");
        }
        return Users.everybodyIs(System.getProperty("user.name", "remora"));
    }

    private static Set<String> hosts(ServeArguments arguments, InetAddress address) {
        Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        hosts.add(arguments.address().toLowerCase(Locale.ROOT));
        hosts.add(address.getHostAddress());
        arguments.host().ifPresent(hosts::add);
        return hosts;
    }

    private static void hash(PrintStream out) {
        Console console = System.console();
        if (console == null) {
            throw new IllegalStateException("a password is only read from a terminal");
        }
        out.println(PasswordHash.of(new String(console.readPassword("password: "))));
    }
}
