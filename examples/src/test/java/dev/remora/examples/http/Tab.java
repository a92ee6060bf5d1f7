package dev.remora.examples.http;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One page in a browser. */
final class Tab {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Browser browser;
    private final String session;

    Tab(Browser browser, String session, URI address) {
        this.browser = browser;
        this.session = session;
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Page.navigate", Map.of("url", address.toString()));
        until("document.readyState === 'complete' && !!document.querySelector('main').childElementCount");
    }

    /** Evaluates an expression, waiting for what it promises. */
    JsonNode eval(String expression) {
        JsonNode answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + " threw " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true. */
    void until(String expression) {
        await(expression)
                .atMost(PATIENCE)
                .until(() -> eval("!!(" + expression + ")").asBoolean());
    }

    String text(String selector) {
        return eval("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
                .asText();
    }

    void click(String selector) {
        until("document.querySelector(" + quoted(selector) + ") && !document.querySelector(" + quoted(selector)
                + ").hidden");
        eval("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Clicks with a real mouse at a place of an element, in shares of its size. */
    void clickAt(String selector, double shareX, double shareY) {
        JsonNode box = eval("(({x,y,width,height}) => ({x,y,width,height}))(document.querySelector(" + quoted(selector)
                + ").getBoundingClientRect())");
        double x = box.get("x").asDouble() + box.get("width").asDouble() * shareX;
        double y = box.get("y").asDouble() + box.get("height").asDouble() * shareY;
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
    }

    /** Puts a text into a field, as if it had been typed. */
    void fill(String selector, String text) {
        eval("(field => { field.value = " + quoted(text) + "; field.dispatchEvent(new Event('input', {bubbles: true}));"
                + " field.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector("
                + quoted(selector) + "))");
    }

    void go(String hash) {
        eval("location.hash = " + quoted(hash));
    }

    void dark(boolean dark) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void screenshot(Path file) throws IOException {
        String data = call("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** What went wrong in the page: uncaught exceptions, refusals of the content security policy, dialogs. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        browser.events(session, "Runtime.exceptionThrown").forEach(event -> troubles.add(event.toString()));
        browser.events(session, "Page.javascriptDialogOpening").forEach(event -> troubles.add(event.toString()));
        browser.events(session, "Runtime.consoleAPICalled").stream()
                .filter(event -> event.get("type").asText().equals("error"))
                .forEach(event -> troubles.add(event.toString()));
        browser.events(session, "Log.entryAdded").stream()
                .filter(event -> event.get("entry").get("level").asText().equals("error"))
                .forEach(event -> troubles.add(event.toString()));
        return troubles;
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return browser.call(session, method, parameters);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(unit -> quoted.append(
                        unit < ' ' || unit == '"' || unit == '\\' || unit > '~'
                                ? String.format("\\u%04x", unit)
                                : Character.toString(unit)));
        return quoted.append('"').toString();
    }
}
