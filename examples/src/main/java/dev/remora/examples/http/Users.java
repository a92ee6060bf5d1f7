package dev.remora.examples.http;

import com.sun.net.httpserver.Headers;
import java.util.Optional;

/** Says who sends a request. Safe for use by several threads. */
interface Users {
    /**
     * Returns the user.
     *
     * @param headers the headers of the request
     * @return not blank; empty if the request does not prove who sends it
     */
    Optional<String> user(Headers headers);

    /** Returns what a client without proof is told to send, as the header WWW-Authenticate has it. */
    String challenge();

    /** Everybody is one user. */
    static Users everybodyIs(String name) {
        return new Users() {
            @Override
            public Optional<String> user(Headers headers) {
                return Optional.of(name);
            }

            @Override
            public String challenge() {
                return "None";
            }
        };
    }

    /** A proxy in front says who it is, and lets no client set this header. */
    static Users fromHeader(String header) {
        return new Users() {
            @Override
            public Optional<String> user(Headers headers) {
                return Optional.ofNullable(headers.getFirst(header)).filter(name -> !name.isBlank());
            }

            @Override
            public String challenge() {
                return "Proxy";
            }
        };
    }
}
