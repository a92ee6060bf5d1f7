package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.IdempotencyConflictException;
import dev.remora.error.ValidationException;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import dev.remora.model.WorkflowZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workflows from packages: saved or not, they run with their files. */
public abstract class PackageRunContract extends PackagePart {
    private static final String JSON = reading(packed("data"));

    /** Creates this part. */
    protected PackageRunContract() {}

    private SavedWorkflow save(Zip zip) {
        return remora.workflows().saveZip(PROJECT, "flow", zip.zip());
    }

    private long run() {
        return remora.executor().run(RunRequest.of(PROJECT, "flow"));
    }

    private long runDirect(WorkflowZip zip) {
        return remora.executor().runDirect(DirectRunRequest.of(PROJECT, "flow", zip));
    }

    @Test
    void savesTheDefinitionAndItsFiles() {
        SavedWorkflow saved =
                save(Zip.of(JSON).file("data", TEXT).file("lib/other", "o").file("empty", ""));

        assertThat(saved.version()).isEqualTo(1);
        assertThat(saved.definition()).isEqualTo(WorkflowJson.parse(JSON));
        assertThat(saved.files())
                .isEqualTo(Map.of("data", content(TEXT), "lib/other", content("o"), "empty", content("")));
        assertThat(remora.workflows().find(PROJECT, "flow")).contains(saved);
        assertThat(remora.workflows().find(PROJECT, "flow", 1)).contains(saved);
    }

    @Test
    void runsWithTheListedFiles() throws Exception {
        String json = reading(
                packed("data"),
                packed("lib/deep/a.jar"),
                packed("./lib/./b.jar"),
                "{\"scope\": \"WORKFLOW\", \"res\": \"data\", \"alias\": \"in/./here\"}",
                "{\"scope\": \"WORKFLOW\", \"res\": \"empty\"}");
        Zip zip = Zip.of(json)
                .file("data", TEXT)
                .file("lib/deep/a.jar", "a")
                .file("lib/b.jar", "b")
                .file("empty", "")
                .file("not listed", "x");
        Map<String, String> expected = Map.of("data", TEXT, "a.jar", "a", "b.jar", "b", "in/here", TEXT, "empty", "");
        save(zip);

        assertThat(found(run())).isEqualTo(expected);
        assertThat(found(remora.executor().runDirect(DirectRunRequest.of(PROJECT, "loose", zip.zip()))))
                .isEqualTo(expected);
    }

    @Test
    void takesOddButHarmlessPackages() throws Exception {
        Zip zip = Zip.create()
                .directory("./")
                .directory("empty directory/")
                .file("Workflow.json", "not this one")
                .mode(Zip.SET_UID_FILE)
                .file("./workflow.json", reading(packed("data"), packed("DATA"), packed("d\u00e4ta \ud83d\ude00")))
                .method(0)
                .file("data", TEXT)
                .mode(Zip.SET_UID_FILE)
                .file("./DATA", "upper")
                .file("d\u00e4ta \ud83d\ude00", "odd");

        assertThat(found(runDirect(zip.zip())))
                .isEqualTo(Map.of("data", TEXT, "DATA", "upper", "d\u00e4ta \ud83d\ude00", "odd"));
    }

    @Test
    void ignoresModes() throws Exception {
        restart(builder -> builder.java(
                "MODE",
                context -> Map.of(
                        "mode",
                        Files.getPosixFilePermissions(context.workDirectory().resolve("data"))
                                .toString())));
        Zip zip = Zip.of(JSON.replace("READ", "MODE")).mode(Zip.SET_UID_FILE).file("data", TEXT);

        assertThat(found(runDirect(zip.zip())).get("mode")).doesNotContain("EXECUTE");
    }

