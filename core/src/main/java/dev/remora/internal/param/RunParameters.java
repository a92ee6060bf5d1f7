package dev.remora.internal.param;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the names of one run stand for: its run parameters, those of the workflow, and those of the system. Resolved once,
 * except for what differs from node to node. Does not change, and is safe for use by several threads.
 */
public final class RunParameters {
    private static final int MOST_PROBLEMS = 100;
    private static final int MOST_KEPT = 1_000;
    private static final int LONGEST_KEPT = 256;
    private static final Resolved DIFFERS = new Resolved("", 0);

    /**
     * A text that was resolved for one node and is the same for all.
     *
     * @param inserted how many characters were put in
     */
    private record Resolved(String text, long inserted) {}

    private final Map<String, Meaning.Given> given;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, Resolved> resolved = new ConcurrentHashMap<>();
    private final ZonedDateTime cycleTime;
    private final OptionalLong execId;

    /**
     * Resolves the parameters of a run.
     *
     * @throws ValidationException with the cycles, and the problems found before
     * @throws dev.remora.error.LimitExceededException if a value is or grows too large
     */
    RunParameters(
            Map<String, Meaning.Given> given,
            ZonedDateTime cycleTime,
            OptionalLong execId,
            Bounds bounds,
            OutputNames outputs,
            List<Problem> found) {
        this.given = given;
        this.cycleTime = cycleTime;
        this.execId = execId;
        Resolving names = new Resolving(outputs, new ArrayList<>(found));
        Evaluation evaluation = new Evaluation(names, bounds);
        given.forEach((name, value) -> {
            bounds.checkValue(value.template().source().length(), "parameter " + name + " (" + value.path() + ")");
            if (value.template().isPlain()) {
                known.put(name, value.template().source());
            }
        });
        given.forEach((name, value) -> {
            if (!names.isDone(name)) {
                evaluation.resolve(List.of(new Part.Reference(name)), value.path());
            }
        });
        if (!names.problems.isEmpty()) {
            throw names.refusal();
        }
    }

    ZonedDateTime cycleTime() {
        return cycleTime;
    }

    OptionalLong execId() {
        return execId;
    }

    /**
     * Resolves a text for a node. Many nodes have the same texts, and most texts do not depend on the node: a number of
     * short ones are kept.
     */
    String text(Template template, Object place, Evaluation evaluation) {
        Resolved before = resolved.get(template.source());
        if (before == DIFFERS) {
            return evaluation.resolve(template.parts(), place);
        } else if (before != null) {
            evaluation.count(before.inserted(), place);
            return before.text();
        }
        long inserted = evaluation.inserted();
        String text = evaluation.resolve(template.parts(), place);
        if (resolved.size() < MOST_KEPT && text.length() <= LONGEST_KEPT) {
            boolean differs = template.mayRefer(this::dependsOnNode);
            resolved.put(template.source(), differs ? DIFFERS : new Resolved(text, evaluation.inserted() - inserted));
        }
        return text;
    }

    private boolean dependsOnNode(String name) {
        return name.equals(SystemNames.JOB_ID) || name.startsWith(SystemNames.OUTPUTS) || differsByNode(name);
    }

    /** Tells whether a parameter has a value for each node. */
    boolean differsByNode(String name) {
        return given.containsKey(name) && !known.containsKey(name);
    }

    /** Finds what a name stands for, whichever the node. */
    Meaning find(String name) {
        String value = known.get(name);
        if (value != null) {
            return new Meaning.Known(value);
        }
        Meaning.Given unresolved = given.get(name);
        return unresolved != null ? unresolved : system(name).orElse(Meaning.UNKNOWN);
    }

    private Optional<Meaning> system(String name) {
        if (name.equals(SystemNames.EXEC_ID)) {
            return execId.isEmpty() ? Optional.empty() : Optional.of(known(Long.toString(execId.getAsLong())));
        }
        return SystemNames.timeNamed(name)
                .flatMap(expression -> expression.at(cycleTime))
                .map(RunParameters::known);
    }

    private static Meaning known(String text) {
        return new Meaning.Known(text);
    }

    /** The names while the parameters of the run are being resolved. */
    private final class Resolving implements Names {
        private final OutputNames outputs;
        private final List<Problem> problems;
        private final Set<String> differing = new HashSet<>();

        Resolving(OutputNames outputs, List<Problem> problems) {
            this.outputs = outputs;
            this.problems = problems;
        }

        boolean isDone(String name) {
            return known.containsKey(name) || differing.contains(name);
        }

        ValidationException refusal() {
            return new ValidationException("parameters of the run", problems);
        }

        @Override
        public Meaning find(String name) {
            if (name.equals(SystemNames.JOB_ID) || differing.contains(name)) {
                return Meaning.LATER;
            }
            if (name.startsWith(SystemNames.OUTPUTS)) {
                return outputs.parse(name).isPresent() ? Meaning.LATER : Meaning.UNKNOWN;
            }
            return RunParameters.this.find(name);
        }

        @Override
        public ZonedDateTime cycleTime() {
            return cycleTime;
        }

        @Override
        public void resolved(String parameter, String value, boolean later) {
            if (later) {
                differing.add(parameter);
            } else {
                known.put(parameter, value);
            }
        }

        @Override
        public void cycle(String path, String cycle) {
            problems.add(new Problem(path, "refers to itself: " + cycle));
            // why: a long cycle with many chords has more cycles than anybody reads
            if (problems.size() >= MOST_PROBLEMS) {
                throw refusal();
            }
        }
    }
}
