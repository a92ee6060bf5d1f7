package dev.remora.internal.param;

import java.time.ZonedDateTime;
import java.util.Optional;

/** What an {@link Evaluation} asks for, and tells. */
interface Names {
    /**
     * Finds what a name stands for.
     *
     * @param composed whether the name was put together, rather than written out in a text of a person
     */
    Meaning find(String name, boolean composed);

    /** Computes a time expression; empty if it gives nothing. */
    Optional<String> time(Part.Time time);

    ZonedDateTime cycleTime();

    /**
     * Keeps the value of a parameter that was {@link Meaning.Given}.
     *
     * @param later whether the value depends on the node, and so is not known
     */
    void resolved(String parameter, String value, boolean later);

    /** Hears of parameters that refer to each other. If this returns, the last reference stays as text. */
    void cycle(String path, String cycle);
}
