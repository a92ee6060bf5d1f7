package dev.remora.internal.param;

import dev.remora.internal.param.ParameterTree.Place;
import java.util.List;

/**
 * Finds out which outputs the texts of nodes ask for. Before a run that differs from node to node in no text, so each is
 * looked at once however many nodes have it.
 */
final class OutputCheck {
    /**
     * What a text asks for.
     *
     * @param inserted how many characters were put in
     */
    private record Found(List<OutputReferences.Asked> asked, long inserted) {}

    private final RunParameters run;
    private final OutputReferences references;
    private final Found[] found;

    OutputCheck(RunParameters run, OutputReferences references, int slots) {
        this.run = run;
        this.references = references;
        found = new Found[slots];
    }

    /** Looks at the texts of a node. */
    void node(int node, ParameterTree tree, Evaluation evaluation) {
        tree.resolve(Place.of(node), (source, text, place) -> {
            if (mayAsk(text)) {
                references.at(node, place);
                look(text, place, evaluation);
            }
            return source;
        });
    }

    private boolean mayAsk(SharedText text) {
        return text.mayAskForOutputs() || run.differsByNode() && text.template().mayRefer(run::differsByNode);
    }

    private void look(SharedText text, Place place, Evaluation evaluation) {
        int slot = text.slot();
        if (slot != SharedText.NONE && found[slot] != null) {
            references.addAll(found[slot].asked());
            evaluation.count(found[slot].inserted(), place);
            return;
        }
        long before = evaluation.inserted();
        evaluation.resolve(text.template().parts(), place);
        if (slot != SharedText.NONE) {
            found[slot] = new Found(references.asked(), evaluation.inserted() - before);
        }
    }
}
