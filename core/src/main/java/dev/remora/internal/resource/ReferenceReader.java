package dev.remora.internal.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.internal.problem.Quote;
import dev.remora.model.ResourceReference;
import dev.remora.model.ResourceReference.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the list of resources in a node's parameter. */
public final class ReferenceReader {
    /** The key of the list. */
    public static final String KEY = "resources";

    private static final List<String> KEYS = List.of("scope", "res", "alias");

    private final boolean placeholdersPass;
    private final List<Problem> problems = new ArrayList<>();
    private final List<ResourceReference> references = new ArrayList<>();
    private final Set<String> aliases = new HashSet<>();

    private ReferenceReader(boolean placeholdersPass) {
        this.placeholdersPass = placeholdersPass;
    }

    /** See {@link ResourceReference#check}. */
    public static List<Problem> check(JsonNode parameter) {
        ReferenceReader reader = new ReferenceReader(true);
        reader.list(parameter);
        return reader.problems;
    }

    /** See {@link ResourceReference#of}. */
    public static List<ResourceReference> read(JsonNode parameter) {
        ReferenceReader reader = new ReferenceReader(false);
        reader.list(parameter);
        if (!reader.problems.isEmpty()) {
            throw new ValidationException("parameter", reader.problems);
        }
        return List.copyOf(reader.references);
    }

    /** Returns the files of the package that a parameter names, as far as it does without placeholders. */
    public static List<Named> namedOfPackage(JsonNode parameter) {
        JsonNode list = parameter.path(KEY);
        List<Named> named = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode res = list.path(i).path("res");
            boolean ofPackage =
                    Scope.WORKFLOW.name().equals(list.path(i).path("scope").textValue());
            if (ofPackage && res.isTextual() && !hasPlaceholder(res) && isPath(res.textValue())) {
                named.add(new Named(KEY + "[" + i + "].res", ResourcePath.normal(res.textValue())));
            }
        }
        return named;
    }

    /** A file, and where in the parameter it is named. */
    public record Named(String where, String res) {}

    private static boolean isPath(String text) {
        return ResourcePath.problem(text).isEmpty();
    }

    private void list(JsonNode parameter) {
        JsonNode list = parameter.path(KEY);
        if (list.isMissingNode() || passes(list)) {
            return;
        }
        if (!list.isArray()) {
            problems.add(new Problem(KEY, "is " + kind(list) + "; it must be a list of resources"));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!passes(list.get(i))) {
                resource(KEY + "[" + i + "]", list.get(i));
            }
        }
    }

    private void resource(String path, JsonNode resource) {
        if (!resource.isObject()) {
            problems.add(new Problem(path, "is " + kind(resource) + "; it must be an object"));
            return;
        }
        resource.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                problems.add(new Problem(path + "." + name, "is unknown; known are " + String.join(", ", KEYS)));
            }
        });
        Optional<Scope> scope = scope(path + ".scope", resource.path("scope"));
        if (!resource.has("res")) {
            problems.add(new Problem(path + ".res", "is missing; it must be a text"));
        }
        Optional<String> res = path(path + ".res", resource.path("res"));
        Optional<String> alias =
                resource.has("alias") ? path(path + ".alias", resource.path("alias")) : res.map(ResourcePath::name);
        if (alias.isPresent() && !aliases.add(alias.get())) {
            String where = resource.has("alias") ? ".alias" : "";
            problems.add(new Problem(
                    path + where,
                    "comes to the name " + Quote.of(alias.get()) + " in the work directory, as one before it does"));
        }
        if (scope.isPresent() && res.isPresent() && alias.isPresent()) {
            references.add(new ResourceReference(scope.get(), res.get(), alias.get()));
        }
    }

    private Optional<Scope> scope(String path, JsonNode value) {
        if (value.isMissingNode()) {
            return Optional.of(Scope.PROJECT);
        }
        if (passes(value)) {
            return Optional.empty();
        }
        Optional<Scope> scope = Arrays.stream(Scope.values())
                .filter(one -> one.name().equals(value.textValue()))
                .findFirst();
        if (scope.isEmpty()) {
            problems.add(new Problem(path, "is " + value + "; it must be one of PROJECT, WORKFLOW"));
        }
        return scope;
    }

    private Optional<String> path(String path, JsonNode value) {
        if (value.isMissingNode() || passes(value)) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            problems.add(new Problem(path, "is " + kind(value) + "; it must be a text"));
            return Optional.empty();
        }
        Optional<String> wrong = ResourcePath.problem(value.textValue());
        if (wrong.isPresent()) {
            problems.add(new Problem(path, wrong.get()));
            return Optional.empty();
        }
        return Optional.of(ResourcePath.normal(value.textValue()));
    }

    private boolean passes(JsonNode value) {
        return placeholdersPass && hasPlaceholder(value);
    }

    private static boolean hasPlaceholder(JsonNode value) {
        return value.isTextual()
                && (value.textValue().contains("${") || value.textValue().contains("$["));
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "a truth value";
            case NULL -> "null";
            case NUMBER -> "a number";
            case STRING -> "a text";
            default -> "an object";
        };
    }
}
