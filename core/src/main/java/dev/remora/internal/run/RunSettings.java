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
 * @param stopMillis how long a job that was told to stop may take to be verified gone
 */
public record RunSettings(long execId, BitSet selected, FailurePolicy policy, long timeoutMillis, long stopMillis) {}
