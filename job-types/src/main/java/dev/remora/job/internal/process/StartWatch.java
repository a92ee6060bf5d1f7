package dev.remora.job.internal.process;

import dev.remora.model.Cause;
import dev.remora.spi.JobResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Looks whether a launcher has recorded itself, and gives the start up when that is of no use any more. */
final class StartWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ControlDirectory control;
    private final Optional<String> marker;
    private final Optional<Process> process;
    private final long since = System.nanoTime();

    /** Watches a start of this JVM. */
    StartWatch(ControlDirectory control, String marker, Process process) {
        this.control = control;
        this.marker = Optional.of(marker);
        this.process = Optional.of(process);
    }

    /** Watches a start of an earlier JVM. */
    StartWatch(ControlDirectory control) {
        this.control = control;
        this.marker = Optional.empty();
        this.process = Optional.empty();
    }

    /** What became of a start. */
    sealed interface News {
        /** Nothing yet. */
        record None() implements News {}

        /** The job runs. */
        record Started(Identity identity) implements News {}

        /** The job will never run. */
        record Failed(JobResult result) implements News {}
    }

    News look(boolean stopRequested) throws IOException {
        ControlDirectory.Start start = control.start();
        if (start instanceof ControlDirectory.Start.Recorded recorded) {
            Identity identity = recorded.identity();
            return marker.isEmpty() || marker.get().equals(identity.marker())
                    ? new News.Started(identity)
                    : failed("the launcher of an earlier job took the control directory " + control.path());
        }
        if (start instanceof ControlDirectory.Start.Abandoned) {
            return failed("the start was given up by another engine");
        }
        boolean late = System.nanoTime() - since >= PATIENCE.toNanos();
        if (start instanceof ControlDirectory.Start.Recording) {
            return late
                    ? new News.Failed(JobResult.failed(Cause.LOST, "the launcher vanished before the job ran"))
                    : new News.None();
        }
        if (stopRequested && control.abandon()) {
            return new News.Failed(JobResult.failed(Cause.EXIT_CODE, "stopped before it ran"));
        }
        if (launcherFailed() && control.abandon()) {
            return failed("the launcher failed; the log may say why");
        }
        if (late && control.abandon()) {
            return failed("the launcher did not come up within " + PATIENCE);
        }
        return new News.None();
    }

    private boolean launcherFailed() {
        return process.isPresent() && !process.get().isAlive() && process.get().exitValue() != 0;
    }

    private static News failed(String message) {
        return new News.Failed(JobResult.failed(Cause.EXCEPTION, message));
    }
}
