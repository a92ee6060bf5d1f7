package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.internal.tree.JsonSize;
import dev.remora.model.Node;
import dev.remora.model.OnLost;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random definitions, written and read. Replay with the seed in the failure's description. */
class RoundTripTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void whatIsWrittenAndReadIsEqual() throws IOException {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 1_000; seed++) {
            Workflow workflow = workflow(new Random(seed));
            String json = WorkflowJson.write(workflow);
            Workflow again = WorkflowJson.parse(json);
            assertThat(again).as("seed %d", seed).isEqualTo(workflow);
            assertThat(WorkflowJson.parseStored(json)).as("seed %d", seed).isEqualTo(workflow);
            assertThat(WorkflowJson.write(again)).as("seed %d", seed).isEqualTo(json);
            StringWriter pieces = new StringWriter();
            WorkflowJson.write(workflow, pieces);
            assertThat(pieces).as("seed %d", seed).hasToString(json);
            assertThat(WorkflowJson.parseStored(new StringReader(json)))
                    .as("seed %d", seed)
                    .isEqualTo(workflow);
        }
    }

    @Test
    void theSizeIsThatOfTheText() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 1_000; seed++) {
            Workflow workflow = Workflow.builder()
                    .node("a", "T")
                    .extras(JSON.arrayNode().add(tree(new Random(seed), 0)))
                    .build();
            String json = WorkflowJson.write(workflow);
            String key = "\"extras\":[";
            int written = json.length() - 1 - (json.lastIndexOf(key) + key.length() - 1);
            long measured = JsonSize.of(workflow.extras(), "", (path, message) -> {
                throw new AssertionError(path + message);
            });
            assertThat(measured).as("seed %d", seed).isEqualTo(written);
        }
    }

    private static Workflow workflow(Random random) {
        Workflow.Builder workflow = Workflow.builder();
        int size = 1 + random.nextInt(6);
        for (int number = 0; number < size; number++) {
            workflow.node(node(random, number));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            workflow.param("p" + i + text(random), text(random));
        }
        return (random.nextBoolean() ? workflow : workflow.extras(tree(random, 0))).build();
    }

    private static Node node(Random random, int number) {
        Node.Builder node = Node.builder("n" + number, "T" + text(random)).disabled(random.nextInt(5) == 0);
        for (int other = 0; other < number; other++) {
            if (random.nextInt(3) == 0) {
                node.after("n" + other);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            node.parameter(key(random), tree(random, 1));
        }
        if (random.nextBoolean()) {
            node.desc(text(random)).extras(tree(random, 0)).pool("p-" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            node.retry(new RetryPolicy(
                    1 + random.nextInt(1000),
                    duration(random, 30),
                    1 + random.nextDouble() * 99,
                    duration(random, 30),
                    random.nextInt(3) == 0 ? -0.0 : random.nextDouble()));
        }
        if (random.nextBoolean()) {
            node.timeout(duration(random, 364).plusMillis(1));
        }
        if (random.nextBoolean()) {
            node.trigger(Trigger.ALL_DONE).onLost(OnLost.FAIL);
        }
        return node.build();
    }

    private static Duration duration(Random random, int days) {
        Duration most = Duration.ofDays(days);
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofSeconds(1 + random.nextInt(60));
            case 1 -> Duration.ofMillis(random.nextInt(100_000));
            case 2 ->
                Duration.ofNanos(
                        (long) (random.nextDouble() * Duration.ofDays(1).toNanos()));
            default -> most;
        };
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 8 : 10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode((long) random.nextInt(100));
            case 3 -> JSON.numberNode(random.nextDouble());
            case 4 -> JSON.numberNode(new BigDecimal(new BigInteger(90, random), random.nextInt(500) - 250));
            case 5 -> JSON.numberNode(new BigInteger(80, random).negate());
            case 6, 7 -> JSON.textNode(text(random));
            case 8 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(tree(random, depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(key(random), tree(random, depth + 1));
                }
                yield object;
            }
        };
    }

    private static String key(Random random) {
        return text(random).replaceAll("\\p{Cs}", "");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }
}
