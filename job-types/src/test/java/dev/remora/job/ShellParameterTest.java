package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellParameterTest {
    private static List<String> pathsOfProblems(String json) throws Exception {
        return ShellParameter.check(new ObjectMapper().readTree(json.replace('\'', '"'))).stream()
                .map(problem -> problem.path())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'script': 'echo'}",
                "{'script': '${script}', 'env': '${env}', 'resources': '$[yyyy]'}",
                "{'script': 'echo', 'env': {}, 'resources': []}",
                "{'script': 'echo', 'env': {'A_1': '', '_b': '${c}'}}",
                "{'script': 'echo', 'resources': [{'res': 'lib/a.jar'},"
                        + " {'scope': 'WORKFLOW', 'res': 'a..b', 'alias': 'x/y'},"
                        + " {'scope': '${scope}', 'res': '../${x}', 'alias': '/${y}'}]}"
            })
    void acceptsWhatIsRight(String json) throws Exception {
        assertThat(pathsOfProblems(json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|``",
                "null|``",
                "{}|script",
                "{'script': 1}|script",
                "{'script': null}|script",
                "{'script': ' '}|script",
                "{'script': 'a', 'scripts': 'b'}|scripts",
                "{'script': 'a', 'env': []}|env",
                "{'script': 'a', 'env': {'A': 1}}|env.A",
                "{'script': 'a', 'env': {'A': '\\u0000'}}|env.A",
                "{'script': 'a', 'env': {'A=B': 'c'}}|env.A=B",
                "{'script': 'a', 'env': {'': 'c'}}|env.",
                "{'script': 'a', 'env': {'1a': 'c'}}|env.1a",
                "{'script': 'a', 'env': {'REMORA_NODE': 'c'}}|env.REMORA_NODE",
                "{'script': 'a', 'resources': {}}|resources",
                "{'script': 'a', 'resources': ['x']}|resources[0]",
                "{'script': 'a', 'resources': [{'res': 'a'}, {}]}|resources[1].res",
                "{'script': 'a', 'resources': [{'res': 'a', 'scope': 'USER'}]}|resources[0].scope",
                "{'script': 'a', 'resources': [{'res': 'a', 'alias': 1}]}|resources[0].alias",
                "{'script': 'a', 'resources': [{'res': 'a', 'alias': 'b/../../c'}]}|resources[0].alias",
                "{'script': 'a', 'resources': [{'res': '/etc/passwd'}]}|resources[0].res",
                "{'script': 'a', 'resources': [{'res': 'a', 'name': 'b'}]}|resources[0].name"
            })
    void saysWhereSomethingIsWrong(String json, String path) throws Exception {
        assertThat(pathsOfProblems(json)).containsExactly(path);
    }

    @Test
    void reportsEverythingAtOnce() throws Exception {
        assertThat(pathsOfProblems("{'x': 1, 'script': 2, 'env': {'A': 3, 'B': []}, 'resources': [{'res': 4}, 5]}"))
                .containsExactly("x", "script", "resources[0].res", "resources[1]", "env.A", "env.B");
    }
}