    @Test
    void takesWhatTheJdkPacks(@TempDir Path elsewhere) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("a comment");
            for (Map.Entry<String, String> file :
                    Map.of("workflow.json", JSON, "data", TEXT).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        assertThat(found(runDirect(WorkflowZip.of(bytes.toByteArray())))).isEqualTo(Map.of("data", TEXT));

        Path file = elsewhere.resolve("big.zip");
        Map<String, String> big = Map.of("create", "true", "forceZIP64End", "true");
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), big)) {
            Files.writeString(zip.getPath("workflow.json"), JSON);
            Files.writeString(zip.getPath("data"), TEXT);
        }
        assertThat(found(remora.executor().runDirect(DirectRunRequest.of(PROJECT, "big", WorkflowZip.of(file)))))
                .isEqualTo(Map.of("data", TEXT));
    }

    @Test
    void theArchiveWins() throws Exception {
        Workflow definition = WorkflowJson.parse(JSON.replace("READ", "NO_SUCH_TYPE"));
        DirectRunRequest request = DirectRunRequest.builder(PROJECT, "flow", definition)
                .zip(Zip.of(JSON).file("data", TEXT).zip())
                .build();

        assertThat(remora.executor().plan(request).steps()).hasSize(1);
        long execId = remora.executor().runDirect(request);

        assertThat(found(execId)).isEqualTo(Map.of("data", TEXT));
        assertThat(remora.workflows().find(PROJECT, "flow", 1).orElseThrow().definition())
                .isEqualTo(WorkflowJson.parse(JSON));
    }

    @Test
    void neitherIsAnError() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> DirectRunRequest.builder(PROJECT, "flow").build())
                .withMessageContaining("has neither a definition nor a zip archive");
    }

    @Test
    void planningStoresNothing() throws IOException {
        remora.executor()
                .plan(DirectRunRequest.of(
                        PROJECT, "flow", Zip.of(JSON).file("data", TEXT).zip()));

        assertNothingLeft();
    }

    @Test
    void aNameInUseIsRefusedAndNothingIsChanged() throws Exception {
        SavedWorkflow saved = save(Zip.of(JSON).file("data", "saved"));
        Zip zip = Zip.of(JSON).file("data", TEXT);

        assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> runDirect(zip.zip()));
        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(() -> remora.executor()
                        .runDirect(DirectRunRequest.of(PROJECT, "flow", WorkflowJson.parse(reading()))));

        assertThat(remora.workflows().find(PROJECT, "flow")).contains(saved);
        assertThat(remora.workflows().find(PROJECT, "flow", 2)).isEmpty();
        assertThat(remora.query().list(ExecutionFilter.builder().build()).total())
                .isZero();
        assertNoFiles();
        assertThat(found(run())).isEqualTo(Map.of("data", "saved"));
    }

    @Test
    void theNameOfAnUnsavedWorkflowIsRefusedAndNothingIsChanged() throws Exception {
        long execId = runDirect(Zip.of(JSON).file("data", "first").zip());
        assertThat(found(execId)).isEqualTo(Map.of("data", "first"));
        Zip zip = Zip.of(JSON).file("data", TEXT);

        assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> runDirect(zip.zip()));
        assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> save(zip));

        assertThat(beside.resources().missing(List.of(content(TEXT)))).hasSize(1);
        remora.executor().rerun(RerunRequest.all(execId));
        assertThat(found(execId)).isEqualTo(Map.of("data", "first"));
    }

    @Test
    void theFilesOfAnUnsavedWorkflowGoWithItsRun() throws Exception {
        long execId = runDirect(Zip.of(JSON).file("data", TEXT).zip());
        found(execId);
        assertThat(beside.resources().missing(List.of(content(TEXT)))).isEmpty();

        Samples.purge(beside, List.of(execId));

        assertThat(beside.resources().missing(List.of(content(TEXT)))).hasSize(1);
        long again = runDirect(Zip.of(JSON).file("data", "again").zip());
        assertThat(found(again)).isEqualTo(Map.of("data", "again"));
    }

    @Test
    void anIdempotencyKeyStandsForTheFilesToo() throws Exception {
        DirectRunRequest request = keyed(Zip.of(JSON).file("data", TEXT));
        long execId = remora.executor().runDirect(request);

        assertThat(remora.executor().runDirect(request)).isEqualTo(execId);
        assertThatExceptionOfType(IdempotencyConflictException.class)
                .isThrownBy(() -> remora.executor().runDirect(keyed(Zip.of(JSON).file("data", "other"))));

        assertThat(beside.resources().missing(List.of(content(TEXT), content("other"))))
                .containsExactly(content("other"));
        assertThat(found(execId)).isEqualTo(Map.of("data", TEXT));
    }

    private static DirectRunRequest keyed(Zip zip) {
        return DirectRunRequest.builder(PROJECT, "flow")
                .zip(zip.zip())
                .idempotencyKey("key")
                .build();
    }

    @Test
    void everyVersionHasItsOwnFiles() throws Exception {
        save(Zip.of(JSON).file("data", "1"));
        save(Zip.of(JSON).file("data", "2"));

        long older = remora.executor()
                .run(RunRequest.builder(PROJECT, "flow").version(1).build());
        assertThat(found(older)).isEqualTo(Map.of("data", "1"));
        assertThat(found(run())).isEqualTo(Map.of("data", "2"));
        remora.executor().rerun(RerunRequest.all(older));
        assertThat(found(older)).isEqualTo(Map.of("data", "1"));
        remora.executor().rerun(RerunRequest.all(older).withLatestDefinition());
        assertThat(found(older)).isEqualTo(Map.of("data", "2"));
    }

    @Test
    void aVersionWithoutPackageHasNoFiles() {
        save(Zip.of(JSON).file("data", TEXT));

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> remora.workflows().save(PROJECT, "flow", WorkflowJson.parse(JSON)))
                .withMessageContaining("nodes[0].parameter.resources[0].res: is \"data\"");
    }

    @Test
    void placeholdersAreResolvedInPaths() throws Exception {
        String json = reading("{\"scope\": \"WORKFLOW\", \"res\": \"${which}\", \"alias\": \"${where}\"}")
                .replace("}]}", "}], \"userDefParams\": [{\"prop\": \"which\", \"value\": \"lib/a\"}]}");
        save(Zip.of(json).file("lib/a", "a").file("lib/b", "b"));

        assertThat(found(runWith(Map.of("where", "x/y")))).isEqualTo(Map.of("x/y", "a"));
        assertThat(found(runWith(Map.of("which", "lib/b", "where", "z")))).isEqualTo(Map.of("z", "b"));
        assertBadParameter(
                runWith(Map.of("which", "lib/c", "where", "z")),
                "resources[0].res: is lib/c, which the zip package of the workflow does not have");
        assertBadParameter(runWith(Map.of("where", "../z")), "resources[0].alias: is \"../z\"");
        assertBadParameter(runWith(Map.of("where", "/z")), "resources[0].alias: is \"/z\"; it must be relative");
        assertThat(directory.resolveSibling("z")).doesNotExist();
    }

    private long runWith(Map<String, String> params) {
        RunRequest.Builder request = RunRequest.builder(PROJECT, "flow");
        params.forEach(request::param);
        return remora.executor().run(request.build());
    }

    @Test
    void aliasesThatLeaveTheDirectoryAreRefusedWhenSaved() throws IOException {
        for (String alias : List.of("../a", "a/../../b", "/a", "C:/a", "a\\\\b", "", "a/", "a//b", ".")) {
            String json = reading("{\"scope\": \"WORKFLOW\", \"res\": \"data\", \"alias\": \"" + alias + "\"}");

            assertThatExceptionOfType(ValidationException.class)
                    .as(alias)
                    .isThrownBy(() -> save(Zip.of(json).file("data", TEXT)))
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(problem -> problem.path())
                            .containsExactly("nodes[0].parameter.resources[0].alias"));
            assertNothingLeft();
        }
    }

    @Test
    void oneNameForTwoFilesIsRefused() {
        String json = reading(packed("a/data"), packed("b/data"));

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> save(Zip.of(json).file("a/data", "a").file("b/data", "b")))
                .withMessageContaining("nodes[0].parameter.resources[1]: comes to the name \"data\"");
    }

    @Test
    void nodesShareFilesAndGetThemBackAsTheyWere() throws Exception {
        restart(builder -> builder.java("WRITE", context -> {
            Path data = context.workDirectory().resolve("data");
            Object before = Files.getAttribute(data, "unix:ino");
            if (context.jobId().node().equals("spoil")) {
                Files.writeString(data, "spoilt");
            }
            return Map.of("text", Files.readString(data), "file", before.toString());
        }));
        String node = "{\"name\": \"%s\", \"type\": \"WRITE\", \"dep\": [%s]," + " \"parameter\": {\"resources\": ["
                + packed("data") + "]}}";
        String json = "{\"nodes\": [" + node.formatted("one", "") + "," + node.formatted("spoil", "\"one\"") + ","
                + node.formatted("last", "\"spoil\"") + "]}";
        long execId = runDirect(Zip.of(json).file("data", TEXT).zip());

        assertThat(found(execId)).containsEntry("text", TEXT);
        List<Map<String, String>> outputs = remora.query().find(execId).orElseThrow().nodes().stream()
                .map(done -> done.outputs())
                .toList();
        assertThat(outputs.get(1)).containsEntry("text", "spoilt");
        assertThat(outputs.get(1).get("file")).isEqualTo(outputs.get(0).get("file"));
        assertThat(outputs.get(2).get("file")).isNotEqualTo(outputs.get(0).get("file"));
    }

    @Test
    void linksThatAJobLeavesLeadNowhere(@TempDir Path outside) throws Exception {
        Path treasure = Files.writeString(outside.resolve("treasure"), "gold");
        restart(builder -> builder.java("LINK", context -> {
            Files.createSymbolicLink(context.workDirectory().resolve("lib"), outside);
            Files.createSymbolicLink(context.workDirectory().resolve("file"), treasure);
            return Map.of();
        }));
        String json = "{\"nodes\": [{\"name\": \"a\", \"type\": \"LINK\"},"
                + "{\"name\": \"b\", \"type\": \"READ\", \"dep\": [\"a\"], \"parameter\": {\"resources\":"
                + " [{\"scope\": \"WORKFLOW\", \"res\": \"data\", \"alias\": \"%s\"}]}}]}";
        Zip through = Zip.of(json.formatted("lib/treasure")).file("data", TEXT);
        Zip over = Zip.of(json.formatted("file")).file("data", TEXT);

        assertBadParameter(
                runDirect(through.zip()), "resources[0].res: cannot be put to lib/treasure in the work directory");
        long execId = remora.executor().runDirect(DirectRunRequest.of(PROJECT, "over", over.zip()));
        assertThat(found(execId)).isEqualTo(Map.of("file", TEXT));

        assertThat(treasure).hasContent("gold");
    }

    @Test
    void aDirectoryInTheWayIsToldOf() throws Exception {
        restart(builder -> builder.java("MAKE", context -> {
            Files.createDirectory(context.workDirectory().resolve("data"));
            Files.writeString(context.workDirectory().resolve("file"), "x");
            return Map.of();
        }));
        String json = "{\"nodes\": [{\"name\": \"a\", \"type\": \"MAKE\"},"
                + "{\"name\": \"b\", \"type\": \"READ\", \"dep\": [\"a\"], \"parameter\": {\"resources\": [%s]}}]}";
        Zip onto = Zip.of(json.formatted(packed("data"))).file("data", TEXT);
        String below = "{\"scope\": \"WORKFLOW\", \"res\": \"data\", \"alias\": \"file/data\"}";
        Zip under = Zip.of(json.formatted(below)).file("data", TEXT);

        assertBadParameter(runDirect(onto.zip()), "a directory has that name; give it another alias");
        long execId = remora.executor().runDirect(DirectRunRequest.of(PROJECT, "under", under.zip()));
        assertBadParameter(execId, "cannot be put to file/data in the work directory");
    }

    @Test
    void nothingStaysInTheEnginesDirectoryAfterSuccess() throws Exception {
        long execId = runDirect(Zip.of(JSON).file("data", TEXT).zip());
        assertThat(ended(execId).status()).isEqualTo(Status.SUCCESS);
        remora.close();

        assertThat(directory).isEmptyDirectory();
    }
}
