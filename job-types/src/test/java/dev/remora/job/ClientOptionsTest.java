package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remora.error.Problem;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', '', true",
        "'', '', C.UTF-8, false",
        "'', '', POSIX, true",
        "'', de_DE.utf8, C, false",
        "C, '', C.UTF-8, true",
    })
    void aClientUnderstandsMoreThanAscii(String all, String type, String lang, boolean set) {
        Map<String, String> engine = Map.of("LC_ALL", all, "LC_CTYPE", type, "LANG", lang);
        assertThat(new ClientOptions("hadoop", engine).settings().environment())
                .isEqualTo(set ? Map.of("LC_ALL", "C.UTF-8") : Map.of());
    }

    @Test
    void refusesWhatNoProgramCanBeGiven() {
        var builder = MapReduceJobType.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.environment("A=B", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.environment(" ", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.property("a", "\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.property("a=b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.executable(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparkJobType.builder().master("mesos://h"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparkJobType.builder().deployMode("local"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8088", "ftp://h", "http:/x", "h"})
    void refusesAddressesThatAreNone(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MapReduceJobType.builder().resourceManager(URI.create(address)))
                .withMessageContaining(address);
    }

    @ParameterizedTest
    @CsvSource({
        "yarn, cluster, master",
        "yarn, client, master",
        "spark://h:7077, cluster, deployMode",
    })
    void refusesAClusterThatNobodyCouldAsk(String master, String mode, String path) throws Exception {
        String json = "{\"mainJar\": \"a.jar\", \"mainClass\": \"A\", \"master\": \"" + master
                + "\", \"deployMode\": \"" + mode + "\"}";
        var parameter = new ObjectMapper().readTree(json);
        try (SparkJobType without = SparkJobType.builder().build();
                SparkJobType with = SparkJobType.builder()
                        .resourceManager(URI.create("http://h:8088"))
                        .sparkMasterWeb(URI.create("http://h:8080"))
                        .build()) {
            assertThat(without.check(parameter)).extracting(Problem::path).containsExactly(path);
            assertThat(with.check(parameter)).isEmpty();
        }
    }
}
