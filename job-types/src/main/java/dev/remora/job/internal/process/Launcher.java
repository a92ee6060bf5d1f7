package dev.remora.job.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Starts processes that no longer have to do with this JVM: no parent, no pipe, no terminal, no thread that waits. */
final class Launcher {
    /** The variable by which every process of a job is known. */
    static final String MARKER = "REMORA_ATTEMPT_ID";

    private static final String TEXT = text();

    private final boolean setsid;

    /**
     * Creates a launcher.
     *
     * @param setsid whether the program setsid is there and knows the option -f
     */
    Launcher(boolean setsid) {
        this.setsid = setsid;
    }

    static Launcher ofThisHost() {
        try {
            Process process = new ProcessBuilder("setsid", "-f", "true")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return new Launcher(process.waitFor() == 0);
        } catch (IOException e) {
            return new Launcher(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Launcher(false);
        }
    }

    /**
     * Launches a job.
     *
     * @param marker unique, of letters, digits and dashes
     * @param arguments the program and its arguments
     * @return a process that ends at once, with exit code 0 if all is well
     */
    Process launch(ControlDirectory control, Path workDirectory, String marker, List<String> arguments)
            throws IOException {
        control.prepare(TEXT, arguments);
        String launcher = control.launcher().toString();
        List<String> command =
                setsid ? List.of("setsid", "-f", "/bin/sh", launcher) : List.of("/bin/sh", launcher, "detach");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workDirectory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(control.output().toFile()));
        builder.environment().put(MARKER, marker);
        return builder.start();
    }

    private static String text() {
        try (InputStream in = Launcher.class.getResourceAsStream("launcher.sh")) {
            if (in == null) {
                throw new IllegalStateException("launcher.sh is missing in the jar of the job types");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("launcher.sh cannot be read from the jar of the job types", e);
        }
    }
}
