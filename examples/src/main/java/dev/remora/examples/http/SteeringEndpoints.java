package dev.remora.examples.http;

import dev.remora.model.RerunRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** {@code POST /executors/{execId}/kill}, and what the origin does not have: pause, resume, rerun. */
final class SteeringEndpoints {
    private SteeringEndpoints() {}

    static Reply kill(Request request) throws IOException {
        request.form(Set.of());
        request.remora().executor().kill(request.execId(0));
        return Reply.empty(201);
    }

    static Reply pause(Request request) throws IOException {
        request.form(Set.of());
        request.remora().executor().pause(request.execId(0));
        return Reply.empty(201);
    }

    static Reply resume(Request request) throws IOException {
        request.form(Set.of());
        request.remora().executor().resume(request.execId(0));
        return Reply.empty(201);
    }

    static Reply rerun(Request request) throws IOException {
        Parameters parameters = request.form(Set.of("scope", "nodeName", "latestDefinition"));
        Optional<String> node = parameters.text("nodeName");
        RerunRequest.Scope scope = parameters
                .choice("scope", RerunRequest.Scope.class)
                .orElse(node.isPresent() ? RerunRequest.Scope.FROM_NODE : RerunRequest.Scope.FAILED_PART);
        request.remora()
                .executor()
                .rerun(new RerunRequest(request.execId(0), scope, node, parameters.flag("latestDefinition")));
        return Reply.empty(201);
    }
}
