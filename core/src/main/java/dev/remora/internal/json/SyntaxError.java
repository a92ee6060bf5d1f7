package dev.remora.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.remora.error.ValidationException;
import dev.remora.internal.dag.DefinitionCheck;
import java.util.regex.Pattern;

/** Says where a text is no JSON. It is the only problem reported: what follows it cannot be understood. */
final class SyntaxError {
    private static final Pattern HINTS = Pattern.compile(
            " ?\\((?:start marker|not recognized|for Object starting)[^)]*\\)\\)?|: enable `[^`]*` to allow");

    private SyntaxError() {}

    static ValidationException at(JsonLocation location, String message) {
        String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return ValidationException.of(DefinitionCheck.SUBJECT, "", where + ": " + message);
    }

    static ValidationException of(JsonProcessingException error) {
        JsonLocation location = error.getLocation() == null ? JsonLocation.NA : error.getLocation();
        String message = HINTS.matcher(error.getOriginalMessage()).replaceAll("");
        return at(location, message.replaceAll("\\s+", " "));
    }
}
