package dev.remora.model;

import java.util.Objects;

/**
 * A user-defined parameter of a workflow.
 *
 * @param prop the name, not blank
 * @param value the value, which may hold placeholders
 */
public record Parameter(String prop, String value) {
    /**
     * Creates a parameter.
     *
     * @throws NullPointerException if a component is null
     */
    public Parameter {
        Objects.requireNonNull(prop, "prop");
        Objects.requireNonNull(value, "value");
    }
}
