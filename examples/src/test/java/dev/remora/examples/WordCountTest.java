package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Words counted by a real Hadoop and a real Spark, between nodes of the shell that prepare and check. */
class WordCountTest {
    private static final Path ROOT = RootDirectory.of(Path.of(""));

    @Test
    void mapReduceSparkAndTheShellAgree() {
        CommandLine run = CommandLine.run(
                "run", ROOT.resolve("examples/workflows/word-count").toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^mapreduce +SUCCESS +1 ")
                .containsPattern("(?m)^spark +SUCCESS +1 .* distinct=\\d{4,}")
                .containsPattern("(?m)^check +SUCCESS +1 .* distinct=\\d{4,} words=\\d{6,}")
                .containsPattern("--- result: report\n\\d{6,} words, \\d{4,} different ones; MapReduce, Spark and")
                .containsPattern("(?m)^the\t\\d{4,}$");
    }
}
