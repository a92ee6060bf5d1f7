package dev.remora.examples.http;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** HTTP basic authentication against a file with a line {@code name:password hash} for each user. */
final class PasswordUsers implements Users {
    private static final String SCHEME = "Basic ";
    private static final int MOST_KNOWN = 1000;

    private final Map<String, PasswordHash> hashes;
    /** Headers that were right before: to check a password takes long on purpose. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    private final PasswordHash nobody = PasswordHash.of("nobody");

    PasswordUsers(Map<String, PasswordHash> hashes) {
        this.hashes = Map.copyOf(hashes);
    }

    static PasswordUsers read(Path file) throws IOException {
        Map<String, PasswordHash> hashes = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            Optional<PasswordHash> hash = PasswordHash.parse(line.substring(colon + 1));
            if (colon < 1 || hash.isEmpty()) {
                throw new IOException(file + " line " + number + " must be a name, a colon and what \"hash\" prints");
            }
            hashes.put(line.substring(0, colon), hash.get());
        }
        return new PasswordUsers(hashes);
    }

    @Override
    public Optional<String> user(Headers headers) {
        String header = headers.getFirst("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String knownUser = known.get(header);
        return knownUser == null ? checked(header) : Optional.of(knownUser);
    }

    private Optional<String> checked(String header) {
        String pair;
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            pair = new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        String name = pair.substring(0, colon);
        PasswordHash hash = hashes.get(name);
        // why: a name that does not exist must take as long as one that does
        boolean right = (hash == null ? nobody : hash).matches(pair.substring(colon + 1));
        if (hash == null || !right) {
            return Optional.empty();
        }
        if (known.size() < MOST_KNOWN) {
            known.put(header, name);
        }
        return Optional.of(name);
    }

    @Override
    public String challenge() {
        return "Basic realm=\"Remora\", charset=\"UTF-8\"";
    }
}
