package dev.remora.internal.resource;

import dev.remora.internal.problem.Quote;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What paths of files look like: in packages, among the resources of a project, and in work directories. */
public final class ResourcePath {
    private static final int LONGEST = 1000;
    private static final int LONGEST_PART = 255;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private ResourcePath() {}

    /** Finds what is wrong with a path. */
    public static Optional<String> problem(String path) {
        return rule(path).map(rule -> "is " + Quote.of(path) + "; " + rule);
    }

    private static Optional<String> rule(String path) {
        if (path.isBlank()) {
            return Optional.of("it must not be blank");
        }
        if (path.length() > LONGEST) {
            return Optional.of("it must have at most " + LONGEST + " characters");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("it must not have control characters");
        }
        if (path.indexOf('\\') >= 0) {
            return Optional.of("it must not have backslashes");
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            return Optional.of("it must be relative");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
            return Optional.of("it must not have half characters");
        }
        List<String> parts = parts(path);
        if (parts.contains("..")) {
            return Optional.of("it must not leave the directory by '..'");
        }
        if (parts.contains("") || parts.stream().allMatch("."::equals)) {
            return Optional.of("each part of it must be the name of a directory, and the last that of a file");
        }
        if (parts.stream().anyMatch(part -> part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART)) {
            return Optional.of("each part of it must have at most " + LONGEST_PART + " bytes");
        }
        return Optional.empty();
    }

    /** Drops the parts of a sound path that mean nothing. */
    public static String normal(String path) {
        return parts(path).stream().filter(part -> !part.equals(".")).collect(Collectors.joining("/"));
    }

    /** Returns the last part of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
