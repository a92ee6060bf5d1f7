package dev.remora.internal.run;

/** Chance that depends on nothing but its arguments, so that a run can be replayed. */
final class Jitter {
    private Jitter() {}

    /** Returns a number in {@code [0, 1)}. */
    static double of(long execId, int node, int attempt) {
        long mixed = execId * 0x9E3779B97F4A7C15L + node * 0xC2B2AE3D27D4EB4FL + attempt * 0x165667B19E3779F9L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return ((mixed ^ (mixed >>> 33)) >>> 11) * 0x1.0p-53;
    }
}
