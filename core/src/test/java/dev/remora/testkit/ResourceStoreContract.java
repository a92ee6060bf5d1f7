package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.hash.Hashing;
import dev.remora.error.AlreadyExistsException;
import dev.remora.error.ContentMissingException;
import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.model.ProjectResource;
import dev.remora.model.SavedWorkflow;
import dev.remora.spi.ResourceStore;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contents of files, and what refers to them. */
public abstract class ResourceStoreContract extends StoragePart {
    private static final String PROJECT = "p";
    private static final Instant LATER = Samples.NOW.plusSeconds(1);

    /** Creates this part. */
    protected ResourceStoreContract() {}

    /** Bytes, and the content that they are. */
    private record Sample(byte[] bytes, Content content) {
        static Sample of(String text) {
            return of(text.getBytes(StandardCharsets.UTF_8));
        }

        static Sample of(byte[] bytes) {
            return new Sample(
                    bytes, new Content(Hashing.sha256().hashBytes(bytes).toString(), bytes.length));
        }

        static Sample random(int size) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            return of(bytes);
        }

        int chunks() {
            return (bytes.length + ResourceStore.CHUNK_SIZE - 1) / ResourceStore.CHUNK_SIZE;
        }

        byte[] chunk(int number) {
            int start = number * ResourceStore.CHUNK_SIZE;
            return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + ResourceStore.CHUNK_SIZE));
        }

        void storeTo(Storage storage) {
            for (int i = 0; i < chunks(); i++) {
                storage.resources().append(content, i, chunk(i));
            }
        }
    }

    private void assertStored(Sample sample) {
        assertThat(second.resources().missing(List.of(sample.content()))).isEmpty();
        for (int i = 0; i < sample.chunks(); i++) {
            assertThat(second.resources().read(sample.content(), i).orElseThrow())
                    .isEqualTo(sample.chunk(i));
        }
        assertThat(second.resources().read(sample.content(), sample.chunks())).isEmpty();
    }

    private void assertGone(Sample sample) {
        assertThat(second.resources().missing(List.of(sample.content()))).containsExactly(sample.content());
        assertThat(second.resources().read(sample.content(), 0)).isEmpty();
    }

    private ProjectResource put(String path, Sample sample) {
        sample.storeTo(first);
        return first.resources().put(PROJECT, path, sample.content(), "anna", Samples.NOW);
    }

    private static SavedWorkflow unsaved(String name, Map<String, Content> files) {
        return new SavedWorkflow(PROJECT, name, 1, Samples.workflow("x"), files, "anna", Samples.NOW, true);
    }

    private long createUnsaved(String name, Map<String, Content> files) {
        return first.executions()
                .createUnsaved(one, Samples.submission(PROJECT, name), unsaved(name, files))
                .execId();
    }

    @Test
    void keepsContentsOfEverySize() {
        List<Sample> samples = new ArrayList<>();
        for (int size : new int[] {1, 1000, 65_536, 65_537}) {
            samples.add(Sample.random(size));
        }
        for (int beyond : new int[] {-1, 0, 1}) {
            samples.add(Sample.random(2 * ResourceStore.CHUNK_SIZE + beyond));
        }
        samples.forEach(sample -> sample.storeTo(first));

        samples.forEach(this::assertStored);
    }

    @Test
    void anEmptyContentIsAlwaysThere() {
        Sample empty = Sample.of("");

        assertThat(first.resources().missing(List.of(empty.content()))).isEmpty();
        ProjectResource saved = put("empty", empty);

        assertThat(second.resources().find(PROJECT, "empty")).contains(saved);
        assertThat(second.resources().read(empty.content(), 0)).isEmpty();
        assertThat(second.resources().delete(PROJECT, "empty")).isTrue();
    }

    @Test
    void takesChunksInAnyOrderAndTwice() {
        Sample sample = Sample.random(3 * ResourceStore.CHUNK_SIZE + 5);
        for (int chunk : new int[] {3, 1, 1, 0}) {
            first.resources().append(sample.content(), chunk, sample.chunk(chunk));
        }
        assertThat(second.resources().missing(List.of(sample.content()))).containsExactly(sample.content());
        assertThat(second.resources().read(sample.content(), 2)).isEmpty();

        second.resources().append(sample.content(), 2, sample.chunk(2));
        sample.storeTo(first);

        assertStored(sample);
    }

    @Test
    void refusesWhatIsNoChunk() {
        Sample sample = Sample.of("text");
        for (int chunk : new int[] {-1, 1}) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> first.resources().append(sample.content(), chunk, sample.bytes()))
                    .satisfies(e -> assertThat(e.isTransient()).isFalse());
        }
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> first.resources().append(sample.content(), 0, new byte[] {1}));

        assertGone(sample);
    }

    @Test
    void tellsWhatIsMissing() {
        Sample there = Sample.of("there");
        Sample half = Sample.random(ResourceStore.CHUNK_SIZE + 1);
        Sample never = Sample.of("never");
        there.storeTo(first);
        first.resources().append(half.content(), 0, half.chunk(0));

        assertThat(second.resources().missing(List.of(there.content(), half.content(), never.content())))
                .isEqualTo(Set.of(half.content(), never.content()));
        assertThat(second.resources().missing(List.of())).isEmpty();
    }

    @Test
    void discardsWhatNothingRefersTo() {
        Sample used = Sample.of("used");
        Sample unused = Sample.of("unused");
        Sample half = Sample.random(ResourceStore.CHUNK_SIZE + 1);
        put("a", used);
        unused.storeTo(first);
        first.resources().append(half.content(), 0, half.chunk(0));

        second.resources()
                .discard(List.of(
                        used.content(),
                        unused.content(),
                        half.content(),
                        Sample.of("never").content()));

        assertStored(used);
        assertGone(unused);
        assertGone(half);
        unused.storeTo(second);
        assertStored(unused);
    }

    @Test
    void savesAndFindsResources() {
        Sample sample = Sample.of("a");

        ProjectResource saved = put("lib/a.jar", sample);

        assertThat(saved).isEqualTo(new ProjectResource(PROJECT, "lib/a.jar", sample.content(), "anna", Samples.NOW));
        assertThat(second.resources().find(PROJECT, "lib/a.jar")).contains(saved);
        assertThat(second.resources().find(PROJECT, "lib/A.jar")).isEmpty();
        assertThat(second.resources().find("P", "lib/a.jar")).isEmpty();
        assertThat(second.resources().find(PROJECT, "lib/a.jar ")).isEmpty();
    }

    @Test
    void refusesAResourceWithoutContent() {
        Sample before = Sample.of("before");
        put("a", before);
        Content never = Sample.of("never").content();

        for (String path : List.of("a", "b")) {
            assertThatExceptionOfType(ContentMissingException.class)
                    .isThrownBy(() -> second.resources().put(PROJECT, path, never, "bert", LATER))
                    .satisfies(e -> {
                        assertThat(e.content()).isEqualTo(never);
                        assertThat(e.isTransient()).isTrue();
                    });
        }

        assertThat(first.resources().find(PROJECT, "a").orElseThrow().content()).isEqualTo(before.content());
        assertThat(first.resources().find(PROJECT, "b")).isEmpty();
        assertStored(before);
    }

    @Test
    void aReplacedContentGoes() {
        Sample before = Sample.of("before");
        Sample after = Sample.of("after");
        put("a", before);
        after.storeTo(second);

        ProjectResource saved = second.resources().put(PROJECT, "a", after.content(), "bert", LATER);

        assertThat(first.resources().find(PROJECT, "a")).contains(saved);
        assertThat(saved.savedBy()).isEqualTo("bert");
        assertGone(before);
        assertStored(after);
    }

    @Test
    void aContentThatIsSavedAgainStays() {
        Sample sample = Sample.of("same");
        put("a", sample);

        second.resources().put(PROJECT, "a", sample.content(), "bert", LATER);

        assertStored(sample);
        assertThat(second.resources().delete(PROJECT, "a")).isTrue();
        assertGone(sample);
    }

    @Test
    void aContentStaysForItsLastReference() {
        Sample sample = Sample.of("shared");
        put("a", sample);
        put("b", sample);
        first.resources().put("other", "a", sample.content(), "anna", Samples.NOW);

        assertThat(first.resources().delete(PROJECT, "a")).isTrue();
        assertThat(first.resources().delete(PROJECT, "a")).isFalse();
        assertThat(first.resources().delete(PROJECT, "b")).isTrue();
        assertStored(sample);
        assertThat(first.resources().delete("other", "a")).isTrue();
        assertGone(sample);
    }

    @Test
    void listsByPath() {
        Sample sample = Sample.of("x");
        List<String> paths = List.of("A", "Z", "a", "a/b", "a0", "ab", "\u00e9", "\ud83d\ude00", "\uff5e");
        for (int i = paths.size() - 1; i >= 0; i--) {
            put(paths.get(i), sample);
        }
        first.resources().put("other", "b", sample.content(), "anna", Samples.NOW);

        assertThat(second.resources().list(PROJECT, 0, 1000))
                .extracting(ProjectResource::path)
                .containsExactlyElementsOf(paths);
        assertThat(second.resources().list(PROJECT, 2, 3))
                .extracting(ProjectResource::path)
                .containsExactlyElementsOf(paths.subList(2, 5));
        assertThat(second.resources().list(PROJECT, paths.size(), 3)).isEmpty();
        assertThat(second.resources().list("none", 0, 3)).isEmpty();
    }

    @Test
    void versionsKeepTheirFiles() {
        Sample one = Sample.of("one");
        Sample two = Sample.of("two");
        one.storeTo(first);
        two.storeTo(first);
        Map<String, Content> files = Map.of(
                "a", one.content(), "b/c", one.content(), "empty", Sample.of("").content());

        SavedWorkflow saved =
                first.workflows().save(PROJECT, "flow", Samples.workflow("1"), files, "anna", Samples.NOW);
        SavedWorkflow next = first.workflows()
                .save(PROJECT, "flow", Samples.workflow("1"), Map.of("a", two.content()), "anna", Samples.NOW);
        SavedWorkflow last = first.workflows().save(PROJECT, "flow", Samples.workflow("1"), "anna", Samples.NOW);

        assertThat(saved.files()).isEqualTo(files);
        assertThat(second.workflows().version(PROJECT, "flow", 1)).contains(saved);
        assertThat(second.workflows().version(PROJECT, "flow", 2)).contains(next);
        assertThat(second.workflows().latest(PROJECT, "flow")).contains(last);
        assertThat(last.files()).isEmpty();
        assertStored(one);
        assertStored(two);
    }

    @Test
    void refusesAVersionWithoutContent() {
        Sample stored = Sample.of("stored");
        stored.storeTo(first);
        Content never = Sample.of("never").content();
        Map<String, Content> files = Map.of("a", stored.content(), "b", never);

        assertThatExceptionOfType(ContentMissingException.class)
                .isThrownBy(() ->
                        first.workflows().save(PROJECT, "flow", Samples.workflow("1"), files, "anna", Samples.NOW))
                .satisfies(e -> assertThat(e.content()).isEqualTo(never));
        assertThatExceptionOfType(ContentMissingException.class).isThrownBy(() -> createUnsaved("loose", files));

        assertThat(second.workflows().latest(PROJECT, "flow")).isEmpty();
        assertThat(second.workflows().version(PROJECT, "loose", 1)).isEmpty();
        assertThat(listed()).isEmpty();
        second.resources().discard(List.of(stored.content()));
        assertGone(stored);
        assertThat(first.workflows()
                        .save(PROJECT, "flow", Samples.workflow("1"), "anna", Samples.NOW)
                        .version())
                .isEqualTo(1);
    }

    @Test
    void aRefusedNameRefersToNothing() {
        Sample sample = Sample.of("x");
        sample.storeTo(first);
        first.workflows().save(PROJECT, "flow", Samples.workflow("1"), "anna", Samples.NOW);
        createUnsaved("loose", Map.of());
        Map<String, Content> files = Map.of("a", sample.content());

        assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> createUnsaved("flow", files));
        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(() ->
                        first.workflows().save(PROJECT, "loose", Samples.workflow("1"), files, "anna", Samples.NOW));

        second.resources().discard(List.of(sample.content()));
        assertGone(sample);
    }

    @Test
    void theFilesOfAnUnsavedWorkflowGoWithItsLastExecution() {
        Sample sample = Sample.of("x");
        sample.storeTo(first);
        long execId = createUnsaved("loose", Map.of("a", sample.content()));
        long again = first.executions()
                .create(one, Samples.submission(PROJECT, "loose"))
                .execId();
        assertThat(second.workflows().version(PROJECT, "loose", 1).orElseThrow().files())
                .containsExactly(Map.entry("a", sample.content()));
        end(one, execId);
        end(one, again);

        Samples.purge(first, List.of(execId));
        assertStored(sample);
        Samples.purge(first, List.of(again));
        assertGone(sample);
    }

    @Test
    void theFilesOfADeletedWorkflowGoWithItsLastExecution() {
        Sample sample = Sample.of("x");
        sample.storeTo(first);
        Submission submission = Samples.submission(PROJECT, "flow");
        first.workflows()
                .save(
                        PROJECT,
                        "flow",
                        Samples.workflow("1"),
                        Map.of("a", sample.content(), "b", sample.content()),
                        "anna",
                        Samples.NOW);
        long execId = first.executions().create(one, submission).execId();
        end(one, execId);
        first.workflows().delete(PROJECT, "flow");
        assertStored(sample);

        Samples.purge(first, List.of(execId));
        assertGone(sample);
    }

    @Test
    void theFilesOfAWorkflowThatNeverRanGoWhenItIsDeleted() {
        Sample sample = Sample.of("x");
        sample.storeTo(first);
        put("kept", Sample.of("y"));
        first.workflows()
                .save(PROJECT, "flow", Samples.workflow("1"), Map.of("a", sample.content()), "anna", Samples.NOW);

        first.workflows().delete(PROJECT, "flow");

        assertGone(sample);
        assertStored(Sample.of("y"));
    }

    @Test
    void aClosedHandleRefuses() {
        Storage closed = fixture.open();
        closed.close();
        Content content = Sample.of("x").content();
        List<Runnable> calls = List.of(
                () -> closed.resources().missing(List.of(content)),
                () -> closed.resources().append(content, 0, new byte[1]),
                () -> closed.resources().read(content, 0),
                () -> closed.resources().discard(List.of(content)),
                () -> closed.resources().put(PROJECT, "a", content, "anna", Samples.NOW),
                () -> closed.resources().find(PROJECT, "a"),
                () -> closed.resources().list(PROJECT, 0, 1),
                () -> closed.resources().delete(PROJECT, "a"));

        assertThat(calls)
                .allSatisfy(call -> assertThatExceptionOfType(StorageException.class)
                        .isThrownBy(call::run)
                        .satisfies(e -> assertThat(e.isTransient()).isFalse()));
    }
}
