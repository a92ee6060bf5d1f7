package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.model.Node;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "1.0",
                "1.00",
                "0.1",
                "100",
                "2147483647",
                "2147483648",
                "-2147483649",
                "9223372036854775807",
                "9223372036854775808",
                "123456789012345678901234567890",
                "-123456789012345678901234567890.123456789012345678901234567890",
                "1E+400",
                "1E-400",
                "1.0E+400",
                "0.30000000000000004",
                "3.141592653589793238462643383279502884197"
            })
    void digitsComeBackAsTheyWent(String digits) {
        assertThat(written(read(digits))).isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource({"1e400, 1E+400", "1E2, 1E+2", "1.50e1, 15.0", "12e-1, 1.2", "-0, 0", "-0.0, 0.0"})
    void otherSpellingsKeepTheValue(String digits, String same) {
        assertThat(written(read(digits))).isEqualTo(same);
        assertThat(read(same)).isEqualTo(read(digits));
    }

    @Test
    void aThousandDigitsAreFine() {
        String digits = "7".repeat(1000);
        assertThat(written(read(digits))).isEqualTo(digits);
        assertThat(written(read("0." + digits))).isEqualTo("0." + digits);
    }

    static Stream<JsonNode> built() {
        return Stream.of(
                JSON.numberNode((byte) 1),
                JSON.numberNode((short) -7),
                JSON.numberNode(7),
                JSON.numberNode(7L),
                JSON.numberNode(1L << 40),
                JSON.numberNode(BigInteger.ONE),
                JSON.numberNode(BigInteger.TWO.pow(40)),
                JSON.numberNode(BigInteger.TWO.pow(63)),
                JSON.numberNode(BigInteger.TWO.pow(63).negate()),
                JSON.numberNode(1.0f),
                JSON.numberNode(0.1f),
                JSON.numberNode(0.1),
                JSON.numberNode(1e300),
                JSON.numberNode(-0.0),
                JSON.numberNode(Double.MIN_VALUE),
                JSON.numberNode(BigDecimal.ONE),
                JSON.numberNode(new BigDecimal("1.000")),
                JSON.numberNode(new BigDecimal("1e3")),
                JSON.binaryNode(new byte[] {1, 2, 3}),
                JSON.arrayNode().add(1L).add(JSON.objectNode().put("x", 2.5f).put("y", (short) 3)));
    }

    @ParameterizedTest
    @MethodSource("built")
    void whatJavaBuiltEqualsWhatIsReadBack(JsonNode value) {
        Workflow workflow = Workflow.builder()
                .node(Node.builder("a", "T").parameter("k", value).extras(value).build())
                .node(Node.builder("b", "T")
                        .parameter(JSON.objectNode().set("k", value))
                        .build())
                .extras(value)
                .build();
        Workflow again = WorkflowJson.parse(WorkflowJson.write(workflow));
        assertThat(again).isEqualTo(workflow).hasSameHashCodeAs(workflow);
        assertThat(WorkflowJson.write(again)).isEqualTo(WorkflowJson.write(workflow));
    }

    private static JsonNode read(String digits) {
        return WorkflowJson.parse("{\"nodes\": [{\"name\": \"a\", \"type\": \"T\"}], \"extras\": " + digits + "}")
                .extras();
    }

    private static String written(JsonNode value) {
        String json = WorkflowJson.write(
                Workflow.builder().node("a", "T").extras(value).build());
        String key = "\"userDefParams\":[],\"extras\":";
        return json.substring(json.indexOf(key) + key.length(), json.length() - 1);
    }
}
