package dev.remora.job.real;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a JVM of its own. It dies with the JVM that started it, however that ends: its input is closed then. */
final class Daemon implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String name;
    private final Path log;
    private final Process process;

    Daemon(String name, Path directory, Map<String, String> environment, List<String> command) throws IOException {
        this.name = name;
        Files.createDirectories(directory);
        log = directory.resolve(name + ".log");
        List<String> watched =
                new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" </dev/null & cat >/dev/null; kill -9 $!", "daemon"));
        watched.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(watched)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Waits until the log says something; fails if it does not. */
    Matcher awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return await(name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            Matcher matcher = pattern.matcher(log());
                            if (!matcher.find() && process.children().count() < 2) {
                                throw new AssertionError(name + " did not start: " + log());
                            }
                            return matcher;
                        },
                        matcher -> matcher.reset().find());
    }

    String log() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = process.descendants().toList();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
