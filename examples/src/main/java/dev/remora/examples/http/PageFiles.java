package dev.remora.examples.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files of the page for people. They are read once, so that no path that a client sends ever names a file. */
final class PageFiles {
    private static final String DIRECTORY = "page/";
    private static final String INDEX = "index.html";
    private static final List<String> FILES = List.of(
            INDEX,
            "style.css",
            "icon.svg",
            "app.js",
            "actions.js",
            "api.js",
            "canvas.js",
            "dag.js",
            "dom.js",
            "execution.js",
            "format.js",
            "gantt.js",
            "graph.js",
            "layout.js",
            "list.js",
            "log.js",
            "nodes.js",
            "panel.js",
            "states.js",
            "windowed.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private PageFiles() {}

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/", request -> Reply.redirect("/page/")));
        routes.add(Route.get("/page", request -> Reply.redirect("/page/")));
        routes.add(route("/page/", INDEX));
        FILES.forEach(file -> routes.add(route("/page/" + file, file)));
        return routes;
    }

    private static Route route(String path, String file) {
        byte[] bytes = read(file);
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        return Route.get(
                path,
                request -> Reply.unlessKnown(bytes, request.header("If-None-Match"))
                        .with(Map.of("Content-Type", type)));
    }

    private static byte[] read(String file) {
        try (InputStream stream = Optional.ofNullable(PageFiles.class.getResourceAsStream(DIRECTORY + file))
                .orElseThrow(() -> new IllegalStateException("the page lacks " + file))) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + file + " of the page", unreadable);
        }
    }
}
