package dev.remora.job.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** YARN's ResourceManager, by its REST API. */
final class ResourceManager implements Cluster {
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final Rest rest;
    private final Optional<String> user;

    /**
     * Creates the means.
     *
     * @param user for clusters with simple authentication: on whose behalf to ask
     */
    ResourceManager(Rest rest, Optional<String> user) {
        this.rest = rest;
        this.user = user;
    }

    @Override
    public boolean knowsTags() {
        return true;
    }

    @Override
    public List<Application> find(String tag, Set<String> ids) throws IOException {
        Rest.Answer answer = get("/ws/v1/cluster/apps?applicationTags=" + encode(tag));
        if (answer.status() != OK) {
            throw answer.unexpected();
        }
        Map<String, Application> found = new LinkedHashMap<>();
        for (JsonNode app : answer.json().path("apps").path("app")) {
            found.put(app.path("id").asText(), application(app));
        }
        for (String id : ids) {
            if (!found.containsKey(id)) {
                one(id).ifPresent(app -> found.put(id, app));
            }
        }
        return new ArrayList<>(found.values());
    }

    private Optional<Application> one(String id) throws IOException {
        Rest.Answer answer = get("/ws/v1/cluster/apps/" + encode(id));
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.status() != OK) {
            throw answer.unexpected();
        }
        return Optional.of(application(answer.json().path("app")));
    }

    private static Application application(JsonNode app) {
        String detail = app.path("diagnostics").asText("");
        String id = app.path("id").asText();
        return new Application(
                id, state(app.path("state").asText(), app.path("finalStatus").asText()), detail);
    }

    private static Application.State state(String state, String finalStatus) {
        return switch (state) {
            case "FINISHED" ->
                switch (finalStatus) {
                    case "SUCCEEDED" -> Application.State.SUCCEEDED;
                    case "KILLED" -> Application.State.KILLED;
                    default -> Application.State.FAILED;
                };
            case "FAILED" -> Application.State.FAILED;
            case "KILLED" -> Application.State.KILLED;
            default -> Application.State.ACTIVE;
        };
    }

    @Override
    public void kill(String id) throws IOException {
        Rest.Answer answer = rest.ask(
                address -> HttpRequest.newBuilder(at(address, "/ws/v1/cluster/apps/" + encode(id) + "/state"))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"state\":\"KILLED\"}")),
                Rest::serves);
        if (answer.status() != OK && answer.status() != ACCEPTED && answer.status() != NOT_FOUND) {
            throw answer.unexpected();
        }
    }

    private Rest.Answer get(String path) throws IOException {
        return rest.ask(
                address -> HttpRequest.newBuilder(at(address, path))
                        .header("Accept", "application/json")
                        .GET(),
                ResourceManager::answers);
    }

    /** One that waits to be in charge may answer with a page that says so. */
    private static boolean answers(Rest.Answer answer) throws IOException {
        return Rest.serves(answer) && (answer.status() != OK || answer.json().isObject());
    }

    private URI at(URI address, String path) {
        String base = address.toString().replaceAll("/+$", "");
        String query = user.map(name -> (path.indexOf('?') < 0 ? "?" : "&") + "user.name=" + encode(name))
                .orElse("");
        return URI.create(base + path + query);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
