package dev.remora.examples.http;

import com.sun.net.httpserver.HttpExchange;
import dev.remora.RemoraSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request, on behalf of its user. */
final class Request {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpExchange exchange;
    private final List<String> variables;
    private final String user;
    private final RemoraSession session;
    private final Guard guard;
    private final HttpLimits limits;

    Request(
            HttpExchange exchange,
            List<String> variables,
            String user,
            RemoraSession session,
            Guard guard,
            HttpLimits limits) {
        this.exchange = exchange;
        this.variables = List.copyOf(variables);
        this.user = user;
        this.session = session;
        this.guard = guard;
        this.limits = limits;
    }

    String user() {
        return user;
    }

    /** Remora on behalf of the user who sends the request. */
    RemoraSession remora() {
        return session;
    }

    /** What stands in the path at a variable of the route. */
    String variable(int index) {
        return variables.get(index);
    }

    /** The variable of the route that is an execId. */
    long execId(int index) {
        String text = variables.get(index);
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw HttpProblem.parameter("execId", "must be a number of 1 to 18 digits");
        }
        return Long.parseLong(text);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** The parameters of the address. */
    Parameters query(Set<String> known) {
        return new Parameters(queryText(), known);
    }

    /** The parameters of the address and, where there is one, of the form in the body. */
    Parameters form(Set<String> known) throws IOException {
        Map<String, String> values = new LinkedHashMap<>(queryText());
        String text = Percent.utf8(bytes(limits.formSize()), "the form");
        if (!text.isEmpty()) {
            String type = HeaderValue.parse(header("Content-Type").orElse("")).value();
            if (!type.equals(FORM)) {
                throw new HttpProblem(415, "WRONG_CONTENT_TYPE", "this request takes a body of Content-Type " + FORM);
            }
            FormText.parse(text).forEach((name, value) -> FormText.put(values, name, value));
        }
        return new Parameters(values, known);
    }

    /** The whole body, which must not be larger. */
    byte[] bytes(int most) throws IOException {
        return body(most).readAllBytes();
    }

    /** The body, from which no more than so many bytes can be read. */
    InputStream body(long most) {
        String length = header("Content-Length").orElse("0");
        if (length.length() > 18 || Long.parseLong(length) > most) {
            throw HttpProblem.tooLarge("the body of this request", most);
        }
        return new PacedInput(exchange.getRequestBody(), guard, limits, most);
    }

    HttpLimits limits() {
        return limits;
    }

    private Map<String, String> queryText() {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? Map.of() : FormText.parse(query);
    }
}
