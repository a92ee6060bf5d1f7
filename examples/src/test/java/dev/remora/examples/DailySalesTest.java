package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped package: parameters, a time expression, outputs and files. */
class DailySalesTest {
    private static final Path PACKAGE = RootDirectory.of(Path.of(""))
            .resolve("examples")
            .resolve("workflows")
            .resolve("daily-sales");

    @TempDir
    private Path directory;

    @Test
    void aDirectoryRunsWithItsFiles() {
        LocalDate before = LocalDate.now();
        CommandLine run = CommandLine.run("run", PACKAGE.toString(), "--param", "currency=CHF");

        assertRan(run, "daily_sales", "CHF");
        assertThat(run.out())
                .containsAnyOf(
                        "Sales of " + before.minusDays(1),
                        "Sales of " + LocalDate.now().minusDays(1));
    }

    @Test
    void anArchiveRunsWithItsFiles() throws IOException {
        Path archive = directory.resolve("sales.zip");
        try (OutputStream out = Files.newOutputStream(archive)) {
            WorkflowPackage.pack(PACKAGE).open().transferTo(out);
        }

        assertRan(CommandLine.run("run", archive.toString()), "sales", "EUR");
    }

    private static void assertRan(CommandLine run, String name, String currency) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^total +SUCCESS +1 .* total=500$")
                .contains("\nLeipzig\t150\nLyon\t135\nPorto\t215\nall 500 " + currency + "\n")
                .contains("execution 1 of " + name + ": SUCCESS");
    }

    @Test
    void aPlanNeedsThePackageToo() {
        CommandLine plan = CommandLine.run("plan", PACKAGE.toString());

        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("plan of daily_sales: 2 nodes");
    }

    @Test
    void whatIsNoPackageIsExitCode2() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.zip"), "no zip");
        for (Path wrong : new Path[] {broken, directory.resolve("none.zip"), directory}) {
            CommandLine run = CommandLine.run("run", wrong.toString());

            assertThat(run.exitCode()).as(wrong.toString()).isEqualTo(2);
            assertThat(run.err()).contains(directory.toString());
        }
    }
}
