package dev.remora.error;

/** The engine was closed, or is closing, and takes no more requests. Nothing was changed. */
public final class EngineClosedException extends RemoraException {
    private final String engine;

    /**
     * Creates an exception.
     *
     * @param engine the name of the engine
     */
    public EngineClosedException(String engine) {
        super("engine " + engine + " is closed and takes no more requests");
        this.engine = engine;
    }

    /**
     * Returns the engine.
     *
     * @return its name
     */
    public String engine() {
        return engine;
    }
}
