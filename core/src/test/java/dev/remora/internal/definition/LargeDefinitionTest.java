package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LimitExceededException;
import dev.remora.model.Limit;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

/** A definition of a million nodes takes some 700 MB with its text twice: far more than that fails on the heap of the tests. */
class LargeDefinitionTest {
    private static final int MILLION = 1_000_000;

    @Test
    void aMillionNodesAreReadAndWritten() {
        StringBuilder json = new StringBuilder("{\"nodes\":[");
        for (int i = 0; i < MILLION; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"node-")
                    .append(i)
                    .append("\",\"type\":\"SHELL\",\"desc\":\"\",\"parameter\":{\"script\":\"true\"},\"dep\":[");
            if (i > 0) {
                json.append("\"node-").append(i - 1).append("\"");
            }
            json.append("],\"extras\":{}}");
        }
        String text = json.append("],\"userDefParams\":[]}").toString();
        json.setLength(0);
        json.trimToSize();
        Workflow workflow = WorkflowJson.parse(text);
        assertThat(workflow.nodes()).hasSize(MILLION);
        assertThat(WorkflowJson.write(workflow).equals(text)).isTrue();
    }

    @Test
    void aNameIsHeldOnceForANodeAndItsDependents() {
        Workflow workflow = WorkflowJson.parse("""
                {"nodes": [{"name": "b", "type": "T", "dep": ["a"]}, {"name": "a", "type": "T"}]}""");
        assertThat(workflow.nodes().get(0).dep().get(0))
                .isSameAs(workflow.nodes().get(1).name());
        assertThat(workflow.nodes().get(0).type())
                .isSameAs(workflow.nodes().get(1).type());
    }

    @Test
    void tooManyNodesAreNotEvenRead() {
        String json = "{\"nodes\":[" + "{},".repeat(2_000_001) + "NO JSON";
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> WorkflowJson.parse(json))
                .withMessage("the workflow has 2000001 nodes; limit NODES is 2000000 nodes");
    }

    @Test
    void theTextIsLimited() throws IOException {
        StringWriter text = new StringWriter();
        Writer bounded = new BoundedWriter(text, 10);
        bounded.write("1234567890".toCharArray(), 0, 10);
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> bounded.write(new char[1], 0, 1))
                .satisfies(error -> assertThat(error.limit()).isEqualTo(Limit.DEFINITION_SIZE));
        assertThat(text).hasToString("1234567890");
    }

    @Test
    void aLongTextInsideIsALimitAndNoSyntaxError() {
        String json =
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"T\",\"parameter\":{\"k\":\"" + "x".repeat(30 << 20) + "\"}}]}";
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> WorkflowJson.parse(json))
                .satisfies(error -> assertThat(error.limit()).isEqualTo(Limit.NODE_PARAMETER_SIZE));
    }
}
