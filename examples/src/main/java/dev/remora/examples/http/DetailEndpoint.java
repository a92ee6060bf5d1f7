package dev.remora.examples.http;

import dev.remora.error.NotFoundException;
import dev.remora.model.ExecutionDetail;
import java.util.Set;

/** {@code GET /executors/{execId}}: one execution with its nodes, as an array of one. */
final class DetailEndpoint {
    private DetailEndpoint() {}

    static Reply answer(Request request) {
        request.query(Set.of());
        ExecutionDetail detail = find(request);
        return Reply.json(200, json -> {
            json.writeStartArray();
            ExecutionJson.write(json, detail);
            json.writeEndArray();
        });
    }

    /** Finds the execution that the first variable of the path names. */
    static ExecutionDetail find(Request request) {
        long execId = request.execId(0);
        return request.remora().query().find(execId).orElseThrow(() -> NotFoundException.execution(execId));
    }
}
