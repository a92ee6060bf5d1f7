package dev.remora.examples.crash;

import dev.remora.Remora;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.LogLine;
import dev.remora.model.LogRequest;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What has become of everything that was acknowledged.
 *
 * @param executions how many executions there are
 * @param attempts how many attempts their nodes had
 * @param lost how many of these were started again because their jobs had vanished
 */
record Findings(int executions, int attempts, int lost) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "looking";
    private static final int PAGE = 1_000;
    private static final String FLAKY = "flaky";

    /** Lets all executions end, and checks them. */
    static Findings of(Place place, CrashDatabase database, int wanted) throws InterruptedException {
        try (Storage storage = database.open();
                Remora remora = CrashEngine.start(place, storage, NAME)) {
            List<Long> all = new ArrayList<>();
            remora.query()
                    .list(ExecutionFilter.builder().size(PAGE).build())
                    .executions()
                    .forEach(execution -> all.add(execution.execId()));
            for (long execId : all) {
                require(remora.query().await(execId, LIMIT).isPresent(), execId + " does not end");
            }
            // why: the listener writes down ends that are recorded; what it has written must not change any more
            remora.close(LIMIT);
            return check(place, database, all, wanted);
        }
    }

    private static Findings check(Place place, CrashDatabase database, List<Long> all, int wanted) {
        List<String> acknowledged = place.acknowledged().lines();
        require(!acknowledged.isEmpty(), "nothing was acknowledged");
        require(all.size() <= wanted, all.size() + " executions of " + wanted + " keys");
        for (String line : acknowledged) {
            require(all.contains(Long.parseLong(line.split(" ")[0])), line + " was acknowledged and is not there");
        }
        Map<String, Long> began = counts(place.began());
        Map<String, Long> ended = counts(place.ended());
        began.forEach((job, times) -> require(times == 1, job + " was started " + times + " times"));
        counts(place.succeeded())
                .forEach((job, times) -> require(times == 1, job + " was told of " + times + " times"));
        int attempts = 0;
        int lost = 0;
        try (Storage storage = database.open();
                Remora remora = CrashEngine.start(place, storage, NAME)) {
            for (long execId : all) {
                ExecutionDetail detail = remora.query().find(execId).orElseThrow();
                require(detail.execution().status() == Status.SUCCESS, detail.toString());
                require(detail.nodes().size() == CrashWorkflow.NODES.size(), detail.toString());
                for (NodeExecution node : detail.nodes()) {
                    node(execId, node, began, ended);
                    log(remora, node);
                    attempts += node.attempt();
                    lost += node.attempt() - (node.node().name().equals(FLAKY) ? 2 : 1);
                }
            }
            ranOnce(place, remora);
        }
        return new Findings(all.size(), attempts, lost);
    }

    private static void node(long execId, NodeExecution node, Map<String, Long> began, Map<String, Long> ended) {
        require(node.status() == Status.SUCCESS, node.toString());
        String last = execId + " " + node.node().name() + " " + node.attempt();
        require(began.containsKey(last), last + " is SUCCESS and did not begin");
        require(ended.getOrDefault(last, 0L) == 1, last + " is SUCCESS and did not come to its end");
        String further = execId + " " + node.node().name() + " " + (node.attempt() + 1);
        require(!began.containsKey(further), further + " ran after the node was SUCCESS");
    }

    /** An engine that said that a node had succeeded had recorded that: it must not have run again. */
    private static void ranOnce(Place place, Remora remora) {
        for (String line : place.succeeded().lines()) {
            String[] parts = line.split(" ");
            NodeExecution node =
                    remora.query().find(Long.parseLong(parts[0])).orElseThrow().node(parts[1]);
            require(node.attempt() == Integer.parseInt(parts[2]), line + " was recorded, and it ran again: " + node);
        }
    }

    /** Of the last attempt every line is there once, of those before a beginning, each in its order. */
    private static void log(Remora remora, NodeExecution node) {
        Map<Integer, List<String>> byAttempt = new TreeMap<>();
        for (LogLine line : remora.logs()
                .read(LogRequest.builder(node.jobId()).size(PAGE).build())
                .lines()) {
            byAttempt
                    .computeIfAbsent(line.attempt(), attempt -> new ArrayList<>())
                    .add(line.text());
        }
        List<String> whole = IntStream.range(0, CrashWorkflow.LINES)
                .mapToObj(number -> "line " + number)
                .toList();
        byAttempt.forEach((attempt, lines) -> {
            boolean right = attempt == node.attempt()
                    ? lines.equals(whole)
                    : lines.size() <= whole.size() && lines.equals(whole.subList(0, lines.size()));
            require(right, node.jobId() + ", attempt " + attempt + " of " + node.attempt() + ", has the log " + lines);
        });
        require(byAttempt.containsKey(node.attempt()), node.jobId() + " has no log of attempt " + node.attempt());
    }

    private static Map<String, Long> counts(Journal journal) {
        return journal.lines().stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
