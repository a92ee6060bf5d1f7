package dev.remora.examples.http;

import dev.remora.model.SavedWorkflow;
import dev.remora.model.WorkflowJson;
import dev.remora.model.WorkflowZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/** {@code PUT /workflows/{project}/{name}}: saves a workflow, from a definition or an archive as the body. */
final class SaveEndpoint {
    private final Path uploads;

    /** Creates the endpoint; archives are put into a directory until they are read. */
    SaveEndpoint(Path uploads) {
        this.uploads = uploads;
    }

    Reply answer(Request request) throws IOException {
        request.query(Set.of());
        String project = request.variable(0);
        String name = request.variable(1);
        String type =
                HeaderValue.parse(request.header("Content-Type").orElse("")).value();
        SavedWorkflow saved = switch (type) {
            case "application/json" ->
                request.remora().workflows().save(project, name, WorkflowJson.parse(text(request)));
            case "application/zip" -> saveZip(request, project, name);
            default ->
                throw new HttpProblem(
                        415,
                        "WRONG_CONTENT_TYPE",
                        "this request takes a body of Content-Type application/json or application/zip");
        };
        return Reply.json(saved.version() == 1 ? 201 : 200, json -> {
            json.writeStartObject();
            json.writeStringField("projectName", saved.project());
            json.writeStringField("workflowName", saved.name());
            json.writeNumberField("version", saved.version());
            json.writeEndObject();
        });
    }

    private SavedWorkflow saveZip(Request request, String project, String name) throws IOException {
        Path archive = Files.createTempFile(uploads, "upload-", ".zip");
        try {
            Files.copy(request.body(request.limits().uploadSize()), archive, StandardCopyOption.REPLACE_EXISTING);
            return request.remora().workflows().saveZip(project, name, WorkflowZip.of(archive));
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private static String text(Request request) throws IOException {
        return Percent.utf8(request.bytes(request.limits().definitionSize()), "the definition");
    }
}
