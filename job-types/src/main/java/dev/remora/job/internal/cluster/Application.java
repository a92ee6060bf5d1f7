package dev.remora.job.internal.cluster;

import java.util.Objects;

/**
 * An application as its cluster knows it.
 *
 * @param id its id there
 * @param state how far it is
 * @param detail what the cluster says about it, for people; may be empty
 */
record Application(String id, State state, String detail) {
    /** How far an application is. */
    enum State {
        /** It waits or runs. */
        ACTIVE,
        /** It has ended well. */
        SUCCEEDED,
        /** It has failed. */
        FAILED,
        /** Somebody ended it. */
        KILLED
    }

    private static final int LONGEST_DETAIL = 500;

    Application {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        detail = detail.strip();
        detail = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail;
    }

    boolean active() {
        return state == State.ACTIVE;
    }

    @Override
    public String toString() {
        return id + " is " + state + (detail.isEmpty() ? "" : ": " + detail);
    }
}
