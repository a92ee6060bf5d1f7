package dev.remora.job.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The master of a standalone Spark cluster, by its web interface. It knows no tags. */
final class StandaloneMaster implements Cluster {
    private static final int ERROR = 400;
    private static final String DRIVER = "driver-";
    private static final String COMPLETED = "completed";
    private static final List<String> LISTS =
            List.of("activedrivers", "activeapps", COMPLETED + "drivers", COMPLETED + "apps");

    private final Rest rest;

    StandaloneMaster(Rest rest) {
        this.rest = rest;
    }

    @Override
    public boolean knowsTags() {
        return false;
    }

    @Override
    public List<Application> find(String tag, Set<String> ids) throws IOException {
        if (ids.isEmpty()) {
            return List.of();
        }
        JsonNode state = rest.ask(
                        address -> HttpRequest.newBuilder(at(address, "/json/")).GET(), StandaloneMaster::alive)
                .json();
        List<Application> found = new ArrayList<>();
        for (String list : LISTS) {
            for (JsonNode entry : state.path(list)) {
                String id = entry.path("id").asText();
                if (ids.contains(id)) {
                    String word = entry.path("state").asText();
                    Application.State known = state(word);
                    boolean over = list.startsWith(COMPLETED) && known == Application.State.ACTIVE;
                    found.add(new Application(
                            id, over ? Application.State.FAILED : known, "the Spark master says " + word));
                }
            }
        }
        return found;
    }

    private static boolean alive(Rest.Answer answer) throws IOException {
        if (answer.status() >= ERROR) {
            throw answer.unexpected();
        }
        return answer.json().path("status").asText().equals("ALIVE");
    }

    /** Reads a state of a driver or of an application. */
    static Application.State state(String state) {
        return switch (state) {
            case "FINISHED" -> Application.State.SUCCEEDED;
            case "KILLED" -> Application.State.KILLED;
            case "FAILED", "ERROR" -> Application.State.FAILED;
            default -> Application.State.ACTIVE;
        };
    }

    @Override
    public void kill(String id) throws IOException {
        String path = id.startsWith(DRIVER) ? "/driver/kill/" : "/app/kill/";
        Rest.Answer answer = rest.ask(
                address -> HttpRequest.newBuilder(at(address, path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "id=" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "&terminate=true")),
                // why: the master in charge was found by find; it answers with a redirection to its page
                reply -> true);
        if (answer.status() >= ERROR) {
            throw answer.unexpected();
        }
    }

    private static URI at(URI address, String path) {
        return URI.create(address.toString().replaceAll("/+$", "") + path);
    }
}
