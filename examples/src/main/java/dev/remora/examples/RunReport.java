package dev.remora.examples;

import dev.remora.LogReader;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.model.Node;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is printed when a run has ended: a table of its nodes, the logs of failed ones, and the result. */
final class RunReport {
    private static final int TAIL = 20;
    private static final int LONGEST_RESULT = LogRequest.MAX_SIZE;

    private final PrintStream out;
    private final LogReader logs;

    RunReport(PrintStream out, LogReader logs) {
        this.out = out;
        this.logs = logs;
    }

    void print(ExecutionDetail detail) {
        table(detail.nodes());
        detail.nodes().stream()
                .filter(node -> node.status() == Status.FAILED)
                .forEach(node -> tail("last lines of " + node.name(), node, TAIL));
        results(detail.nodes()).stream()
                .filter(node -> node.status() == Status.SUCCESS)
                .forEach(node -> tail("result: " + node.name(), node, LONGEST_RESULT));
        summary(detail.execution());
    }

    private void table(List<NodeExecution> nodes) {
        TextTable table = new TextTable("NODE", "STATE", "ATTEMPT", "DURATION", "CAUSE", "OUTPUTS");
        nodes.forEach(node -> table.row(
                node.name(),
                node.status().toString(),
                node.attempt() == 0 ? "-" : String.valueOf(node.attempt()),
                duration(node),
                cause(node),
                outputs(node.outputs())));
        out.println();
        table.print(out);
    }

    private void tail(String title, NodeExecution node, int most) {
        long total = logs.read(LogRequest.builder(node.jobId()).size(1).build()).total();
        LogPage page = logs.read(LogRequest.builder(node.jobId())
                .from(Math.max(0, total - most))
                .size(most)
                .build());
        out.println();
        out.println("--- " + title + (total > most ? " (of " + total + ")" : total == 0 ? ": none" : ""));
        int attempts = (int)
                page.lines().stream().mapToInt(LogLine::attempt).distinct().count();
        for (LogLine line : page.lines()) {
            String mark = attempts > 1 ? "attempt " + line.attempt() + "  " : "";
            out.println(mark + Printable.line(line.text()));
        }
    }

    private void summary(Execution execution) {
        out.println();
        out.println("execution " + execution.execId() + " of " + execution.workflow() + ": " + execution.status()
                + execution.cause().map(cause -> " (" + cause + ")").orElse(""));
    }

    /** The last nodes, clean-ups aside: what the run was made for. */
    static List<NodeExecution> results(List<NodeExecution> nodes) {
        Set<String> waitedFor = new HashSet<>();
        List<NodeExecution> work = nodes.stream()
                .filter(node -> node.node().trigger() != Trigger.ALL_DONE)
                .toList();
        work.stream().map(NodeExecution::node).map(Node::dep).forEach(waitedFor::addAll);
        return work.stream().filter(node -> !waitedFor.contains(node.name())).toList();
    }

    private static String duration(NodeExecution node) {
        return node.startTime()
                .flatMap(start -> node.endTime().map(end -> Printable.seconds(Duration.between(start, end))))
                .orElse("-");
    }

    private static String cause(NodeExecution node) {
        String cause = node.cause().map(Enum::toString).orElse("-");
        return node.message().isEmpty() ? cause : cause + ": " + node.message();
    }

    private static String outputs(Map<String, String> outputs) {
        return outputs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
