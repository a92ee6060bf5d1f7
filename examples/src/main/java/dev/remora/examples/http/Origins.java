package dev.remora.examples.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps pages of other sites from acting through the browser of a user.
 *
 * <p>A request must name a host that this server goes by, so that no foreign name can be made to point here. One that a
 * browser sends for a page carries {@code Origin} or {@code Sec-Fetch-Site}: if it changes anything it must come from this
 * server's own page, and have a header that forms cannot send. A program sends none of them, and needs nothing.
 */
final class Origins {
    static final String HEADER = "X-Remora-Page";

    private final Set<String> hosts;

    Origins(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    void check(String method, URI target, Headers headers) {
        String host = headers.getFirst("Host");
        if (target.getRawAuthority() != null) {
            throw HttpProblem.malformed("the request must begin with a path, not with the name of a host");
        }
        if (host == null || !hosts.contains(nameOf(host))) {
            throw new HttpProblem(
                    421, "WRONG_HOST", "this server does not go by the name in Host; \"--host NAME\" adds one");
        }
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        if (method.equals("GET") || origin == null && site == null) {
            return;
        }
        boolean foreign = origin != null && !hostOf(origin).equalsIgnoreCase(host)
                || site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreign || headers.getFirst(HEADER) == null) {
            throw HttpProblem.forbidden(
                    "a page may only change things through this server's own page, with the header " + HEADER);
        }
    }

    private static String hostOf(String origin) {
        return origin.replaceFirst("^https?://", "");
    }

    private static String nameOf(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }
}
