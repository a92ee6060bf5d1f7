package dev.remora.internal.run;

import dev.remora.model.FailurePolicy;
import java.util.BitSet;

/**
 * What is fixed for all rounds of a run.
 *
 * @param execId the execution; it seeds the jitter of back-offs
 * @param selected the nodes that take part
 * @param policy what happens when a node has failed for good
 * @param timeoutMillis the time allowed for a round, 0 for no bound
 * @param graceMillis how long a job may take to stop by itself; one that cannot be forced gets no more (F28)
 * @param verificationMillis how long, after that, a job that is forced may take to be verified gone
 */
public record RunSettings(
        long execId,
        BitSet selected,
        FailurePolicy policy,
        long timeoutMillis,
        long graceMillis,
        long verificationMillis) {
    /** Settings in which every job may take so long to be verified gone. */
    public RunSettings(long execId, BitSet selected, FailurePolicy policy, long timeoutMillis, long stopMillis) {
        this(execId, selected, policy, timeoutMillis, stopMillis, 0);
    }

    long stopMillis(boolean forcible) {
        return graceMillis + (forcible ? verificationMillis : 0);
    }
}
