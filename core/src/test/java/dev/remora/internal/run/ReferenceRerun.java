package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.run.ReferenceNode.Phase;
import dev.remora.model.Cause;
import dev.remora.model.RerunRequest;
import dev.remora.model.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rulings F40 to F45 once more, plainly: what a new round consists of. */
final class ReferenceRerun {
    private ReferenceRerun() {}

    /** Returns the new round, not yet open. Nobody takes part in it if there is nothing to run again. */
    static ReferenceRun open(ReferenceRun old, RerunRequest request, Definition definition, RunSettings settings) {
        ReferenceRun run = new ReferenceRun(definition, settings, old.round + 1);
        Map<String, ReferenceNode> before = new HashMap<>();
        old.nodes.forEach(node -> before.put(node.name, node));
        Set<ReferenceNode> part = part(run, request, before);
        for (ReferenceNode node : run.nodes) {
            ReferenceNode was = before.get(node.name);
            node.takesPart = part.contains(node);
            if (was != null) {
                node.attempt = was.attempt;
            }
            if (was != null && node.counts() && !node.takesPart) {
                node.phase = Phase.ENDED;
                node.end = was.end;
                node.cause = was.cause;
            }
        }
        run.link();
        return run;
    }

    /** The causes of the failures that the new round inherits. */
    static Set<Cause> keptFailures(ReferenceRun run) {
        return run.nodes.stream()
                .filter(node -> node.counts() && !node.takesPart && node.end == Status.FAILED)
                .map(node -> node.cause)
                .collect(Collectors.toSet());
    }

    private static Set<ReferenceNode> part(ReferenceRun run, RerunRequest request, Map<String, ReferenceNode> before) {
        Set<ReferenceNode> part = new HashSet<>();
        for (ReferenceNode node : run.nodes) {
            ReferenceNode was = before.get(node.name);
            boolean isNew = was == null || !was.counts();
            boolean again = switch (request.scope()) {
                case ALL -> true;
                case FROM_NODE -> isNew || node.name.equals(request.fromNode().orElseThrow());
                case FAILED_PART -> isNew || was.end != Status.SUCCESS;
            };
            if (node.counts() && again) {
                part.add(node);
            }
        }
        Set<ReferenceNode> behind = behind(run, part);
        for (ReferenceNode node : run.nodes) {
            boolean drawnIn = switch (request.scope()) {
                case ALL -> true;
                case FROM_NODE -> behind.contains(node);
                case FAILED_PART -> behind.contains(node) && node.cleanUp;
            };
            if (node.counts() && drawnIn) {
                part.add(node);
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (ReferenceNode node : run.nodes) {
                more |= node.selected && node.disabled && dependsOnOne(run, node, part) && part.add(node);
            }
        }
        return part;
    }

    private static Set<ReferenceNode> behind(ReferenceRun run, Set<ReferenceNode> start) {
        Set<ReferenceNode> found = new HashSet<>(start);
        boolean more = true;
        while (more) {
            more = false;
            for (ReferenceNode node : run.nodes) {
                more |= node.selected && dependsOnOne(run, node, found) && found.add(node);
            }
        }
        return found;
    }

    private static boolean dependsOnOne(ReferenceRun run, ReferenceNode node, Set<ReferenceNode> of) {
        return run.definition.node(node.number).dep().stream()
                .map(name -> run.nodes.get(run.definition.dag().number(name).orElseThrow()))
                .anyMatch(of::contains);
    }
}
