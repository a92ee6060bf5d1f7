package dev.remora.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    @ParameterizedTest
    @CsvSource({
        "1-a, 1, a",
        "1379-count, 1379, count",
        "7-a-b, 7, a-b",
        "7--, 7, -",
        "10-数据, 10, 数据",
        "9223372036854775807-a, 9223372036854775807, a"
    })
    void readsWhatItWrites(String text, long execId, String node) {
        assertThat(JobId.parse(text)).hasValue(new JobId(execId, node));
        assertThat(new JobId(execId, node)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-a",
                "a-1",
                "+1-a",
                " 1-a",
                "1.0-a",
                "١-a",
                "0-a",
                "01-a",
                "9223372036854775808-a",
                "99999999999999999999-a"
            })
    void refusesWhatItWouldNotWrite(String text) {
        assertThat(JobId.parse(text)).isEmpty();
    }
}
