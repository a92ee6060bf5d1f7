package dev.remora.job.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The real programs that the tests run, made of what the modules below {@code real-parts} have fetched. */
final class RealParts {
    static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path TARGET = BASE.resolve("target").resolve("real");
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    /** Daemons and clients are short-lived and small. */
    static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private RealParts() {}

    /** Returns a Spark as it would be installed. */
    static Path sparkHome(String part) {
        return home(part);
    }

    /** Returns a Hadoop as it would be installed. */
    static Path hadoopHome() {
        return home("hadoop");
    }

    static Path home(String part) {
        Path home = BASE.resolve("real-parts").resolve(part).resolve("target");
        if (!Files.isDirectory(home.resolve("jars")) || !Files.isDirectory(home.resolve("bin"))) {
            throw new IllegalStateException(
                    home + " is not complete; fetch it by: mvn -f job-types/real-parts/" + part + " process-resources");
        }
        return home;
    }

    /** Asks a daemon, without the code under test. */
    static JsonNode json(URI address) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return new ObjectMapper()
                    .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Returns ports that nobody uses now. */
    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
