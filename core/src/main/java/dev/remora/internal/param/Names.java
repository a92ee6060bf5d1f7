package dev.remora.internal.param;

import java.time.ZonedDateTime;

/** What an {@link Evaluation} asks for, and tells. */
interface Names {
    Meaning find(String name);

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
