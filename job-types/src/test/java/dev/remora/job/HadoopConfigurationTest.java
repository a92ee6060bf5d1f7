package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remora.error.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a cluster by its configuration files alone. */
class HadoopConfigurationTest {
    private static final String ENABLED = "yarn.resourcemanager.ha.enabled";
    private static final String IDS = "yarn.resourcemanager.ha.rm-ids";
    private static final String HOST = "yarn.resourcemanager.hostname";
    private static final String WEB = "yarn.resourcemanager.webapp.address";

    @TempDir
    Path directory;

    private HadoopConfiguration written(String file, Map<String, String> properties) throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<!-- a comment -->\n<configuration>\n");
        properties.forEach((name, value) -> xml.append("  <property>\n    <name>")
                .append(name)
                .append("</name>\n    <value> ")
                .append(value)
                .append("\n</value><final>true</final>\n  </property>\n"));
        Files.writeString(directory.resolve(file), xml.append("</configuration>\n"));
        return HadoopConfiguration.read(directory);
    }

    private HadoopConfiguration yarn(Map<String, String> properties) throws IOException {
        return written("yarn-site.xml", properties);
    }

    @Test
    void oneResourceManagerHasOneAddress() throws IOException {
        assertThat(yarn(Map.of(WEB, "one:18088", HOST, "other")).resourceManagers())
                .containsExactly(URI.create("http://one:18088"));
        assertThat(yarn(Map.of(HOST, "one")).resourceManagers()).containsExactly(URI.create("http://one:8088"));
        assertThat(yarn(Map.of(HOST, "one", WEB, "${yarn.resourcemanager.hostname}:1"))
                        .resourceManagers())
                .containsExactly(URI.create("http://one:1"));
    }

    @Test
    void severalStandByForEachOther() throws IOException {
        Map<String, String> properties = Map.of(
                ENABLED,
                "true",
                IDS,
                "rm1, rm2,rm3",
                WEB + ".rm1",
                "one:18088",
                HOST + ".rm2",
                "two",
                HOST + ".rm4",
                "four",
                WEB,
                "none:1");
        assertThat(yarn(properties).resourceManagers())
                .containsExactly(URI.create("http://one:18088"), URI.create("http://two:8088"));
    }

    @Test
    void theySpeakHttpsOnlyWhereThatIsSaid() throws IOException {
        String policy = "yarn.http.policy";
        assertThat(yarn(Map.of(policy, "HTTPS_ONLY", HOST, "one", WEB, "one:1")).resourceManagers())
                .containsExactly(URI.create("https://one:8090"));
        assertThat(yarn(Map.of(
                                policy,
                                "HTTPS_ONLY",
                                "yarn.resourcemanager.webapp.https.address.a",
                                "one:2",
                                ENABLED,
                                "true",
                                IDS,
                                "a"))
                        .resourceManagers())
                .containsExactly(URI.create("https://one:2"));
    }

    @Test
    void whatIsNotSaidIsNotKnown() throws IOException {
        assertThat(HadoopConfiguration.read(directory.resolve("nowhere")).resourceManagers())
                .isEmpty();
        assertThat(yarn(Map.of("a", "b")).resourceManagers()).isEmpty();
        assertThat(yarn(Map.of(ENABLED, "true")).resourceManagers()).isEmpty();
        assertThat(yarn(Map.of(HOST, "")).resourceManagers()).isEmpty();
        assertThat(yarn(Map.of()).framework()).isEmpty();
        assertThat(written("mapred-site.xml", Map.of("mapreduce.framework.name", "local"))
                        .framework())
                .contains("local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words:1", "${yarn.resourcemanager.webapp.address}", "${unknown}:8088", "a_b:x"})
    void anAddressThatIsNoneIsRefused(String address) throws IOException {
        HadoopConfiguration configuration = yarn(Map.of(WEB, address));
        assertThatIllegalArgumentException()
                .isThrownBy(configuration::resourceManagers)
                .withMessageContaining(WEB)
                .withMessageContaining(directory.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no xml",
                "<configuration>",
                "<!DOCTYPE c SYSTEM \"file:///etc/hostname\"><configuration/>",
                "<!DOCTYPE c [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><configuration><property><name>&e;</name>"
                        + "</property></configuration>"
            })
    void aFileThatCannotBeReadIsRefused(String text) throws IOException {
        Files.writeString(directory.resolve("yarn-site.xml"), text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MapReduceJobType.builder()
                        .hadoopConfigurationDirectory(directory)
                        .build())
                .withMessageContaining("yarn-site.xml");
    }

    @Test
    void sparkOnYarnNeedsNoAddressBesideTheConfiguration() throws IOException {
        yarn(Map.of(HOST, "one"));
        var parameter = new ObjectMapper().readTree("{\"mainJar\": \"a.jar\", \"mainClass\": \"A\"}");
        try (SparkJobType with = SparkJobType.builder()
                        .hadoopConfigurationDirectory(directory)
                        .build();
                SparkJobType without = SparkJobType.builder().build()) {
            assertThat(with.check(parameter)).isEmpty();
            assertThat(without.check(parameter)).extracting(Problem::path).containsExactly("master");
        }
    }
}
