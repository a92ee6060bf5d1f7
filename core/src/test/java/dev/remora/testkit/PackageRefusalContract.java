package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LimitExceededException;
import dev.remora.error.RemoraException;
import dev.remora.error.ValidationException;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Limit;
import dev.remora.model.WorkflowZip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What packages are refused, and that they leave nothing. */
public abstract class PackageRefusalContract extends PackagePart {
    private static final String JSON = reading(packed("data"));

    /** Creates this part. */
    protected PackageRefusalContract() {}

    /** A sound package, to which something is added. */
    private static Zip sound() {
        return Zip.of(JSON).file("data", TEXT);
    }

    private void refused(byte[] zip, String... messages) throws IOException {
        refused(ValidationException.class, WorkflowZip.of(zip), messages);
    }

    private void refused(Class<? extends RemoraException> type, WorkflowZip zip, String... messages)
            throws IOException {
        DirectRunRequest request = DirectRunRequest.of(PROJECT, "flow", zip);
        List<ThrowingCallable> calls = List.of(
                () -> remora.workflows().saveZip(PROJECT, "flow", zip),
                () -> remora.executor().runDirect(request),
                () -> remora.executor().plan(request));
        for (ThrowingCallable call : calls) {
            assertThatExceptionOfType(type)
                    .isThrownBy(call)
                    .satisfies(e -> assertThat(e.getMessage()).contains(messages));
            assertNothingLeft();
        }
        assertThat(beside.workflows().version(PROJECT, "flow", 1)).isEmpty();
        assertThat(remora.query().list(ExecutionFilter.builder().build()).total())
                .isZero();
    }

    private void limited(Limit limit, long bound, byte[] zip, String message) throws IOException {
        restart(builder -> builder.limit(limit, bound));
        refused(LimitExceededException.class, WorkflowZip.of(zip), message, "limit " + limit + " is " + bound);
    }

    @Test
    void namesThatLeaveTheDirectory() throws IOException {
        for (String name : List.of("../a", "a/../../b", "a/..", "..", "../", "a/../b")) {
            refused(sound().file(name, "x").bytes(), "entry \"" + name + "\"", "'..'");
        }
    }

    @Test
    void absoluteNames() throws IOException {
        for (String name : List.of("/etc/passwd", "//a", "/", "C:a", "c:/a")) {
            refused(sound().file(name, "x").bytes(), "entry \"" + name + "\"", "must be relative");
        }
    }

    @Test
    void oddNames() throws IOException {
        refused(sound().file("a\\b", "x").bytes(), "must not have backslashes");
        refused(sound().file("..\\b", "x").bytes(), "must not have backslashes");
        refused(sound().file("a\0b", "x").bytes(), "must not have control characters");
        refused(sound().file("a\nb", "x").bytes(), "must not have control characters");
        refused(sound().file("", "x").bytes(), "must not be blank");
        refused(sound().file("a//b", "x").bytes(), "each part of it must be");
        refused(sound().file(".", "x").bytes(), "each part of it must be");
        refused(sound().file("x".repeat(256), "x").bytes(), "at most 255 bytes");
        refused(sound().file("x/".repeat(500) + "x", "x").bytes(), "at most 1000 characters");
        byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        refused(sound().file(latin, new byte[1]).bytes(), "is not in UTF-8");
    }

    @Test
    void everyOddNameIsReported() throws IOException {
        refused(
                sound().file("../a", "x")
                        .file("/b", "x")
                        .mode(Zip.LINK)
                        .file("c", "data")
                        .bytes(),
                "3 problems",
                "\"../a\"",
                "\"/b\"",
                "\"c\"");
    }

    @Test
    void whatIsNoFile() throws IOException {
        refused(sound().mode(Zip.LINK).file("link", "/etc/passwd").bytes(), "\"link\": is a symbolic link");
        refused(sound().mode(Zip.LINK).directory("link/").bytes(), "\"link/\": is a symbolic link");
        refused(sound().mode(Zip.PIPE).file("pipe", "").bytes(), "\"pipe\": is neither a file nor a directory");
        refused(
                Zip.create()
                        .mode(Zip.LINK)
                        .file("workflow.json", JSON)
                        .file("data", TEXT)
                        .bytes(),
                "\"workflow.json\": is a symbolic link");
    }

    @Test
    void whatCannotBeUnpacked() throws IOException {
        refused(sound().encrypted().file("secret", "x").bytes(), "\"secret\": is encrypted");
        refused(sound().method(12).file("bzip2", "x").bytes(), "\"bzip2\": is packed by method 12");
    }

