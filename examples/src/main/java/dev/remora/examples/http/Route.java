package dev.remora.examples.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What answers the requests of one method to one kind of path.
 *
 * @param method the HTTP method
 * @param path the segments; a star stands for any one segment
 * @param endpoint what answers
 */
record Route(String method, List<String> path, Endpoint endpoint) {
    private static final String ANY = "*";

    /** Answers a request. */
    @FunctionalInterface
    interface Endpoint {
        /**
         * Answers.
         *
         * @param request the request
         * @return the answer
         * @throws IOException if the client is gone, or cannot be read
         */
        Reply answer(Request request) throws IOException;
    }

    static Route get(String path, Endpoint endpoint) {
        return new Route("GET", segments(path), endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route("POST", segments(path), endpoint);
    }

    static Route put(String path, Endpoint endpoint) {
        return new Route("PUT", segments(path), endpoint);
    }

    static List<String> segments(String path) {
        return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
    }

    /** Returns what stands at the stars; empty if the path does not match. */
    Optional<List<String>> match(List<String> rawSegments) {
        if (rawSegments.size() != path.size()) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).equals(ANY)) {
                variables.add(Percent.decode(rawSegments.get(i)));
            } else if (!path.get(i).equals(rawSegments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
