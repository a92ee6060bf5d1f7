package dev.remora.internal.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.LimitExceededException;
import dev.remora.error.ValidationException;
import dev.remora.internal.dag.Dag;
import dev.remora.model.Limit;
import dev.remora.model.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileTextTest {
    private static final int TIMES = 20_000;
    private static final int MANY_TIMES = 400_000;
    private static final int RANDOM_TEXTS = 20_000;
    private static final String SEED = "remora.test.seed";
    private static final String[] PIECES = {
        "$",
        "${",
        "$[",
        "}",
        "]",
        "[",
        "{",
        "$$",
        "'",
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "/",
        "1",
        "24",
        "0",
        " ",
        "\n",
        "a",
        "b",
        "nodes.n.x",
        "yyyy",
        "MM",
        "dd",
        "HH",
        "p",
        "B",
        "zz",
        "add_months(",
        "timestamp(",
        "month_end(",
        "日",
        "\uD83D",
        "\0",
        "sf.system.jobId",
        "99999999999",
        "${a}",
        "${b}",
        "$[yyyyMMdd-1]",
        "."
    };

    static Stream<String> pieces() {
        return Stream.of(
                "${",
                "$[",
                "$",
                "}",
                "]",
                "$['",
                "$[''",
                "$['$[",
                "${a}",
                "$[yy",
                "$[(",
                "$[yy+(",
                "$[yy-",
                "$[yy+1",
                "${}",
                "${ ",
                "$$${",
                "$[${a}",
                "$[${a}'",
                "'",
                "$[timestamp(",
                "$[add_months(yy,",
                "${nodes.",
                "a.",
                "$[yy+ ",
                "$[p",
                "[",
                "$[,");
    }

    static Stream<String> hostile() {
        return pieces().flatMap(piece -> Stream.of(
                piece.repeat(TIMES),
                piece.repeat(TIMES) + "}".repeat(TIMES),
                piece.repeat(TIMES) + "]",
                piece.repeat(TIMES) + "']",
                "$[" + piece.repeat(TIMES) + "]",
                "$[yyyy+" + piece.repeat(TIMES) + "]",
                "${" + piece.repeat(TIMES) + "}",
                "${nodes." + piece.repeat(TIMES) + "}"));
    }

    // why: linear work takes well under a second, quadratic work minutes; the bound only ends a test that would hang
    @ParameterizedTest(name = "{index}")
    @MethodSource("pieces")
    @Timeout(60)
    void readsInLinearTime(String piece) {
        String text = piece.repeat(MANY_TIMES);

        assertThat(Template.of(text).parts()).isNotEmpty();
        assertThat(Template.of(text + "']").parts()).isNotEmpty();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    @Timeout(60)
    void resolvesOrRefuses(String text) {
        try {
            resolve(text);
        } catch (LimitExceededException tooLarge) {
            assertThat(tooLarge.limit()).isIn(Limit.PARAMETER_VALUE_SIZE, Limit.SUBSTITUTION_SIZE);
        }
    }

    @Test
    void randomTextsNeverFailOtherwiseThanDocumented() {
        long seed = Long.getLong(SEED, System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            String text = random(random);
            String replay = "text " + i + " of -D" + SEED + "=" + seed + ": " + text;
            assertThatCode(() -> {
                        Workflow workflow = workflow(text, random(random), random(random));
                        JsonNode before = workflow.nodes().get(1).parameter();
                        try {
                            JsonNode after = resolve(workflow, random(random));
                            if (Template.of(text).isPlain()) {
                                assertThat(after).as(replay).isSameAs(before);
                            }
                        } catch (ValidationException cycle) {
                            assertThat(cycle).as(replay).hasMessageContaining("refers to itself");
                        }
                    })
                    .as(replay)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void randomFormatsNeverFail() {
        long seed = Long.getLong(SEED, System.nanoTime());
        Random random = new Random(seed);
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            StringBuilder text = new StringBuilder("$[yyyy");
            for (int runs = random.nextInt(5); runs > 0; runs--) {
                String letter = letters.charAt(random.nextInt(letters.length())) + "";
                text.append(letter.repeat(1 + random.nextInt(6))).append(random.nextBoolean() ? "" : "-");
            }
            String format = text.append(']').toString();
            assertThatCode(() ->
                            assertThat(resolve(workflow(format, "", ""), "")).isNotNull())
                    .as("format %d of -D%s=%d: %s", i, SEED, seed, format)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void randomTextsWithoutAnExpressionComeBackAsTheyWent() {
        long seed = Long.getLong(SEED, System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            String text = random(random).replace("$", "");
            JsonNode before = workflow(text, "", "").nodes().get(1).parameter();

            assertThat(resolve(workflow(text, "", ""), "").get("text"))
                    .as("text %d of -D%s=%d", i, SEED, seed)
                    .isEqualTo(before.get("text"));
        }
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(16); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static void resolve(String text) {
        resolve(workflow(text, "1", "$[yyyy]"), "2");
    }

    private static Workflow workflow(String text, String a, String b) {
        return Workflow.builder()
                .node("n", "VIRTUAL")
                .node("it", "VIRTUAL", node -> node.after("n").parameter("text", text))
                .param("a", a)
                .param("b", b)
                .build();
    }

    private static JsonNode resolve(Workflow workflow, String output) {
        CompiledParameters compiled =
                CompiledParameters.of(workflow, Dag.of(workflow.nodes())::number, Limit::defaultBound);
        RunParameters run = compiled.run(Map.of(), Substitutions.BASE, OptionalLong.of(1));
        return compiled.resolve(1, run, (node, key, composed) -> Optional.of(output));
    }
}
