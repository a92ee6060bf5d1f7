package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Limit;
import dev.remora.model.WorkflowJson;
import dev.remora.spi.RetentionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says holds. */
class ReadmeTest {
    private static final Path ROOT = RootDirectory.of(Path.of(""));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\R(.*?)^```$");
    private static final Pattern RUN = Pattern.compile("mvn -q -P(\\S+)(?: -Dexec\\.args=\"(\\w+) (\\S+).*\")?");

    @Test
    void theJavaExamplesAreThoseThatAreCompiledAndRun() throws IOException {
        assertThat(blocks("java"))
                .containsExactly(
                        example("examples/src/main/java/dev/remora/examples/Embedding.java"),
                        example("examples/src/test/java/dev/remora/examples/Defining.java"),
                        example("examples/src/test/java/dev/remora/examples/RightsExampleTest.java"),
                        example("examples/src/test/java/dev/remora/examples/DurableTest.java"),
                        example("examples/src/main/java/dev/remora/examples/MicrometerMetrics.java"),
                        example("storage-memory/src/test/java/dev/remora/storage/memory/TestingExampleTest.java"));
    }

    @Test
    void theDefinitionInJsonIsTheOneInJava() throws IOException {
        assertThat(blocks("json"))
                .singleElement()
                .satisfies(json -> assertThat(WorkflowJson.parse(json)).isEqualTo(Defining.example()));
    }

    @Test
    void theTestCommandIsTheOneThatIsRun() throws IOException {
        List<String> script = read(".ci/run").lines().toList();
        String command = script.get(script.size() - 1);

        assertThat(command).isEqualTo("mvn -B verify");
        assertThat(blocks("sh")).contains(command + "\n");
    }

    @Test
    void theRunCommandsNameAProfileAndAFileThatExist() throws IOException {
        List<MatchResult> commands = blocks("sh").stream()
                .flatMap(block -> RUN.matcher(block).results())
                .toList();

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            assertThat(read("pom.xml")).contains("<id>" + command.group(1) + "</id>");
            assertThat(read("examples/pom.xml")).contains("<id>" + command.group(1) + "</id>");
        });
        assertThat(commands).anySatisfy(command -> {
            assertThat(command.group(2)).isEqualTo("run");
            assertThat(ROOT.resolve(command.group(3)).resolve("workflow.json")).isRegularFile();
        });
    }

    @Test
    void theRunCommandWithoutArgumentsRunsTheFileThatTheReadmeShows() throws IOException {
        assertThat(read("examples/pom.xml"))
                .contains("<exec.args>run examples/workflows/source-statistics</exec.args>");
        assertThat(ROOT.resolve("examples/workflows/source-statistics/workflow.json"))
                .isRegularFile();
        assertThat(blocks("sh")).contains("mvn -q -Prun\n");
    }

    @Test
    void everyLimitIsInTheTableWithItsDefault() throws IOException {
        String readme = read("README.md");

        assertThat(Limit.values())
                .allSatisfy(limit -> assertThat(readme)
                        .containsPattern("(?m)^\\| `" + limit + "` \\| .* \\| "
                                + String.format(Locale.ROOT, "%,d", limit.defaultBound()) + " " + limit.unit()
                                + " \\|$"));
    }

    @Test
    void theBoundsOfAPurgeAreThoseOfTheCode() throws IOException {
        assertThat(read("README.md").replaceAll("\\s+", " "))
                .contains(String.format(
                        Locale.ROOT,
                        "batches of at most %,d executions and about %,d rows",
                        RetentionStore.MOST_EXECUTIONS,
                        RetentionStore.MOST_ROWS));
    }

    private static String example(String path) throws IOException {
        return read(path)
                        .replaceFirst("(?s).*// begin of the example\\R", "")
                        .replaceFirst("(?s) *// end of the example.*", "")
                        .stripTrailing()
                        .stripIndent()
                + "\n";
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(read("README.md"))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }
}
