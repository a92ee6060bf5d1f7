package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String SMALL = """
            {"nodes": [
              {"name": "a", "type": "SHELL", "parameter": {"script": "echo size=3 > $REMORA_OUTPUT; echo hidden"}},
              {"name": "b", "type": "SHELL", "dep": ["a"],
               "parameter": {"script": "echo greeting is $GREETING", "env": {"GREETING": "${greeting}"}}},
              {"name": "sweep", "type": "SHELL", "dep": ["b"], "trigger": "ALL_DONE",
               "parameter": {"script": "echo swept"}}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void helpIsPrintedOnRequest() {
        CommandLine help = CommandLine.run("help");

        assertThat(help).isEqualTo(new CommandLine(0, Arguments.USAGE, ""));
    }

    @Test
    void badUsageIsExitCode2() {
        CommandLine wrong = CommandLine.run("walk");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("there is no command walk").contains("usage:");
    }

    @Test
    void aMissingFileIsExitCode2() {
        CommandLine missing =
                CommandLine.run("run", directory.resolve("none.json").toString());

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none.json: there is no such file");
    }

    @Test
    void everyProblemOfADefinitionIsPrintedWithItsPath() throws IOException {
        String file = file("wrong.json", """
                {"nodes": [{"name": "a", "type": "VIRTUAL", "dep": ["x"]},
                           {"name": "a", "type": "VIRTUAL", "dep": ["y"]}]}
                """);

        CommandLine wrong = CommandLine.run("run", file);

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("wrong.json: 3 problems", "nodes[0].dep[0]: ", "nodes[1].dep[0]: ", "nodes[1].name: ");
    }

    @Test
    void whatOnlyTheEngineKnowsIsAProblemOfTheDefinitionToo() throws IOException {
        String file = file("unknown.json", """
                {"nodes": [{"name": "a", "type": "NONE"}]}
                """);

        for (String command : new String[] {"run", "plan"}) {
            CommandLine wrong = CommandLine.run(command, file);

            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.err()).contains("unknown.json: 1 problem\n", "nodes[0].type: ");
        }
    }

    @Test
    void parametersOfOurJobTypesAreChecked() throws IOException {
        String file = file("unknown.json", """
                {"nodes": [{"name": "a", "type": "SOURCE_LINES", "parameter": {"directory": 3, "to": "x"}}]}
                """);

        CommandLine wrong = CommandLine.run("run", file);

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("nodes[0].parameter.directory: ", "nodes[0].parameter.into: ", "nodes[0].parameter.to: ");
    }

    @Test
    void aPlanRunsNothing() throws IOException {
        CommandLine plan = CommandLine.run("plan", file("small.json", SMALL));

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out())
                .contains("plan of small: 3 nodes")
                .containsPattern("(?m)^0 +a +SHELL +-$")
                .containsPattern("(?m)^1 +b +SHELL +a$")
                .containsPattern("(?m)^2 +sweep +SHELL +b$")
                .containsPattern("(?m)^sweep +\\{\"script\":\"echo swept\"}$");
    }

    @Test
    void aGoodRunShowsItsNodesAndTheResultOfTheLastOne() throws IOException {
        CommandLine run = CommandLine.run("run", file("small.json", SMALL), "--param", "greeting=hello there");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^ *\\d+\\.\\d s  a      RUNNING      attempt 1$")
                .containsPattern("(?m)^ *\\d+\\.\\d s  sweep  SUCCESS      attempt 1$")
                .containsPattern("(?m)^a +SUCCESS +1 +\\d+\\.\\d s +- +size=3$")
                .contains("--- result: b\ngreeting is hello there\n")
                .contains("execution 1 of small: SUCCESS")
                .doesNotContain("hidden", "swept", "\u001b");
    }

    @Test
    void aFailedRunShowsTheEndOfTheLogOfWhatFailed() throws IOException {
        String file = file("failing.json", """
                {"nodes": [
                  {"name": "bad", "type": "SHELL", "retry": {"maxAttempts": 2, "backoff": "PT0.01S"},
                   "parameter": {"script": "seq 1 15; exit 7"}},
                  {"name": "after", "type": "VIRTUAL", "dep": ["bad"]}]}
                """);

        CommandLine run = CommandLine.run("run", file);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("(?m)^ *\\d+\\.\\d s  bad    WAITING_RES  attempt 1")
                .containsPattern("(?m)^bad +FAILED +2 +\\d+\\.\\d s +EXIT_CODE")
                .containsPattern("(?m)^after +DEP_FAILED +- +-")
                .contains("--- last lines of bad (of 30)\nattempt 1  11\n")
                .contains("attempt 2  15\n")
                .contains("execution 1 of failing: FAILED");
        Path left = Path.of(run.out().replaceFirst("(?s).*what its nodes left is in (\\S+).*", "$1"));
        assertThat(left).isDirectory();
        TemporaryFiles.delete(left);
    }

    @Test
    void aTerminalIsRedrawnInPlace() throws IOException {
        CommandLine run = CommandLine.run(new Terminal(true, 24), "run", file("small.json", SMALL));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\u001b[3A", "\u001b[32mSUCCESS");
    }

    @Test
    void aRunThatDoesNotFitTheTerminalIsNotRedrawn() throws IOException {
        CommandLine run = CommandLine.run(new Terminal(true, 3), "run", file("small.json", SMALL));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("\u001b");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
