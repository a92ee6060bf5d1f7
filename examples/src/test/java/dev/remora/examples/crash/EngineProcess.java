package dev.remora.examples.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine in a JVM of its own. Closing it kills it. */
final class EngineProcess implements AutoCloseable {
    private static final int END_SECONDS = 60;

    private final Process process;
    private final Path errors;

    private EngineProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts an engine, and returns when it runs. */
    static EngineProcess start(Place place, CrashDatabase database, String name, int wanted) throws IOException {
        return start(CrashEngine.class, place, database, name, Integer.toString(wanted));
    }

    /** Starts the main class of an engine, and returns when it runs. */
    static EngineProcess start(Class<?> main, Place place, CrashDatabase database, String name, String... more)
            throws IOException {
        Path errors = place.directory().resolve(name + ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                place.directory().toString(),
                database.address(),
                name));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().put(Jobs.MARK, place.directory().toString());
        EngineProcess engine = new EngineProcess(builder.start(), errors);
        BufferedReader output = engine.process.inputReader(StandardCharsets.UTF_8);
        if (!CrashEngine.READY.equals(output.readLine())) {
            engine.kill();
            throw new IllegalStateException("the engine did not start: " + Files.readString(errors));
        }
        return engine;
    }

    /** Lets it run for a while. */
    void run(long millis) throws IOException, InterruptedException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "the engine ended by itself, exit code " + process.exitValue() + ": " + Files.readString(errors));
        }
    }

    /** Sends it a signal, such as {@code STOP} or {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (!kill.waitFor(END_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IllegalStateException("cannot send " + name);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it, by SIGKILL. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the engine cannot be killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
