package dev.remora.model;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and when a node is tried again after a failure or a timeout; a kill is never retried.
 *
 * <p>The wait before attempt {@code n + 1} is {@code backoff * multiplier^(n - 1)}, at most {@code maxBackoff}, counted
 * from the end of attempt {@code n}. With a jitter {@code j} it is drawn evenly from {@code [wait * (1 - j), wait]}.
 * Nothing is checked here but null: the bounds are checked, with all other problems, when the workflow is built.
 *
 * @param maxAttempts attempts in all, 1 to 1000
 * @param backoff the first wait, 0 to 30 days
 * @param multiplier growth of the wait, 1 to 100
 * @param maxBackoff the longest wait, 0 to 30 days
 * @param jitter 0 to 1
 */
public record RetryPolicy(int maxAttempts, Duration backoff, double multiplier, Duration maxBackoff, double jitter) {
    /** One attempt, with the defaults of the other components. */
    public static final RetryPolicy NONE = of(1);

    /**
     * Creates a policy.
     *
     * @throws NullPointerException if a component is null
     */
    public RetryPolicy {
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(maxBackoff, "maxBackoff");
    }

    /**
     * Returns a policy with a first wait of one second that doubles, of at most one hour, without jitter.
     *
     * @param maxAttempts attempts in all, 1 to 1000
     * @return the policy
     */
    public static RetryPolicy of(int maxAttempts) {
        return new RetryPolicy(maxAttempts, Duration.ofSeconds(1), 2.0, Duration.ofHours(1), 0.0);
    }

    /**
     * Returns this policy with another first wait.
     *
     * @param first the first wait
     * @return a changed copy
     */
    public RetryPolicy withBackoff(Duration first) {
        return new RetryPolicy(maxAttempts, first, multiplier, maxBackoff, jitter);
    }

    /**
     * Returns this policy with another growth of the wait.
     *
     * @param factor the multiplier; 1 makes all waits the same
     * @return a changed copy
     */
    public RetryPolicy withMultiplier(double factor) {
        return new RetryPolicy(maxAttempts, backoff, factor, maxBackoff, jitter);
    }

    /**
     * Returns this policy with another longest wait.
     *
     * @param longest the longest wait
     * @return a changed copy
     */
    public RetryPolicy withMaxBackoff(Duration longest) {
        return new RetryPolicy(maxAttempts, backoff, multiplier, longest, jitter);
    }

    /**
     * Returns this policy with another jitter.
     *
     * @param share 0 to 1
     * @return a changed copy
     */
    public RetryPolicy withJitter(double share) {
        return new RetryPolicy(maxAttempts, backoff, multiplier, maxBackoff, share);
    }

    /**
     * Returns the wait after a number of attempts that failed.
     *
     * @param failures how many attempts have failed, at least 1
     * @param random a number drawn from {@code [0, 1)}; it matters only with a jitter
     * @return the wait in milliseconds
     */
    public long delayMillis(int failures, double random) {
        double wait = backoff.toMillis() * Math.pow(multiplier, failures - 1.0);
        double bounded = Math.min(wait, maxBackoff.toMillis());
        return (long) (bounded * (1 - jitter * random));
    }
}
