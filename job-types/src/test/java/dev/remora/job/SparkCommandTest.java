package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remora.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkCommandTest {
    private static final SparkMaster YARN = new SparkMaster("yarn");
    private static final ClientCommand.Submitter NOBODY =
            new ClientCommand.Submitter("remora-7", Optional.empty(), Optional.empty());

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static ClientSettings settings(Map<String, String> properties, ProxyUserStrategy strategy) {
        return new ClientSettings("/spark/bin/spark-submit", Map.of("E", "1"), properties, strategy);
    }

    private static ClientCommand command(String fields, ClientSettings settings, ClientCommand.Submitter submitter)
            throws Exception {
        JsonNode parameter = json("{" + fields + "}");
        assertThat(SparkParameter.check(parameter, YARN, Optional.empty())).isEmpty();
        return SparkCommand.of(SparkParameter.of(parameter, YARN, Optional.empty()), settings, submitter);
    }

    private static List<String> arguments(String fields) throws Exception {
        return command(fields, settings(Map.of(), ProxyUserStrategy.NONE), NOBODY)
                .arguments();
    }

    @Test
    void runsOnYarnInModeClusterByDefault() throws Exception {
        assertThat(arguments("'mainJar': 'a.jar', 'mainClass': 'A'"))
                .containsExactly(
                        "/spark/bin/spark-submit",
                        "--master",
                        "yarn",
                        "--deploy-mode",
                        "cluster",
                        "--class",
                        "A",
                        "--conf",
                        "spark.yarn.tags=remora-7",
                        "a.jar");
    }

    @Test
    void putsEveryFieldWhereSparkExpectsIt() throws Exception {
        assertThat(arguments("'mainJar': 'a.jar', 'mainClass': 'A', 'master': 'yarn', 'deployMode': 'client',"
                        + "'args': ['x', '--class'], 'driverCores': 1, 'driverMemory': '512m', 'numExecutors': '2',"
                        + "'executorCores': 3, 'executorMemory': '1g', 'properties': [{'prop': 'a', 'value': 'b c'}],"
                        + "'libJars': ['l1', 'l2'], 'files': ['f#alias'], 'archives': ['z'], 'queue': 'q'"))
                .containsExactly(
                        "/spark/bin/spark-submit",
                        "--master",
                        "yarn",
                        "--deploy-mode",
                        "client",
                        "--class",
                        "A",
                        "--driver-cores",
                        "1",
                        "--driver-memory",
                        "512m",
                        "--num-executors",
                        "2",
                        "--executor-cores",
                        "3",
                        "--executor-memory",
                        "1g",
                        "--jars",
                        "l1,l2",
                        "--files",
                        "f#alias",
                        "--archives",
                        "z",
                        "--queue",
                        "q",
                        "--conf",
                        "a=b c",
                        "--conf",
                        "spark.yarn.tags=remora-7",
                        "a.jar",
                        "x",
                        "--class");
    }

    @Test
    void leavesArgumentsAsTheyAre() throws Exception {
        assertThat(arguments("'mainJar': 'a.py', 'args': ['', 'a b', '\\\"', '$HOME;`x`', 'l1\\nl2', '计数', '-x']"))
                .endsWith("a.py", "", "a b", "\"", "$HOME;`x`", "l1\nl2", "计数", "-x");
    }

    @Test
    void hasNoClassForAPythonFileAndNoTagOutsideYarn() throws Exception {
        assertThat(arguments("'mainJar': 'a.py', 'master': 'local[2]'"))
                .containsExactly("/spark/bin/spark-submit", "--master", "local[2]", "--deploy-mode", "client", "a.py");
        assertThat(arguments("'mainJar': 'a.jar', 'mainClass': 'A', 'master': 'spark://h1:7077,h2:7077'"))
                .containsExactly(
                        "/spark/bin/spark-submit",
                        "--master",
                        "spark://h1:7077,h2:7077",
                        "--deploy-mode",
                        "cluster",
                        "--class",
                        "A",
                        "a.jar");
    }

    @Test
    void letsTheNodeWinOverTheDefaults() throws Exception {
        ClientSettings settings = settings(Map.of("a", "1", "spark.yarn.tags", "all"), ProxyUserStrategy.NONE);
        ClientCommand.Submitter submitter = new ClientCommand.Submitter("t", Optional.of("run"), Optional.of("alice"));
        ClientCommand command = command(
                "'mainJar': 'a.jar', 'mainClass': 'A', 'properties': [{'prop': 'a', 'value': '2'}]",
                settings,
                submitter);
        assertThat(command.arguments())
                .containsSequence("--queue", "run")
                .containsSequence("--conf", "a=2")
                .containsSequence("--conf", "spark.yarn.tags=all,t")
                .doesNotContain("a=1", "--proxy-user");
        assertThat(command.environment()).isEqualTo(Map.of("E", "1"));
    }

    @Test
    void actsForAProxyUserByTheChosenStrategy() throws Exception {
        ClientCommand.Submitter submitter = new ClientCommand.Submitter("t", Optional.empty(), Optional.of("alice"));
        String fields = "'mainJar': 'a.jar', 'mainClass': 'A'";
        ClientCommand sudo = command(fields, settings(Map.of(), ProxyUserStrategy.SUDO), submitter);
        ClientCommand hadoop = command(fields, settings(Map.of(), ProxyUserStrategy.HADOOP), submitter);
        assertThat(sudo.prefix()).containsExactly("sudo", "-n", "-u", "alice", "--");
        assertThat(sudo.arguments()).doesNotContain("--proxy-user");
        assertThat(hadoop.prefix()).isEmpty();
        assertThat(hadoop.arguments()).containsSequence("--proxy-user", "alice");
    }

    private static List<String> problems(String text) throws Exception {
        return SparkParameter.check(json(text), YARN, Optional.empty()).stream()
                .map(Problem::path)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'mainJar': '${jar}'}",
                "{'mainJar': 'a.jar', 'mainClass': '${c}', 'master': '${m}', 'deployMode': '${d}',"
                        + "'driverCores': '${n}', 'driverMemory': '${n}m', 'executorMemory': '1073741824'}",
                "{'mainJar': 'a.py', 'master': 'spark://h:1', 'deployMode': 'client'}",
                "{'mainJar': 'a.py', 'master': 'local'}",
                "{'mainJar': 'a.jar', 'mainClass': 'A', 'master': 'local[*]', 'deployMode': 'client'}",
            })
    void acceptsWhatIsRight(String text) throws Exception {
        assertThat(problems(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null|``",
                "{}|mainJar",
                "{'mainJar': 'a.jar'}|mainClass",
                "{'mainJar': 'a.py', 'mainClass': 'A'}|mainClass",
                "{'mainJar': 'a.py', 'master': 'mesos://h:1'}|master",
                "{'mainJar': 'a.py', 'master': 'spark://'}|master",
                "{'mainJar': 'a.py', 'master': 1}|master",
                "{'mainJar': 'a.py', 'deployMode': 'standalone'}|deployMode",
                "{'mainJar': 'a.jar', 'mainClass': 'A', 'master': 'local', 'deployMode': 'cluster'}|deployMode",
                "{'mainJar': 'a.py', 'master': 'spark://h:1', 'deployMode': 'cluster'}|deployMode",
                "{'mainJar': 'a.py', 'driverCores': 0}|driverCores",
                "{'mainJar': 'a.py', 'executorCores': 1.5}|executorCores",
                "{'mainJar': 'a.py', 'numExecutors': 'two'}|numExecutors",
                "{'mainJar': 'a.py', 'driverMemory': '1 g'}|driverMemory",
                "{'mainJar': 'a.py', 'executorMemory': 512}|executorMemory",
                "{'mainJar': 'a.py', 'libJars': ['a,b']}|libJars[0]",
                "{'mainJar': 'a.py', 'jars': []}|jars",
                "{'mainJar': 'a.py', 'properties': [{'value': 'a'}]}|properties[0].prop",
            })
    void saysWhereSomethingIsWrong(String text, String path) throws Exception {
        assertThat(problems(text)).containsExactly(path);
    }
}
