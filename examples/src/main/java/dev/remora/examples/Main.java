package dev.remora.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The command line: runs and plans workflow files, with a storage in memory. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the process with its exit code: 0 for SUCCESS, 1 for FAILED, 2 for bad usage or an invalid
     * definition, 3 for KILL, 130 after Ctrl-C.
     *
     * @param args the command, its file and its options; without any the usage is printed
     */
    public static void main(String[] args) {
        Terminal terminal = Terminal.detect(System.console() != null, System.getenv());
        // why: whoever embeds the process (Maven does) may have replaced System.out by a stream that eats cursor moves
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(args, out, System.err, terminal));
    }

    static int run(String[] args, PrintStream out, PrintStream err, Terminal terminal) {
        try {
            Arguments arguments = Arguments.parse(args);
            return switch (arguments.command()) {
                case HELP -> {
                    out.print(Arguments.USAGE);
                    yield ExitCode.SUCCESS;
                }
                case PLAN -> new PlanCommand(out).execute(WorkflowFile.read(arguments.file()), params(arguments));
                case RUN ->
                    new RunCommand(out, terminal).execute(WorkflowFile.read(arguments.file()), params(arguments));
            };
        } catch (UsageException problem) {
            err.println(problem.getMessage());
            return ExitCode.USAGE;
        }
    }

    private static Map<String, String> params(Arguments arguments) {
        return ClusterPrograms.withDefaults(RootDirectory.withDefault(arguments.params()));
    }
}
