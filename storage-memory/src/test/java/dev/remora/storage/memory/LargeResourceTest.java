package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Limit;
import dev.remora.model.RunRequest;
import dev.remora.model.WorkflowJson;
import dev.remora.model.WorkflowZip;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 100 MB goes through a process with a heap of 48 MB: as a resource, and in a package. */
class LargeResourceTest {
    private static final int SIZE = 100 << 20;
    private static final int SOUND = 42;

    @TempDir
    private Path directory;

    @Test
    void needsLittleHeap() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(SOUND);
    }

    /** Noise that cannot be packed, the same each time. */
    private static final class Noise extends InputStream {
        private final Random random = new Random(1);
        private int left = SIZE;

        @Override
        public int read() {
            return left-- > 0 ? random.nextInt(256) : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            byte[] some = new byte[Math.min(left, length & ~3)];
            random.nextBytes(some);
            System.arraycopy(some, 0, to, offset, some.length);
            left -= some.length;
            return some.length;
        }
    }

    /** Saves and runs, and compares what arrives. */
    static final class Child {
        private static final String JSON = """
                {"nodes": [{"name": "a", "type": "HASH", "parameter": {"resources": [{"scope": "%s", "res": "big"}]}}]}
                """;

        private Child() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            String expected = hash(new Noise());
            try (Remora remora = Remora.builder()
                    .storage(MemoryStorage.builder()
                            .spillDirectory(Files.createDirectory(directory.resolve("spill")))
                            .build())
                    .workDirectory(directory.resolve("work"))
                    .java("HASH", Child::hashOfFile)
                    .limit(Limit.PACKAGE_RATIO, 2)
                    .start()) {
                String saved = remora.resources()
                        .put("demo", "big", new Noise())
                        .content()
                        .sha256();
                remora.workflows().save("demo", "flow", WorkflowJson.parse(JSON.formatted("PROJECT")));
                String ofProject = run(remora, remora.executor().run(RunRequest.of("demo", "flow")));
                String ofPackage = run(
                        remora,
                        remora.executor()
                                .runDirect(DirectRunRequest.of("demo", "loose", WorkflowZip.of(zip(directory)))));
                boolean same = expected.equals(saved) && expected.equals(ofProject) && expected.equals(ofPackage);
                System.exit(same ? SOUND : 1);
            }
        }

        private static Map<String, String> hashOfFile(JobContext context) throws IOException {
            return Map.of(
                    "hash", hash(Files.newInputStream(context.workDirectory().resolve("big"))));
        }

        private static String run(Remora remora, long execId) throws InterruptedException {
            remora.query().await(execId, Duration.ofMinutes(2)).orElseThrow();
            return remora.query()
                    .find(execId)
                    .orElseThrow()
                    .nodes()
                    .get(0)
                    .outputs()
                    .getOrDefault("hash", "none");
        }

        private static Path zip(Path directory) throws IOException {
            Path file = directory.resolve("flow.zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.setLevel(Deflater.BEST_SPEED);
                zip.putNextEntry(new ZipEntry("workflow.json"));
                zip.write(JSON.formatted("WORKFLOW").getBytes(StandardCharsets.UTF_8));
                zip.putNextEntry(new ZipEntry("big"));
                new Noise().transferTo(zip);
            }
            return file;
        }

        private static String hash(InputStream bytes) throws IOException {
            try (DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
                in.transferTo(OutputStream.nullOutputStream());
                return HexFormat.of().formatHex(in.getMessageDigest().digest());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
