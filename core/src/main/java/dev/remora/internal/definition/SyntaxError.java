package dev.remora.internal.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.remora.error.ValidationException;
import dev.remora.internal.tree.Json;
import java.util.regex.Pattern;

/** Says where a text is no JSON. It is the only problem reported: what follows it cannot be understood. */
public final class SyntaxError {
    /** What the parser says of itself, and of how to make it less strict. */
    private static final Pattern ASIDES = Pattern.compile(
            " \\((?:start marker at|for \\w+ starting at|not recognized).*$|: enable `[^`]*` to allow|, from `[^`]*`");

    private SyntaxError() {}

    static ValidationException at(JsonLocation location, String message) {
        String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return ValidationException.of(DefinitionCheck.SUBJECT, "", where + ": " + message);
    }

    static ValidationException of(JsonProcessingException error, JsonLocation reached) {
        boolean isLocated = error.getLocation() != null && error.getLocation().getLineNr() > 0;
        JsonLocation location = isLocated ? error.getLocation() : reached;
        if (error.getOriginalMessage().contains("nesting depth")) {
            return at(location, "the text is nested deeper than " + Json.DEEPEST_TEXT + " levels");
        }
        String message = error.getOriginalMessage().replaceAll("\\s+", " ");
        return at(location, ASIDES.matcher(message).replaceAll(""));
    }
}
