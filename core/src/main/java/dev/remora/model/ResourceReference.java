package dev.remora.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.internal.resource.ReferenceReader;
import java.util.List;
import java.util.Objects;

/**
 * A file that a node wants in its work directory: an element of the list {@code resources} in the node's parameter,
 * {@code {"scope": "PROJECT", "res": "lib/a.jar", "alias": "a.jar"}}. The engine reads that list of a node of whatever
 * job type, so the key {@code resources} is reserved for it.
 *
 * <p>Before each attempt the engine puts the listed files where their aliases say, in the work directory of the
 * execution, which all its nodes share: written aside, then renamed, so that no job sees half a file. A file of that
 * name is replaced, unless it is still the very one that was put there before. Files of a project are looked up when the
 * attempt starts: a retry or a later node gets what is saved by then. A file that does not exist fails the attempt, with
 * cause {@link Cause#BAD_PARAMETER}.
 *
 * <p>Paths are relative, their parts divided by {@code /}; parts {@code .} are dropped. Refused are {@code ..}, a leading
 * {@code /} or drive letter, backslashes, control characters, more than 1000 characters, and parts of more than 255 bytes
 * in UTF-8. Case matters. Files are not executable.
 *
 * @param scope where the file comes from
 * @param res its path there
 * @param alias its path in the work directory; by default the last part of {@code res}
 */
public record ResourceReference(Scope scope, String res, String alias) {
    /** Where a file comes from. */
    public enum Scope {
        /** From the zip package that the workflow was saved or run from. */
        WORKFLOW,
        /** From the resources of the project. */
        PROJECT
    }

    /**
     * Creates a reference.
     *
     * @throws NullPointerException if a component is null
     */
    public ResourceReference {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(res, "res");
        Objects.requireNonNull(alias, "alias");
    }

    /**
     * Finds what is wrong with the list in a parameter that may still have placeholders; a text with one passes.
     * Whether the files exist is not looked at.
     *
     * @param parameter the parameter of a node
     * @return the problems, with paths relative to the parameter; empty if there is no such list
     */
    public static List<Problem> check(JsonNode parameter) {
        return ReferenceReader.check(parameter);
    }

    /**
     * Reads the list in a parameter whose placeholders are resolved.
     *
     * @param parameter the parameter of a node
     * @return the references, their paths without parts {@code .}; empty if there is no such list
     * @throws dev.remora.error.ValidationException with every problem
     */
    public static List<ResourceReference> of(JsonNode parameter) {
        return ReferenceReader.read(parameter);
    }
}
