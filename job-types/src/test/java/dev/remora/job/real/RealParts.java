package dev.remora.job.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    static Path jars(String part) {
        Path jars = BASE.resolve("real-parts").resolve(part).resolve("target").resolve("jars");
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException(
                    jars + " is missing; fetch it by: mvn -f job-types/real-parts/" + part + " process-resources");
        }
        return jars;
    }

    /** Returns a Spark as it would be installed. */
    static Path sparkHome(String part) {
        return home(part, "jars", "spark-class", """
                #!/usr/bin/env bash
                export SPARK_HOME="$(cd "$(dirname "$0")/.." && pwd)"
                java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
                command=()
                while IFS= read -r -d '' word; do
                  command+=("$word")
                done < <("$java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$SPARK_HOME/jars/*" \
                  org.apache.spark.launcher.Main "$@"; printf '%d\\0' $?)
                code=${command[${#command[@]}-1]}
                unset 'command[${#command[@]}-1]'
                [ "$code" = 0 ] || exit "$code"
                # Before the command stand an empty word and the end of a line.
                command=("${command[@]:1}")
                exec "${command[0]#$'\\n'}" "${command[@]:1}"
                """, "spark-submit", """
                #!/usr/bin/env bash
                exec "$(dirname "$0")/spark-class" org.apache.spark.deploy.SparkSubmit "$@"
                """);
    }

    /** Returns a Hadoop as it would be installed. */
    static Path hadoopHome() {
        return home("hadoop", "lib", "hadoop", """
                #!/usr/bin/env bash
                home="$(cd "$(dirname "$0")/.." && pwd)"
                java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
                case $1 in
                  jar) class=org.apache.hadoop.util.RunJar ;;
                  fs) class=org.apache.hadoop.fs.FsShell ;;
                  *) echo "unknown: $1" >&2; exit 2 ;;
                esac
                shift
                exec "$java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
                  --add-opens=java.base/java.lang=ALL-UNNAMED -cp "$HADOOP_CONF_DIR:$home/lib/*" "$class" "$@"
                """);
    }

    private static synchronized Path home(String part, String library, String... scripts) {
        try {
            Path home = TARGET.resolve(part);
            Path bin = Files.createDirectories(home.resolve("bin"));
            Path link = home.resolve(library);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, jars(part));
            for (int i = 0; i < scripts.length; i += 2) {
                Path script = bin.resolve(scripts[i]);
                Files.writeString(script, scripts[i + 1]);
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