    @Test
    void noDefinition() throws IOException {
        refused(Zip.create().bytes(), "has no workflow.json at its root");
        for (String name : List.of("Workflow.json", "WORKFLOW.JSON", "flow/workflow.json", "workflow.json.txt")) {
            refused(Zip.create().file(name, JSON).file("data", TEXT).bytes(), "has no workflow.json at its root");
        }
        refused(
                Zip.create().directory("workflow.json/").file("data", TEXT).bytes(),
                "has no workflow.json at its root");
    }

    @Test
    void twoDefinitions() throws IOException {
        refused(sound().file("workflow.json", JSON).bytes(), "\"workflow.json\": is there twice");
        refused(sound().file("./workflow.json", JSON).bytes(), "\"./workflow.json\": is there twice");
        refused(sound().file("././workflow.json", JSON).bytes(), "\"././workflow.json\": is there twice");
    }

    @Test
    void namesThatAreThereTwice() throws IOException {
        refused(sound().file("data", "x").bytes(), "\"data\": is there twice");
        refused(sound().file("./data", "x").bytes(), "\"./data\": is there twice");
    }

    @Test
    void filesThatAreDirectoriesToo() throws IOException {
        String message = "\"data\": is a file, and a directory to other entries";
        refused(sound().file("data/x", "x").bytes(), message);
        refused(Zip.of(JSON).file("data/x/y", "x").file("data", TEXT).bytes(), message);
        refused(sound().directory("data/").bytes(), message);
        refused(sound().directory("data/x/").bytes(), message);
    }

    @Test
    void badDefinitions() throws IOException {
        refused(Zip.of("{").file("data", TEXT).bytes(), "line 1");
        refused(Zip.of("{}").file("data", TEXT).bytes(), "workflow definition");
        refused(Zip.of("").file("data", TEXT).bytes(), "the text is empty");
        refused(Zip.of(JSON.replace("READ", "NONE")).file("data", TEXT).bytes(), "nodes[0].type: is NONE");
        byte[] latin = JSON.replace("data", "d\u00e4ta").getBytes(StandardCharsets.ISO_8859_1);
        refused(Zip.create().file("workflow.json", latin).file("data", TEXT).bytes(), "workflow.json: is not in UTF-8");
        refused(
                Zip.of(reading(packed("lib/none"))).file("data", TEXT).bytes(),
                "nodes[0].parameter.resources[0].res: is \"lib/none\", which the zip package does not have");
    }

    @Test
    void brokenArchives() throws IOException {
        byte[] zip = sound().bytes();
        refused(new byte[0], "is broken: it has no directory at its end");
        refused("no zip".getBytes(StandardCharsets.UTF_8), "is broken: it has no directory at its end");
        for (int length = 1; length < zip.length; length += 11) {
            refused(Arrays.copyOf(zip, length), "is broken: it has no directory at its end");
        }
        byte[] more = new byte[zip.length + 1];
        System.arraycopy(zip, 0, more, 1, zip.length);
        refused(more, "is broken: its directory is not where it says");
        refused(Arrays.copyOf(zip, zip.length + 1), "is broken: it has no directory at its end");
        refused(sound().bytes(1), "is broken: its directory has 2 entries and says it has 1");
        refused(sound().bytes(3), "is broken: its directory has 2 entries and says it has 3");
    }

    @Test
    void contentsThatAreNotWhatTheArchiveSays() throws IOException {
        String message = "is broken: entry x is not what its check sum says";
        refused(sound().wrongSum().file("x", "text").bytes(), message);
        refused(sound().claim(3).file("x", "text").bytes(), message);
        refused(sound().claim(Integer.MAX_VALUE).file("x", "text").bytes(), message);
        refused(sound().method(0).claim(5).file("x", "text").bytes(), message);
    }

