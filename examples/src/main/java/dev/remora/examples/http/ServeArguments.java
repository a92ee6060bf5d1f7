package dev.remora.examples.http;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param address the address to listen at
 * @param port the port; 0 for any that is free
 * @param data where everything is kept
 * @param users the file of users, if there is one
 * @param userHeader the header in which a proxy names the user, if there is one
 * @param projects the file of projects, owners and grants, if there is one
 * @param host another name that the server goes by, if there is one
 */
record ServeArguments(
        String address,
        int port,
        Path data,
        Optional<Path> users,
        Optional<String> userHeader,
        Optional<Path> projects,
        Optional<String> host) {
    static final String USAGE = """
            usage: [--port PORT] [--address ADDRESS] [--data DIRECTORY] [--host NAME]
                   [--users FILE | --user-header HEADER] [--projects FILE]
                   hash
                   help

              --port PORT           8080 unless given; 0 for any that is free
              --address ADDRESS     127.0.0.1 unless given, so that only this machine can come
              --data DIRECTORY      where all is kept; remora-data unless given
              --host NAME           a name that clients use beside the address and localhost
              --users FILE          who may come, by HTTP basic authentication: lines NAME:HASH
              --user-header HEADER  a proxy in front says in this header who it is
              --projects FILE       who may do what: lines PROJECT:RIGHT:USER, where RIGHT is READ,
                                    EXECUTE or WRITE, or OWN for the one owner of each project
                                    (one that it does not name any more is left to its last owner)
              hash                  reads a password and prints its HASH for that file

              Without users everybody is the user who started the server; then the address
              must be one of this machine alone. Without projects every user may do everything.
            """;

    private static final List<String> OPTIONS =
            List.of("--port", "--address", "--data", "--users", "--user-header", "--projects", "--host");
    private static final int HIGHEST_PORT = 65535;

    static ServeArguments parse(String... args) throws UsageException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i])) {
                throw wrong("there is no option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw wrong(args[i] + " needs a value after it");
            }
            if (values.put(args[i], args[i + 1]) != null) {
                throw wrong(args[i] + " is given twice");
            }
        }
        ServeArguments arguments = new ServeArguments(
                values.getOrDefault("--address", "127.0.0.1"),
                port(values.getOrDefault("--port", "8080")),
                path(values.getOrDefault("--data", "remora-data")),
                optionalPath(values.get("--users")),
                Optional.ofNullable(values.get("--user-header")),
                optionalPath(values.get("--projects")),
                Optional.ofNullable(values.get("--host")).map(name -> name.toLowerCase(Locale.ROOT)));
        if (arguments.users.isPresent() && arguments.userHeader.isPresent()) {
            throw wrong("--users and --user-header exclude each other");
        }
        return arguments;
    }

    private static int port(String text) throws UsageException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
            throw wrong("--port " + text + " must be 0 to " + HIGHEST_PORT);
        }
        return Integer.parseInt(text);
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw wrong(text + " is not a file name: " + invalid.getReason());
        }
    }

    private static Optional<Path> optionalPath(String text) throws UsageException {
        return text == null ? Optional.empty() : Optional.of(path(text));
    }

    private static UsageException wrong(String problem) {
        return new UsageException(problem + "\n\n" + USAGE.stripTrailing());
    }

    /** A command line that asks for nothing that there is. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }
}
