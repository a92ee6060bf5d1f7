package dev.remora.examples.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remora.Remora;
import dev.remora.error.RemoraException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves an engine over HTTP. The engine is not its own. */
final class RemoraServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoraServer.class);
    private static final int BACKLOG = 128;
    private static final int MOST_CONNECTIONS = 1000;
    private static final int DRAINED_BYTES = 1 << 20;

    private static final Map<String, String> EVERYWHERE = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    static {
        // why: the server of the JDK reads these when its first instance is made, and has no other way to set them
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        // why: who is refused while still sending hears why only if what was sent is taken in
        setUnlessSet("sun.net.httpserver.drainAmount", Integer.toString(DRAINED_BYTES));
        setUnlessSet("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
    }

    private final Remora remora;
    private final Users users;
    private final HttpLimits limits;
    private final List<Route> routes;
    private final Origins origins;
    private final HttpThreads threads;
    private final HttpServer server;

    private RemoraServer(
            Remora remora, Users users, HttpLimits limits, List<Route> routes, Set<String> hosts, HttpServer server) {
        this.remora = remora;
        this.users = users;
        this.limits = limits;
        this.routes = List.copyOf(routes);
        this.origins = new Origins(hosts);
        this.server = server;
        threads = new HttpThreads("server", limits);
    }

    /**
     * Starts a server.
     *
     * @param remora what it serves
     * @param users who may come
     * @param limits what one client may take
     * @param routes what it answers
     * @param address where it listens; port 0 for any that is free
     * @param hosts the names that it goes by, in lower case
     */
    static RemoraServer start(
            Remora remora,
            Users users,
            HttpLimits limits,
            List<Route> routes,
            InetSocketAddress address,
            Set<String> hosts)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        RemoraServer self = new RemoraServer(remora, users, limits, routes, hosts, server);
        server.createContext("/", self::handle);
        server.setExecutor(self.threads);
        server.start();
        return self;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Guard guard = threads.guard();
        guard.disarm();
        Reply reply;
        try {
            reply = answer(exchange, guard);
        } catch (HttpProblem problem) {
            reply = Reply.of(problem);
        } catch (RemoraException problem) {
            reply = Reply.of(ProblemReply.of(problem));
            if (reply.status() == 500) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), problem);
            }
        } catch (RuntimeException failure) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), failure);
            reply = Reply.of(ProblemReply.internal());
        }
        send(exchange, guard, reply);
    }

    private Reply answer(HttpExchange exchange, Guard guard) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String method = exchange.getRequestMethod();
        origins.check(method, exchange.getRequestURI(), headers);
        Optional<String> user = users.user(headers);
        if (user.isEmpty()) {
            throw new HttpProblem(
                    401,
                    "WHO_ARE_YOU",
                    "this server must know who sends a request",
                    List.of(),
                    Map.of("WWW-Authenticate", users.challenge()));
        }
        List<String> segments = Route.segments(exchange.getRequestURI().getRawPath());
        for (Route route : routes) {
            Optional<List<String>> variables = route.method().equals(method) ? route.match(segments) : Optional.empty();
            if (variables.isPresent()) {
                return route.endpoint()
                        .answer(new Request(
                                exchange, variables.get(), user.get(), remora.as(user.get()), guard, limits));
            }
        }
        throw noRoute(method, segments);
    }

    private HttpProblem noRoute(String method, List<String> segments) {
        Set<String> methods = routes.stream()
                .filter(route -> route.match(segments).isPresent())
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty()) {
            return HttpProblem.notFound("there is nothing at this path");
        }
        return new HttpProblem(
                405,
                "WRONG_METHOD",
                method + " does not work here; " + methods + " does",
                List.of(),
                Map.of("Allow", String.join(", ", methods)));
    }

    private void send(HttpExchange exchange, Guard guard, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        EVERYWHERE.forEach(headers::set);
        reply.headers().forEach(headers::set);
        guard.arm(limits.patience());
        // why: leaving by an exception makes the server of the JDK cut the connection, so that nobody takes a part of
        // an
        // answer for the whole
        if (reply.body().isEmpty()) {
            exchange.sendResponseHeaders(reply.status(), -1);
        } else {
            exchange.sendResponseHeaders(reply.status(), 0);
            guard.disarm();
            OutputStream out = new PacedOutput(exchange.getResponseBody(), guard, limits);
            reply.body().get().write(out);
            out.close();
        }
        guard.arm(limits.patience());
        exchange.close();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Stops listening, and cuts what is under way. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
