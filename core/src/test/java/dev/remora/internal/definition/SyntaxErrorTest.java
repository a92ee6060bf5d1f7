package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.WorkflowJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {
    private static final String NODE = "{\"name\": \"a\", \"type\": \"T\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | line 1, column 1: the text is empty; it must be a JSON object",
                "{\"nodes\": [NODE]} {} | line 1, column 41: text follows after the definition",
                "{\"nodes\": [NODE]}} | line 1, column 40:",
                "{\"nodes\": [NODE]} x | line 1, column 41:",
                "{\"nodes\": [NODE],} | line 1, column 40:",
                "{\"nodes\": [NODE,]} | line 1, column 39:",
                "{\"nodes\": [NODE | line 1, column 38:",
                "{\"nodes\": [NODE], /* c */ \"extras\": 1} | line 1, column 41:",
                "{\"nodes\": [NODE], \"extras\": 1 // c | line 1, column 53:",
                "{\"nodes\": [NODE], 'extras': 1} | line 1, column 41:",
                "{\"nodes\": [NODE], extras: 1} | line 1, column 41:",
                "{\"nodes\": [NODE], \"extras\": NaN} | line 1, column 54:",
                "{\"nodes\": [NODE], \"extras\": -Infinity} | line 1, column 60:",
                "{\"nodes\": [NODE], \"extras\": 01} | line 1, column 52:",
                "{\"nodes\": [NODE], \"extras\": .5} | line 1, column 51:",
                "{\"nodes\": [NODE], \"extras\": +1} | line 1, column 52:",
                "{\"nodes\": [NODE], \"extras\": 0x1} | line 1, column 52:",
                "{\"nodes\": [NODE], \"extras\": \"\\x\"} | line 1, column 53:",
                "{\"nodes\": [NODE], \"extras\": \"a\tb\"} | line 1, column 53:",
                "{\"nodes\": [NODE], \"extras\": tru} | line 1, column 51:",
            })
    void whereTheTextIsNoJson(String json, String problem) {
        assertThat(problem(json.replace("NODE", NODE))).startsWith(problem);
    }

    @Test
    void linesAreCounted() {
        assertThat(problem("{\"nodes\":\n  [" + NODE + "]\n  \"extras\": 1}")).startsWith("line 3, column 3:");
    }

    @Test
    void nothingElseIsReportedWithIt() {
        assertThat(problem("{\"unknown\": 1, \"nodes\": [{\"name\": 5}], }")).startsWith("line 1, column 40:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "/* */ 1", "{\"a\": [1}", "\"\\x\"", "tru", "[1"})
    void theMessageSaysNothingOfTheParser(String value) {
        assertThat(problem("{\"nodes\": [" + NODE + "], \"extras\": " + value + "}"))
                .doesNotContainIgnoringCase("source")
                .doesNotContain("Feature")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aHundredThousandLevelsAreAnErrorAndNoOverflow(String open) {
        assertThat(problem(open.repeat(100_000))).startsWith("");
        assertThat(problem("{\"nodes\": " + open.repeat(100_000)))
                .contains("line 1, column ")
                .contains("1000");
        for (String before : List.of("", "{\"nodes\": ", "{\"unknown\": ", "{\"nodes\": [], \"extras\": ")) {
            assertThat(problem(before + open.repeat(100_000)))
                    .matches("line 1, column \\d+: the text is nested deeper than 1000 levels");
        }
    }

    @Test
    void valuesMayBeFiveHundredLevelsDeep() {
        String json = "{\"nodes\": [{\"name\": \"a\", \"type\": \"T\", \"extras\": DEEP}]}";
        String deepest = "[".repeat(500) + "]".repeat(500);
        WorkflowJson.parse(WorkflowJson.write(WorkflowJson.parse(json.replace("DEEP", deepest))));
        assertThat(problem(json.replace("DEEP", "[" + deepest + "]")))
                .isEqualTo("nodes[0].extras" + "[0]".repeat(500) + ": is nested deeper than 500 levels");
    }

    private static String problem(String json) {
        ValidationException error = catchThrowableOfType(ValidationException.class, () -> WorkflowJson.parse(json));
        assertThat(error).as("what is thrown").isNotNull();
        assertThat(error.problems()).hasSize(1);
        return error.problems().stream().map(Problem::toString).findFirst().orElseThrow();
    }
}
