package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.ResourceReference;

/** The list of resources; the engine reads it, and puts the files into the work directory before a job starts. */
final class ResourceList {
    /** The key of the list. */
    static final String KEY = "resources";

    private ResourceList() {}

    static void check(Fields fields, JsonNode parameter) {
        ResourceReference.check(parameter).forEach(problem -> fields.add(problem.path(), problem.message()));
    }
}
