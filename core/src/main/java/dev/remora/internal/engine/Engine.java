package dev.remora.internal.engine;

import dev.remora.Remora;

/** The engine. */
public final class Engine {
    private Engine() {}

    public static Remora start(EngineConfig config) {
        throw new UnsupportedOperationException(config.name());
    }
}
