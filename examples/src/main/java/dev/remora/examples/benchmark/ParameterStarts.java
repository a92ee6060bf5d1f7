package dev.remora.examples.benchmark;

import dev.remora.Remora;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JobContext;
import dev.remora.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Measures what substitution costs when nodes start: 10,000 Java nodes that do nothing, with 20 parameters each, in 100
 * layers, over slots and a storage in memory. For each kind of text it prints the median time of a run, and the share of the
 * samples of a profile of these runs that have substitution on their stack. The kinds take turns, so that what else happens
 * on the machine touches all of them.
 *
 * <p>{@code mvn -q -Prun -Dexec.mainClass=dev.remora.examples.benchmark.ParameterStarts -Dexec.args=30}
 */
public final class ParameterStarts {
    private static final int LAYERS = 100;
    private static final int WIDTH = 100;
    private static final int PARAMETERS = 20;
    private static final int WARM_UP = 5;
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String SUBSTITUTION = "dev.remora.internal.param.";

    /** What stands in the texts. */
    private enum Kind {
        /** Nothing that is put in. */
        PLAIN("plain text %2$d"),
        /** Three placeholders, in texts that many nodes have. */
        SHARED("/data/${region}/$[yyyyMMdd-1]/${title} %2$d"),
        /** Three placeholders, in texts that no other node has. */
        OWN("/data/${region}/$[yyyyMMdd-1]/${title} %1$d %2$d"),
        /** An output of the first node, which is far upstream for most. */
        OUTPUT("/data/${nodes.n0.path}/part %2$d");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        Workflow workflow() {
            Workflow.Builder workflow = Workflow.builder().param("title", "of ${region} on $[yyyy-MM-dd]");
            for (int i = 0; i < LAYERS * WIDTH; i++) {
                int number = i;
                workflow.node("n" + i, "NOTHING", node -> {
                    for (int key = 0; key < PARAMETERS; key++) {
                        boolean first = number < WIDTH && this == OUTPUT;
                        node.parameter("key" + key, first ? "none" : String.format(Locale.ROOT, text, number, key));
                    }
                    return node.after(before(number));
                });
            }
            return workflow.build();
        }

        private static String[] before(int number) {
            int layer = number / WIDTH;
            // why: the first node is upstream of every node of the layers behind its own
            return layer == 0
                    ? new String[0]
                    : IntStream.of(0, number % WIDTH, (number + 7) % WIDTH)
                            .distinct()
                            .mapToObj(place -> "n" + ((layer - 1) * WIDTH + place))
                            .toArray(String[]::new);
        }
    }

    private ParameterStarts() {}

    /**
     * Measures and prints.
     *
     * @param args how many runs of each kind, 20 if there is none, and which kinds, all if there is none
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IOException if the profile cannot be written or read
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        int runs = args.length == 0 ? 20 : Integer.parseInt(args[0]);
        List<Kind> kinds = args.length < 2
                ? List.of(Kind.values())
                : Arrays.stream(args).skip(1).map(Kind::valueOf).toList();
        Map<Kind, List<Long>> nanos = new EnumMap<>(Kind.class);
        Map<Kind, Samples> samples = new EnumMap<>(Kind.class);
        Remora.Builder builder = Remora.builder()
                .storage(MemoryStorage.builder().maxExecutions(10).build())
                .java("NOTHING", ParameterStarts::nothing);
        try (Remora remora = builder.start()) {
            for (Kind kind : kinds) {
                remora.workflows().save("benchmark", kind.name(), kind.workflow());
                nanos.put(kind, new ArrayList<>());
                samples.put(kind, new Samples(0, 0));
            }
            for (int run = -WARM_UP; run < runs; run++) {
                for (Kind kind : kinds) {
                    measure(remora, kind, run >= 0, nanos.get(kind), samples);
                }
            }
        }
        System.out.printf("%-8s %10s %12s %10s%n", "KIND", "MEDIAN", "EACH NODE", "SAMPLES");
        for (Kind kind : kinds) {
            long median = median(nanos.get(kind));
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %7.1f ms %9.2f us %4d of %d in substitution, %.1f %%%n",
                    kind,
                    median / 1e6,
                    median / 1e3 / (LAYERS * WIDTH),
                    samples.get(kind).within,
                    samples.get(kind).all,
                    100.0 * samples.get(kind).within / Math.max(1, samples.get(kind).all));
        }
    }

    private static Map<String, String> nothing(JobContext context) {
        return context.attempt() == 1 && context.jobId().node().equals("n0") ? Map.of("path", "a/b") : Map.of();
    }

    private static void measure(Remora remora, Kind kind, boolean counts, List<Long> nanos, Map<Kind, Samples> samples)
            throws InterruptedException, IOException {
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(Duration.ofMillis(1));
            recording.start();
            long begin = System.nanoTime();
            long execId = remora.executor()
                    .run(RunRequest.builder("benchmark", kind.name())
                            .param("region", "north")
                            .build());
            Status status = remora.query()
                    .await(execId, Duration.ofMinutes(5))
                    .orElseThrow()
                    .status();
            long took = System.nanoTime() - begin;
            recording.stop();
            if (status != Status.SUCCESS) {
                throw new IllegalStateException("execution " + execId + " of " + kind + " ended " + status);
            }
            if (counts) {
                nanos.add(took);
                samples.merge(kind, samplesOf(recording), Samples::plus);
            }
        }
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static Samples samplesOf(Recording recording) throws IOException {
        Path file = Files.createTempFile("remora-benchmark-", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null)
                    .toList();
            long within = events.stream()
                    .filter(event -> event.getStackTrace().getFrames().stream().anyMatch(ParameterStarts::substitutes))
                    .count();
            return new Samples(within, events.size());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static boolean substitutes(RecordedFrame frame) {
        return frame.getMethod().getType().getName().startsWith(SUBSTITUTION);
    }

    private record Samples(long within, long all) {
        Samples plus(Samples other) {
            return new Samples(within + other.within, all + other.all);
        }
    }
}