    /** Whatever is changed in an archive, it is either refused with one of our errors or still sound. */
    @Test
    void damagedArchives() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] zip = sound().bytes();
        List<Integer> refusals = new ArrayList<>();
        for (int round = 0; round < 500; round++) {
            byte[] damaged = zip.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                remora.executor().plan(DirectRunRequest.of(PROJECT, "flow", WorkflowZip.of(damaged)));
            } catch (ValidationException | LimitExceededException refusal) {
                refusals.add(round);
            } catch (RuntimeException | Error other) {
                throw new AssertionError("seed " + seed + ", round " + round, other);
            }
        }
        assertThat(refusals).as("seed " + seed).hasSizeGreaterThan(100);
        assertNothingLeft();
    }

    @Test
    void unreadableSources() throws IOException {
        refused(
                ValidationException.class,
                WorkflowZip.of(Path.of("does", "not", "exist.zip")),
                "zip package",
                "cannot be read",
                "exist.zip");
        refused(
                ValidationException.class,
                () -> {
                    throw new IOException("torn off");
                },
                "torn off");
    }

    @Test
    void tooManyEntries() throws IOException {
        Zip zip = sound().directory("a/").directory("a/b/").file("c", "x");
        limited(Limit.PACKAGE_ENTRIES, 4, zip.bytes(), "the zip package has more entries");
        // why: what it says is not believed
        limited(Limit.PACKAGE_ENTRIES, 4, zip.bytes(1), "the zip package has more entries");
    }

    @Test
    void tooLarge() throws IOException {
        byte[] noise = new byte[3000];
        new Random(1).nextBytes(noise);
        limited(Limit.PACKAGE_SIZE, 2000, sound().file("noise", noise).bytes(), "the zip package is larger");
        byte[] zeros = new byte[100_000];
        limited(Limit.PACKAGE_SIZE, 50_000, sound().file("zeros", zeros).bytes(), "the zip package unpacks to more");
        byte[] lie = sound().claim(1).file("zeros", zeros).bytes();
        limited(Limit.PACKAGE_SIZE, 50_000, lie, "the zip package unpacks to more");
        limited(Limit.RESOURCE_SIZE, 99_999, sound().file("zeros", zeros).bytes(), "file zeros of the zip package");
        limited(Limit.RESOURCE_SIZE, 99_999, lie.clone(), "file zeros of the zip package");
        limited(Limit.DEFINITION_SIZE, JSON.length() - 1, sound().bytes(), "the definition is longer");
    }

    @Test
    void unpacksToTooManyTimesItsSize() throws IOException {
        byte[] zeros = new byte[4 << 20];
        limited(Limit.PACKAGE_RATIO, 100, sound().file("zeros", zeros).bytes(), "bytes unpacks to more");
        byte[] lie = sound().claim(1).file("zeros", zeros).bytes();
        limited(Limit.PACKAGE_RATIO, 100, lie, "bytes unpacks to more");
        Zip many = sound();
        for (int i = 0; i < 8; i++) {
            many.file("zeros" + i, Arrays.copyOf(zeros, 1 << 19));
        }
        limited(Limit.PACKAGE_RATIO, 100, many.bytes(), "bytes unpacks to more");
    }

    @Test
    void limitsAreInclusive() throws Exception {
        byte[] zip = sound().file("zeros", new byte[100_000]).bytes();
        long unpacked = JSON.length() + TEXT.length() + 100_000;
        restart(builder -> builder.limit(Limit.PACKAGE_ENTRIES, 3)
                .limit(Limit.PACKAGE_SIZE, unpacked)
                .limit(Limit.RESOURCE_SIZE, 100_000)
                .limit(Limit.PACKAGE_RATIO, 1)
                .limit(Limit.DEFINITION_SIZE, JSON.length()));

        long execId = remora.executor().runDirect(DirectRunRequest.of(PROJECT, "flow", WorkflowZip.of(zip)));

        assertThat(found(execId)).containsEntry("data", TEXT);
    }

    @Test
    void badNamesOfProjectAndWorkflow() throws IOException {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> remora.workflows().saveZip("1", "flow", sound().zip()),
                () -> remora.workflows().saveZip(PROJECT, "../flow", sound().zip()),
                () -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, "a b", sound().zip())))) {
            assertThatExceptionOfType(ValidationException.class).isThrownBy(call);
        }
        assertNothingLeft();
    }

    @Test
    void typesThatRunForEver() throws IOException {
        String endless = JSON.replace("READ", "ENDLESS");
        Zip zip = Zip.of(endless).file("data", TEXT);
        DirectRunRequest request = DirectRunRequest.of(PROJECT, "flow", zip.zip());
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> remora.executor().runDirect(request),
                () -> remora.executor().plan(request))) {
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(call)
                    .withMessageContaining("nodes[0].type: is ENDLESS, which runs for ever");
            assertNothingLeft();
        }

        assertThat(remora.workflows().saveZip(PROJECT, "flow", zip.zip()).version())
                .isEqualTo(1);
    }
}
