package dev.remora.internal.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.problem.Problems;
import dev.remora.internal.tree.Json;
import dev.remora.model.Node;
import dev.remora.model.Parameter;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a definition node by node: of a large one there is never a tree beside the nodes. */
public final class DefinitionReader {
    private final Problems problems = new Problems();
    private final JsonParser parser;
    private final Input input;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Parameter> userDefParams = new ArrayList<>();
    private JsonNode extras = Json.EMPTY;

    DefinitionReader(JsonParser parser, boolean strict) {
        this.parser = parser;
        input = new Input(parser, strict, problems);
    }

    Workflow read() throws IOException {
        if (parser.nextToken() == null) {
            throw SyntaxError.at(parser.currentLocation(), "the text is empty; it must be a JSON object");
        }
        boolean isObject = input.object("nodes, userDefParams, extras", this::member);
        if (parser.nextToken() != null) {
            throw SyntaxError.at(parser.currentTokenLocation(), "text follows after the definition");
        }
        input.endSharing();
        if (isObject && !problems.isEmpty() && !problems.isFull()) {
            DefinitionCheck.find(nodes, userDefParams, extras, (path, message) -> {
                if (!input.isUnread(path)) {
                    problems.add(path, message);
                }
            });
        }
        problems.throwIfAny(DefinitionCheck.SUBJECT);
        Workflow.Builder workflow = Workflow.builder().extras(extras);
        nodes.forEach(workflow::node);
        userDefParams.forEach(parameter -> workflow.param(parameter.prop(), parameter.value()));
        return workflow.build();
    }

    private boolean member(String key) throws IOException {
        switch (key) {
            case "nodes" ->
                input.array(() -> {
                    nodes.add(NodeReader.read(input));
                    DefinitionCheck.checkCount(nodes.size());
                });
            case "userDefParams" -> input.array(() -> userDefParams.add(parameter()));
            case "extras" -> extras = new TreeReader(input).read();
            default -> {
                return false;
            }
        }
        return true;
    }

    private Parameter parameter() throws IOException {
        String[] values = {"", ""};
        boolean[] present = {false, false};
        boolean isObject = input.object("prop, value", key -> {
            int which = List.of("prop", "value").indexOf(key);
            if (which < 0) {
                return false;
            }
            Optional<String> text = input.text();
            present[which] = text.isPresent();
            values[which] = text.orElse("");
            return true;
        });
        if (isObject && !present[0]) {
            input.missing("prop");
        }
        if (isObject && !present[1]) {
            input.missing("value");
        }
        return new Parameter(values[0], values[1]);
    }
}
