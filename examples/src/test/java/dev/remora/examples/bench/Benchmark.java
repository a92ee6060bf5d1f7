package dev.remora.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Measures whole runs of nodes that do nothing, and prints nodes per second, medians and ratios. It is run by
 *
 * <pre>{@code
 * mvn -q -Pbench -Dexec.args="memory W1,W2,W3,W4,one 15"
 * }</pre>
 *
 * <p>with the storage ({@code memory}, {@code h2} or {@code postgresql}), the workloads and the number of rounds; each of them
 * may be left out from the end.
 */
public final class Benchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final int ROUNDS = 15;
    private static final String ALL = "all";

    private Benchmark() {}

    /**
     * Runs it.
     *
     * @param arguments storage, workloads, rounds
     * @throws Exception if a contender fails
     */
    public static void main(String[] arguments) throws Exception {
        String storage = argument(arguments, 0, "memory");
        Set<String> names = Set.of(argument(arguments, 1, ALL).split(","));
        int rounds = Integer.parseInt(argument(arguments, 2, Integer.toString(ROUNDS)));
        List<Workload> workloads = Workload.all().stream()
                .filter(workload -> names.contains(ALL) || names.contains(workload.name()))
                .toList();
        try (Field field = field(storage)) {
            new Comparison(storage, field.contenders(), System.out).run(workloads, WARM_UP, rounds);
        }
    }

    static Field field(String storage) throws IOException {
        return switch (storage) {
            case "memory" -> Fields.memory();
            case "h2" -> Fields.h2();
            case "postgresql" -> Fields.postgres();
            default ->
                throw new IllegalArgumentException("storage is " + storage + "; it must be memory, h2 or postgresql");
        };
    }

    private static String argument(String[] arguments, int place, String otherwise) {
        return arguments.length > place ? arguments[place] : otherwise;
    }
}
