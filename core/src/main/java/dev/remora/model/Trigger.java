package dev.remora.model;

/** When a node may start, with regard to its dependencies. */
public enum Trigger {
    /** When all dependencies have succeeded. */
    ALL_SUCCESS,
    /** When all dependencies have ended, however they ended: a clean-up step. It does not heal the run. */
    ALL_DONE
}
