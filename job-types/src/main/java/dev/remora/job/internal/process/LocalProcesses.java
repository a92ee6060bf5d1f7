package dev.remora.job.internal.process;

import dev.remora.model.Limit;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs programs on this host as jobs. A running job holds no thread, no pipe and no open file of this JVM, and outlives
 * it; all that is needed to find it again is in its control directory. Safe for use by several threads.
 */
public final class LocalProcesses {
    private static final String OUTPUT = "REMORA_OUTPUT";

    private final ProcessTable table;
    private final Launcher launcher;

    /** Creates the means that suit this host. */
    public LocalProcesses() {
        this(ProcessTable.ofThisHost(), Launcher.ofThisHost());
    }

    LocalProcesses(ProcessTable table, Launcher launcher) {
        this.table = Objects.requireNonNull(table, "table");
        this.launcher = Objects.requireNonNull(launcher, "launcher");
    }

    /**
     * Starts a program in the work directory of a job, with nothing to read. Its exit code decides how the job ends, and
     * what it leaves in the file named by {@code REMORA_OUTPUT} are the outputs. Processes that it leaves behind when it
     * ends by itself are not touched.
     *
     * @param context the job
     * @param program the program and its arguments, as it is to get them
     * @param environment what to add to the environment of this JVM; names are not empty and hold no {@code =}
     * @return the running job
     * @throws IOException if it cannot be started
     */
    public LocalJob start(JobContext context, List<String> program, Map<String, String> environment)
            throws IOException {
        return start(context, List.of(), program, environment);
    }

    /**
     * Starts a program as {@link #start(JobContext, List, Map)} does, by means of another one.
     *
     * @param context the job
     * @param prefix a program and arguments that run the program that follows, maybe as another user, and may clear the
     *     environment before
     * @param program the program and its arguments, as it is to get them
     * @param environment what to add to the environment of this JVM; names are not empty and hold no {@code =}
     * @return the running job
     * @throws IOException if it cannot be started
     */
    public LocalJob start(
            JobContext context, List<String> prefix, List<String> program, Map<String, String> environment)
            throws IOException {
        String marker = UUID.randomUUID().toString();
        ControlDirectory control = new ControlDirectory(context.controlDirectory());
        if (!prefix.isEmpty()) {
            control.create(control.outputs(marker), "");
            control.openToOthers(control.outputs(marker), "rw--w--w-");
        }
        List<String> arguments = new ArrayList<>(prefix);
        // why: the shell of the launcher must not see these variables, as some of them change what a shell does
        arguments.add("env");
        environment.forEach((name, value) -> arguments.add(name + "=" + value));
        ownVariables(context, control, marker).forEach((name, value) -> arguments.add(name + "=" + value));
        arguments.addAll(program);
        Process process = launcher.launch(control, context.workDirectory(), marker, arguments);
        LocalJob job = new LocalJob(context, control, table, new StartWatch(control, marker, process));
        job.watch();
        return job;
    }

    private static Map<String, String> ownVariables(JobContext context, ControlDirectory control, String marker) {
        return Map.of(
                "REMORA_EXEC_ID",
                Long.toString(context.jobId().execId()),
                "REMORA_NODE",
                context.jobId().node(),
                "REMORA_JOB_ID",
                context.jobId().toString(),
                "REMORA_ATTEMPT",
                Integer.toString(context.attempt()),
                OUTPUT,
                control.outputs(marker).toString(),
                Launcher.MARKER,
                marker);
    }

    /**
     * Finds a job again, from its control directory alone. The log of one that vanished is completed first. One that was
     * told to stop by an engine that is gone is ended for good, and counts as lost: only that engine knew what for. So does
     * one that still runs although its control directory was removed.
     *
     * @param context the job
     * @return the job, running or ended; empty if nothing of it is left and nobody knows how it ended
     * @throws IOException if that cannot be told now
     */
    public Optional<LocalJob> reattach(JobContext context) throws IOException {
        ControlDirectory control = new ControlDirectory(context.controlDirectory());
        ControlDirectory.Start start = control.start();
        if (start instanceof ControlDirectory.Start.Open && !control.abandon()) {
            start = control.start();
        }
        LocalJob job;
        if (start instanceof ControlDirectory.Start.Recorded recorded) {
            if (vanished(control, recorded.identity())) {
                complete(new OutputTail(control.output(), context.log(), context.limit(Limit.LOG_SIZE)));
                return Optional.empty();
            }
            job = new LocalJob(context, control, table, recorded.identity());
            if (control.stopNoted(recorded.identity().marker())) {
                job.endAsLost("its engine stopped it, and is gone");
            }
        } else if (start instanceof ControlDirectory.Start.Recording) {
            job = new LocalJob(context, control, table, new StartWatch(control));
        } else {
            Optional<Identity> orphans = table.orphans(OUTPUT + "=" + control.outputs(""));
            if (orphans.isEmpty()) {
                return Optional.empty();
            }
            job = new LocalJob(context, control, table, orphans.get());
            job.endAsLost("its control directory was removed while it ran");
        }
        job.watch();
        return Optional.of(job);
    }

    /**
     * Tells whether a job that {@link #reattach} has not found left no trace, and cannot begin any more.
     *
     * @param context the job
     * @return false if it may have run
     * @throws IOException if that cannot be told now
     */
    public boolean neverBegan(JobContext context) throws IOException {
        return new ControlDirectory(context.controlDirectory()).start() instanceof ControlDirectory.Start.Abandoned;
    }

    private boolean vanished(ControlDirectory control, Identity identity) throws IOException {
        return !table.exists(identity, false)
                // why: looked for after the launcher was seen dead, or it could write it in between
                && control.exitCode(identity.marker()).isEmpty()
                && new ProcessTree(table, identity).members().isEmpty();
    }

    private static void complete(OutputTail tail) throws IOException {
        long end = tail.size();
        while (tail.copyHurriedly(end) > 0) {}
    }

    /**
     * Writes a program into the control directory of a job.
     *
     * @param context the job
     * @param text the program, written in UTF-8
     * @param forOthers whether another user is to read it; a third one cannot, as nobody can guess its name
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path script(JobContext context, String text, boolean forOthers) throws IOException {
        ControlDirectory control = new ControlDirectory(context.controlDirectory());
        Path file = control.path().resolve(forOthers ? "script." + UUID.randomUUID() : "script");
        control.create(file, text);
        if (forOthers) {
            control.openToOthers(file, "rwxr-xr-x");
        }
        return file;
    }

    /** How long a job may take to stop by itself whose launcher was killed, so that its result is lost. */
    static final Duration GRACE_AFTER_LOSS = Duration.ofSeconds(5);
}
