package dev.remora.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "Ab_9", "Zx", "a123456789012345678901234567890123456789012345678901234567890123"})
    void goodNames(String name) {
        assertThat(Names.project(name)).isEmpty();
        assertThat(Names.workflow(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1a",
                "_a",
                "a-b",
                "a b",
                "ab\n",
                "étape",
                "aé",
                "a٣",
                "a1234567890123456789012345678901234567890123456789012345678901234"
            })
    void badNames(String name) {
        assertThat(Names.project(name)).map(Problem::path).hasValue("project");
        assertThat(Names.workflow(name)).map(Problem::path).hasValue("workflow");
    }

    @Test
    void saysTheRule() {
        assertThat(Names.workflow("a-b"))
                .hasValue(new Problem(
                        "workflow",
                        "is \"a-b\"; it must have 2 to 64 letters a-z or A-Z, digits and _, and begin with a letter"));
    }
}
