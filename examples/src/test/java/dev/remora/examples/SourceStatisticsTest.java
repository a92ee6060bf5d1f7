package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SourceStatisticsTest {
    private static final Path ROOT = RootDirectory.of(Path.of(""));

    @Test
    void theShippedWorkflowCountsThisRepository() {
        CommandLine run = CommandLine.run(
                "run", ROOT.resolve("examples/workflows/source-statistics").toString(), "--param", "top=3");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^to-do +SUCCESS +2 .* notes=\\d+$")
                .containsPattern("(?m)^lines-examples +SUCCESS +1 .* code=\\d{3,}")
                .containsPattern("(?m)^clean-up +SUCCESS +1 ")
                .containsPattern("--- result: report\nSources on \\d{4}-\\d\\d-\\d\\d: \\d{3,} files\n")
                .containsPattern("(?m)^notes of work that is left: \\d+$")
                .containsPattern("(?m)^examples +\\d+ +\\d{3,} +\\d+ +\\d+$")
                .containsPattern("(?m)^all +\\d+ +\\d{4,} +\\d+ +\\d+$");
    }
}
