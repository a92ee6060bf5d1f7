package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remora.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapReduceCommandTest {
    private static final ClientSettings PLAIN =
            new ClientSettings("hadoop", Map.of("HADOOP_CONF_DIR", "/conf"), Map.of(), ProxyUserStrategy.NONE);
    private static final ClientCommand.Submitter NOBODY =
            new ClientCommand.Submitter("remora-7", Optional.empty(), Optional.empty());

    private static ClientCommand command(String json, ClientSettings settings, ClientCommand.Submitter submitter)
            throws Exception {
        var parameter = new ObjectMapper().readTree(json.replace('\'', '"'));
        assertThat(MapReduceParameter.check(parameter)).isEmpty();
        return MapReduceCommand.of(MapReduceParameter.of(parameter), settings, submitter);
    }

    private static List<String> arguments(String fields) throws Exception {
        return command("{'mainJar': 'a.jar', 'mainClass': 'A'" + fields + "}", PLAIN, NOBODY)
                .arguments();
    }

    @Test
    void needsJarAndClassOnly() throws Exception {
        ClientCommand command = command("{'mainJar': 'a.jar', 'mainClass': 'A'}", PLAIN, NOBODY);
        assertThat(command.arguments()).containsExactly("hadoop", "jar", "a.jar", "A", "-Dmapreduce.job.tags=remora-7");
        assertThat(command.environment()).containsExactly(Map.entry("HADOOP_CONF_DIR", "/conf"));
        assertThat(command.prefix()).isEmpty();
    }

    @Test
    void putsEveryFieldWhereHadoopExpectsIt() throws Exception {
        assertThat(arguments(", 'args': ['in', 'out'], 'properties': [{'prop': 'a.b', 'value': 'c d'}],"
                        + "'libJars': ['l1.jar', 'l2.jar'], 'files': ['f1', 'f2#g'], 'archives': ['z1'], 'queue': 'q'"))
                .containsExactly(
                        "hadoop",
                        "jar",
                        "a.jar",
                        "A",
                        "-Da.b=c d",
                        "-Dmapreduce.job.queuename=q",
                        "-Dmapreduce.job.tags=remora-7",
                        "-libjars",
                        "l1.jar,l2.jar",
                        "-files",
                        "f1,f2#g",
                        "-archives",
                        "z1",
                        "in",
                        "out");
    }

    @Test
    void leavesArgumentsAsTheyAre() throws Exception {
        assertThat(arguments(", 'args': ['', 'a b', '\\\"', '$HOME;`x`', 'l1\\nl2', '计数', '-x', 'a,b']"))
                .endsWith("", "a b", "\"", "$HOME;`x`", "l1\nl2", "计数", "-x", "a,b");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', default",
        "'', '', run, run",
        "'', property, run, property",
        "node, property, run, node",
    })
    void takesTheQueueThatIsSaidNearest(String node, String property, String run, String expected) throws Exception {
        ClientSettings settings = new ClientSettings(
                "hadoop", Map.of(), Map.of("mapreduce.job.queuename", "default"), ProxyUserStrategy.NONE);
        String json = "{'mainJar': 'a.jar', 'mainClass': 'A'"
                + (node.isEmpty() ? "" : ", 'queue': '" + node + "'")
                + (property.isEmpty()
                        ? ""
                        : ", 'properties': [{'prop': 'mapreduce.job.queuename', 'value': '" + property + "'}]")
                + "}";
        ClientCommand.Submitter submitter =
                new ClientCommand.Submitter("t", Optional.of(run).filter(queue -> !queue.isEmpty()), Optional.empty());
        assertThat(command(json, settings, submitter).arguments())
                .filteredOn(argument -> argument.contains("queuename"))
                .containsExactly("-Dmapreduce.job.queuename=" + expected);
    }

    @Test
    void letsTheNodeWinOverTheDefaultsAndKeepsItsTags() throws Exception {
        ClientSettings settings =
                new ClientSettings("hadoop", Map.of(), Map.of("a", "1", "b", "2"), ProxyUserStrategy.NONE);
        assertThat(command(
                                "{'mainJar': 'a.jar', 'mainClass': 'A', 'properties': [{'prop': 'b', 'value': '3'},"
                                        + "{'prop': 'mapreduce.job.tags', 'value': 'mine'}]}",
                                settings,
                                NOBODY)
                        .arguments())
                .contains("-Da=1", "-Db=3", "-Dmapreduce.job.tags=mine,remora-7")
                .doesNotContain("-Db=2");
    }

    @Test
    void actsForAProxyUserByTheChosenStrategy() throws Exception {
        ClientCommand.Submitter submitter = new ClientCommand.Submitter("t", Optional.empty(), Optional.of("alice"));
        String json = "{'mainJar': 'a.jar', 'mainClass': 'A'}";
        ClientCommand none = command(json, withStrategy(ProxyUserStrategy.NONE), submitter);
        ClientCommand sudo = command(json, withStrategy(ProxyUserStrategy.SUDO), submitter);
        ClientCommand hadoop = command(json, withStrategy(ProxyUserStrategy.HADOOP), submitter);
        assertThat(none.prefix()).isEmpty();
        assertThat(none.environment()).isEmpty();
        assertThat(sudo.prefix()).containsExactly("sudo", "-n", "-u", "alice", "--");
        assertThat(sudo.environment()).isEmpty();
        assertThat(hadoop.prefix()).isEmpty();
        assertThat(hadoop.environment()).containsExactly(Map.entry("HADOOP_PROXY_USER", "alice"));
        assertThat(command(json, withStrategy(ProxyUserStrategy.SUDO), NOBODY).prefix())
                .isEmpty();
    }

    private static ClientSettings withStrategy(ProxyUserStrategy strategy) {
        return new ClientSettings("hadoop", Map.of(), Map.of(), strategy);
    }

    private static List<String> problems(String json) throws Exception {
        return MapReduceParameter.check(new ObjectMapper().readTree(json.replace('\'', '"'))).stream()
                .map(Problem::path)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'mainJar': '${jar}', 'mainClass': '$[yyyy]', 'args': '${args}', 'properties': '${p}', 'files': '${f}'}",
                "{'mainJar': 'a', 'mainClass': 'A', 'args': ['${a}', ''], 'files': ['${a,b}'], 'queue': '${q}',"
                        + "'properties': [{'prop': '${p}=', 'value': '${v}'}, {'prop': 'a', 'value': ''}],"
                        + "'resources': [{'res': 'lib/a.jar'}]}"
            })
    void acceptsWhatIsRight(String json) throws Exception {
        assertThat(problems(json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|``",
                "{'mainClass': 'A'}|mainJar",
                "{'mainJar': 'a'}|mainClass",
                "{'mainJar': '-a', 'mainClass': 'A'}|mainJar",
                "{'mainJar': 'a', 'mainClass': ' '}|mainClass",
                "{'mainJar': 'a', 'mainClass': 'A\\u0000'}|mainClass",
                "{'mainJar': 'a', 'mainClass': 'A', 'mainclass': 'A'}|mainclass",
                "{'mainJar': 'a', 'mainClass': 'A', 'args': 'x y'}|args",
                "{'mainJar': 'a', 'mainClass': 'A', 'args': ['x', 1]}|args[1]",
                "{'mainJar': 'a', 'mainClass': 'A', 'args': ['\\u0000']}|args[0]",
                "{'mainJar': 'a', 'mainClass': 'A', 'libJars': ['x', ' ']}|libJars[1]",
                "{'mainJar': 'a', 'mainClass': 'A', 'files': ['x,y']}|files[0]",
                "{'mainJar': 'a', 'mainClass': 'A', 'archives': {}}|archives",
                "{'mainJar': 'a', 'mainClass': 'A', 'queue': '-q'}|queue",
                "{'mainJar': 'a', 'mainClass': 'A', 'properties': {'a': 'b'}}|properties",
                "{'mainJar': 'a', 'mainClass': 'A', 'properties': [1]}|properties[0]",
                "{'mainJar': 'a', 'mainClass': 'A', 'properties': [{'prop': 'a=b', 'value': ''}]}|properties[0].prop",
                "{'mainJar': 'a', 'mainClass': 'A', 'properties': [{'prop': 'a'}]}|properties[0].value",
                "{'mainJar': 'a', 'mainClass': 'A', 'properties': [{'prop': 'a', 'value': 1}]}|properties[0].value",
                "{'mainJar': 'a', 'mainClass': 'A', 'properties': [{'prop': 'a', 'value': '1'},"
                        + "{'prop': 'a', 'value': '2'}]}|properties[1].prop",
                "{'mainJar': 'a', 'mainClass': 'A', 'resources': [{'res': '/a'}]}|resources[0].res",
            })
    void saysWhereSomethingIsWrong(String json, String path) throws Exception {
        assertThat(problems(json)).containsExactly(path);
    }
}
