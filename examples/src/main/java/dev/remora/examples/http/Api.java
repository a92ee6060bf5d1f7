package dev.remora.examples.http;

import java.nio.file.Path;
import java.util.List;

/** The origin's HTTP API, and a few requests beside it. */
final class Api {
    private Api() {}

    static List<Route> routes(Path uploads) {
        return List.of(
                Route.post("/executors", RunEndpoint::answer),
                Route.post("/executors/direct", new DirectRunEndpoint(uploads)::answer),
                Route.get("/executors", ListEndpoint::answer),
                Route.get("/executors/*", DetailEndpoint::answer),
                Route.get("/executors/*/logs", new LogEndpoint()::answer),
                Route.post("/executors/*/kill", SteeringEndpoints::kill),
                Route.post("/executors/*/pause", SteeringEndpoints::pause),
                Route.post("/executors/*/resume", SteeringEndpoints::resume),
                Route.post("/executors/*/rerun", SteeringEndpoints::rerun),
                Route.put("/workflows/*/*", new SaveEndpoint(uploads)::answer));
    }
}
