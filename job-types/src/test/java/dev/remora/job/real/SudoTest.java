package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.job.MapReduceJobType;
import dev.remora.job.ProxyUserStrategy;
import dev.remora.job.ShellJobType;
import dev.remora.model.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients and scripts that a real sudo runs as another user. Where it cannot do that without a password, this is left out, and said to be. */
class SudoTest {
    private static final String OTHER = "nobody";

    private final String mine = "mine-" + UUID.randomUUID();
    private Path directory;
    private ClusterRuns runs;

    @BeforeAll
    static void findSudo() throws Exception {
        if (!works("sudo", "-n", "-u", OTHER, "--", "true")) {
            leaveOut(
                    "clients that run as another user (SudoTest), as there is no sudo on the path that runs programs as "
                            + OTHER + " without a password");
        }
    }

    private static void leaveOut(String what) {
        System.out.println("LEFT OUT: " + what);
        Assumptions.abort("LEFT OUT: " + what);
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @BeforeEach
    void open() throws Exception {
        // why: not one of JUnit's, which nobody else may enter
        directory = Files.createTempDirectory("remora-sudo-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = Files.writeString(directory.resolve("hadoop"), """
                #!/bin/sh
                echo "as $(id -un) in $PWD for $REMORA_NODE with $SETTING"
                shift 3
                for argument; do
                  case $argument in
                    -D*) ;;
                    *) printf '<%s>\n' "$argument" ;;
                  esac
                done
                echo "who=$(id -un)" >"$REMORA_OUTPUT"
                for argument; do
                  if [ "$argument" = wait ]; then
                    sleep 300
                  fi
                done
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        runs = new ClusterRuns(
                directory,
                () -> MapReduceJobType.builder()
                        .executable(program.toString())
                        .environment("SETTING", "a b")
                        .proxyUsers(ProxyUserStrategy.SUDO)
                        .build());
    }

    @AfterEach
    void close() throws IOException {
        if (runs == null) {
            return;
        }
        runs.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private long submit(String... args) {
        var list = JsonNodeFactory.instance.arrayNode();
        List.of(args).forEach(list::add);
        return runs.submit(
                MapReduceJobType.NAME,
                node -> node.parameter("mainJar", "a.jar")
                        .parameter("mainClass", "A")
                        .parameter("args", list),
                request -> request.proxyUser(OTHER));
    }

    @Test
    void theClientRunsAsTheOtherWithItsArgumentsItsVariablesAndItsOutputs() throws Exception {
        long execId = submit("a b", "$HOME `id`", ";'\"", "计数");

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(runs.log(execId).get(0)).matches("as " + OTHER + " in .*/work/.* for node with a b");
        assertThat(runs.log(execId)).contains("<a b>", "<$HOME `id`>", "<;'\">", "<计数>");
        assertThat(runs.node(execId).outputs()).containsEntry("who", OTHER);
    }

    @Test
    void aScriptRunsAsTheOtherAndNobodyElseCanReadIt() throws Exception {
        runs.close();
        runs = new ClusterRuns(directory, () -> new ShellJobType(ProxyUserStrategy.SUDO));
        String script = "#!/bin/sh\nid -un\necho who=$(id -un) >$REMORA_OUTPUT\nls ${0%/*} 2>&1\n";

        long execId = runs.submit(
                ShellJobType.NAME, node -> node.parameter("script", script), request -> request.proxyUser(OTHER));

        runs.end(execId);
        assertThat(runs.log(execId).get(0)).isEqualTo(OTHER);
        assertThat(runs.log(execId).get(1)).contains("ermission denied");
        assertThat(runs.node(execId).message()).isEqualTo("exit code 2");
        long good = runs.submit(
                ShellJobType.NAME,
                node -> node.parameter("script", "echo who=$(id -un) >$REMORA_OUTPUT"),
                request -> request.proxyUser(OTHER));
        assertThat(runs.end(good).status()).as("%s", runs.log(good)).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(good).outputs()).containsEntry("who", OTHER);
    }

    @Test
    void aKillEndsWhatRunsAsTheOther() throws Exception {
        if (ProcessHandle.current().info().user().filter("root"::equals).isEmpty()) {
            leaveOut("ends of clients that run as another user (SudoTest), as only root can end them");
        }
        long execId = submit(mine, "wait");
        runs.awaitLine(execId, "<wait>");
        await().atMost(ClusterRuns.PATIENCE)
                .until(() -> !SparkRuns.processes(mine).isEmpty());

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(runs.node(execId).cause().orElseThrow().name()).isEqualTo("USER_KILL");
        assertThat(SparkRuns.processes(mine)).isEmpty();
    }
}
