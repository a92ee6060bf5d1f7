package dev.remora.examples.http;

import dev.remora.model.DirectRunRequest;
import dev.remora.model.WorkflowJson;
import dev.remora.model.WorkflowZip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** {@code POST /executors/direct}: runs a workflow that is not saved, from a definition or an archive. */
final class DirectRunEndpoint {
    private static final String FILE = "file";
    private static final String DATA = "data";
    private static final Set<String> PARAMETERS = RunParameters.and(DATA);

    private final Path uploads;

    /** Creates the endpoint; archives are put into a directory until they are read. */
    DirectRunEndpoint(Path uploads) {
        this.uploads = uploads;
    }

    Reply answer(Request request) throws IOException {
        HttpLimits limits = request.limits();
        long most = limits.uploadSize() + limits.definitionSize() + limits.formSize();
        try (MultipartForm form = MultipartForm.read(
                request.header("Content-Type").orElse(""), request.body(most), FILE, DATA, limits, uploads)) {
            Parameters parameters = new Parameters(form.texts(), PARAMETERS);
            DirectRunRequest.Builder run =
                    DirectRunRequest.builder(parameters.required("projectName"), parameters.required("workflowName"));
            if (form.file().isPresent()) {
                run.zip(WorkflowZip.of(form.file().get()));
            } else {
                String data = parameters
                        .text(DATA)
                        .orElseThrow(() -> HttpProblem.parameter(DATA, "is missing, and so is file; one is required"));
                run.definition(WorkflowJson.parse(data));
            }
            RunParameters.apply(parameters, run);
            long execId = request.remora().executor().runDirect(run.build());
            return Reply.json(201, json -> {
                json.writeStartObject();
                json.writeNumberField("execId", execId);
                json.writeEndObject();
            });
        }
    }
}
