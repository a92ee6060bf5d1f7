package dev.remora.internal.param;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.internal.param.ParameterTree.Place;
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
import java.util.function.Supplier;

/**
 * What the names of one run stand for: its run parameters, those of the workflow, and those of the system. Resolved once,
 * except for what differs from node to node. Does not change, and is safe for use by several threads.
 */
public final class RunParameters {
    private static final int MOST_PROBLEMS = 100;
    private static final int LONGEST_KEPT = 256;
    private static final int MOST_TIMES = 1_000;
    private static final long MOST_INSERTED = 16_384;
    private static final Resolved DIFFERS = new Resolved(TextNode.valueOf(""), false, 0);

    /**
     * A text that was resolved for one node and is the same for all.
     *
     * @param stays whether it is what was written
     * @param inserted how many characters were put in
     */
    private record Resolved(JsonNode text, boolean stays, long inserted) {}

    private final Map<String, Meaning.Given> given;
    private final Map<String, Meaning.Known> known = new HashMap<>();
    /** By slot. Threads may overwrite each other's, as all find the same. */
    private final Resolved[] texts;
    /** By slot, as above; missing for what differs from node to node. */
    private final JsonNode[] trees;

    private final Map<String, Optional<String>> times = new ConcurrentHashMap<>();
    private final boolean differsByNode;
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
            int textSlots,
            int treeSlots,
            List<Problem> found) {
        this.given = given;
        this.cycleTime = cycleTime;
        this.execId = execId;
        texts = new Resolved[textSlots];
        trees = new JsonNode[treeSlots];
        Resolving names = new Resolving(outputs, new ArrayList<>(found));
        Evaluation evaluation = new Evaluation(names, bounds);
        given.forEach((name, value) -> {
            bounds.checkValue(value.template().source().length(), "parameter " + name + " (" + value.path() + ")");
            if (value.template().isPlain()) {
                known.put(name, new Meaning.Known(value.template().source()));
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
        differsByNode = known.size() < given.size();
    }

    ZonedDateTime cycleTime() {
        return cycleTime;
    }

    OptionalLong execId() {
        return execId;
    }

    /** Resolves a parameter for a node. */
    JsonNode parameter(SharedTree shared, Place place, Supplier<Evaluation> evaluation) {
        int slot = shared.slot();
        JsonNode before = slot == SharedTree.NONE ? null : trees[slot];
        if (before != null) {
            return before;
        }
        Evaluation own = evaluation.get();
        JsonNode after = shared.tree().resolve(place, (source, text, at) -> text(source, text, at, own));
        if (slot != SharedTree.NONE
                && own.inserted() <= MOST_INSERTED
                && !shared.tree().has(this::dependsOnNode)) {
            trees[slot] = after;
        }
        return after;
    }

    private boolean dependsOnNode(SharedText text) {
        return text.template().mayRefer(this::dependsOnNode);
    }

    /**
     * Resolves a text for a node. Many nodes have the same texts, and most texts do not depend on the node: the short ones
     * are kept.
     *
     * @param source the text as it stands in the parameter of the node
     * @return the source itself if nothing changes
     */
    private JsonNode text(JsonNode source, SharedText shared, Place place, Evaluation evaluation) {
        int slot = shared.slot();
        Resolved before = slot == SharedText.NONE ? DIFFERS : texts[slot];
        if (before != null && before != DIFFERS) {
            evaluation.count(before.inserted(), place);
            return before.stays() ? source : before.text();
        }
        Template template = shared.template();
        long inserted = evaluation.inserted();
        String text = evaluation.resolve(template.parts(), place);
        boolean stays = text.equals(template.source());
        JsonNode result = stays ? source : TextNode.valueOf(text);
        if (before == null) {
            boolean same = text.length() <= LONGEST_KEPT && !dependsOnNode(shared);
            texts[slot] = same ? new Resolved(result, stays, evaluation.inserted() - inserted) : DIFFERS;
        }
        return result;
    }

    private boolean dependsOnNode(String name) {
        return name.equals(SystemNames.JOB_ID) || name.startsWith(SystemNames.OUTPUTS) || differsByNode(name);
    }

    /** Tells whether there are parameters that have a value for each node. */
    boolean differsByNode() {
        return differsByNode;
    }

    /** Tells whether a parameter has a value for each node. */
    boolean differsByNode(String name) {
        return given.containsKey(name) && !known.containsKey(name);
    }

    /** Finds what a name stands for, whichever the node. */
    Meaning find(String name) {
        Meaning.Known value = known.get(name);
        if (value != null) {
            return value;
        }
        Meaning.Given unresolved = given.get(name);
        return unresolved != null ? unresolved : system(name).orElse(Meaning.UNKNOWN);
    }

    private Optional<Meaning> system(String name) {
        if (name.equals(SystemNames.EXEC_ID)) {
            return execId.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Meaning.Known(Long.toString(execId.getAsLong())));
        }
        return SystemNames.timeNamed(name).flatMap(this::time).map(Meaning.Known::new);
    }

    /** Computes a time expression, which has one value in the whole run. */
    Optional<String> time(Part.Time time) {
        Optional<String> before = times.get(time.source());
        if (before != null) {
            return before;
        }
        Optional<String> text = time.expression().at(cycleTime);
        if (times.size() < MOST_TIMES) {
            times.put(time.source(), text);
        }
        return text;
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
        public Meaning find(String name, boolean composed) {
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
        public Optional<String> time(Part.Time time) {
            return RunParameters.this.time(time);
        }

        @Override
        public void resolved(String parameter, String value, boolean later) {
            if (later) {
                differing.add(parameter);
            } else {
                known.put(parameter, new Meaning.Known(value));
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
