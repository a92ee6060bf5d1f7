package dev.remora.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.tree.Json;
import dev.remora.model.Node;
import dev.remora.model.OnLost;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one node. What cannot be read takes a value that breaks no rule, or one whose path is known to be wrong. */
public final class NodeReader {
    private static final String KEYS =
            "name, type, desc, parameter, dep, extras, retry, timeout, trigger, disabled, pool, onLost";
    private static final String RETRY_KEYS = "maxAttempts, backoff, multiplier, maxBackoff, jitter";

    /** Stands for a name that could not be read; no node has it. */
    private static final String NO_NAME = "\u0000";

    private final Input input;
    private String name = "";
    private String type = "";
    private String desc = "";
    private JsonNode parameter = Json.EMPTY;
    private final List<String> dep = new ArrayList<>(2);
    private JsonNode extras = Json.EMPTY;
    private RetryPolicy retry = RetryPolicy.NONE;
    private Optional<Duration> timeout = Optional.empty();
    private Trigger trigger = Trigger.ALL_SUCCESS;
    private boolean disabled;
    private String pool = Node.DEFAULT_POOL;
    private OnLost onLost = OnLost.RERUN;
    private boolean hasName;
    private boolean hasType;

    private NodeReader(Input input) {
        this.input = input;
    }

    static Node read(Input input) throws IOException {
        NodeReader reader = new NodeReader(input);
        if (input.object(KEYS, reader::member)) {
            if (!reader.hasName) {
                input.missing("name");
            }
            if (!reader.hasType) {
                input.missing("type");
            }
        }
        return reader.build();
    }

    private boolean member(String key) throws IOException {
        switch (key) {
            case "name" -> {
                Optional<String> text = input.text();
                hasName = text.isPresent();
                name = text.map(input::share).orElse("");
            }
            case "type" -> {
                Optional<String> text = input.text();
                hasType = text.isPresent();
                type = text.map(input::share).orElse("");
            }
            case "desc" -> desc = input.text().orElse("");
            case "parameter" -> {
                if (!input.isNull()) {
                    parameter = new TreeReader(input).read();
                }
            }
            case "dep" ->
                input.array(() -> dep.add(input.requiredText().map(input::share).orElse(NO_NAME)));
            case "extras" -> extras = new TreeReader(input).read();
            case "retry" -> {
                if (!input.isNull()) {
                    input.object(RETRY_KEYS, this::retryMember);
                }
            }
            case "timeout" -> timeout = input.duration();
            case "trigger" -> trigger = input.choice(Trigger.values()).orElse(trigger);
            case "disabled" -> disabled = input.flag().orElse(false);
            case "pool" -> pool = input.text().map(input::share).orElse(pool);
            case "onLost" -> onLost = input.choice(OnLost.values()).orElse(onLost);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean retryMember(String key) throws IOException {
        switch (key) {
            case "maxAttempts" ->
                retry = new RetryPolicy(
                        input.integer().orElse(retry.maxAttempts()),
                        retry.backoff(),
                        retry.multiplier(),
                        retry.maxBackoff(),
                        retry.jitter());
            case "backoff" -> retry = retry.withBackoff(input.duration().orElse(retry.backoff()));
            case "multiplier" -> retry = retry.withMultiplier(input.number().orElse(retry.multiplier()));
            case "maxBackoff" -> retry = retry.withMaxBackoff(input.duration().orElse(retry.maxBackoff()));
            case "jitter" -> retry = retry.withJitter(input.number().orElse(retry.jitter()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Node build() {
        Node.Builder node = Node.builder(name, type)
                .desc(desc)
                .parameter(parameter)
                .after(dep)
                .extras(extras)
                .retry(retry)
                .trigger(trigger)
                .disabled(disabled)
                .pool(pool)
                .onLost(onLost);
        timeout.ifPresent(node::timeout);
        return node.build();
    }
}
