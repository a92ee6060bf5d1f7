package dev.remora.examples;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command line asks for. */
record Arguments(Command command, Path file, Map<String, String> params) {
    static final String USAGE = """
            usage: run FILE [--param NAME=VALUE]...
                   plan FILE [--param NAME=VALUE]...
                   help

              FILE   a definition (.json), a package (.zip), or a directory with a
                     workflow.json and the files that its nodes list

              run    runs a workflow file, shows how it goes, and what came out
              plan   shows which nodes would run, in which order, and runs nothing
              --param NAME=VALUE
                     a run parameter; it wins over a userDefParam of the file. "root" is
                     preset to the directory of the nearest Maven project with modules,
                     else to the current directory

            through Maven: mvn -q -Prun -Dexec.args="run FILE"
            job types: SHELL, VIRTUAL, SOURCE_LINES, WORD_FREQUENCY
            exit code: 0 SUCCESS, 1 FAILED, 2 bad usage or invalid definition, 3 KILL,
                       130 after Ctrl-C, which kills the run first
            """;

    enum Command {
        RUN,
        PLAN,
        HELP
    }

    static Arguments parse(String... args) throws UsageException {
        if (args.length == 0) {
            throw wrong("no command is given");
        }
        return switch (args[0]) {
            case "help", "--help", "-h" -> new Arguments(Command.HELP, Path.of(""), Map.of());
            case "run" -> withFile(Command.RUN, List.of(args));
            case "plan" -> withFile(Command.PLAN, List.of(args));
            default -> throw wrong("there is no command " + args[0]);
        };
    }

    private static Arguments withFile(Command command, List<String> args) throws UsageException {
        if (args.size() < 2 || args.get(1).startsWith("--")) {
            throw wrong(args.get(0) + " needs a workflow file");
        }
        return new Arguments(command, path(args.get(1)), params(args.subList(2, args.size())));
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw wrong(text + " is not a file name: " + invalid.getReason());
        }
    }

    private static Map<String, String> params(List<String> options) throws UsageException {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i += 2) {
            if (!options.get(i).equals("--param")) {
                throw wrong("there is no option " + options.get(i));
            }
            if (i + 1 == options.size()) {
                throw wrong("--param needs NAME=VALUE after it");
            }
            String pair = options.get(i + 1);
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw wrong("--param " + pair + " is not of the form NAME=VALUE");
            }
            if (params.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw wrong("--param " + pair.substring(0, equals) + " is given twice");
            }
        }
        return params;
    }

    private static UsageException wrong(String problem) {
        return new UsageException(problem + "\n\n" + USAGE.stripTrailing());
    }
}
