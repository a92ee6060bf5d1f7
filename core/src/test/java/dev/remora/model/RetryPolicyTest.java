package dev.remora.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "12, 2048000", "13, 3600000", "999, 3600000"})
    void doublesFromOneSecondToOneHour(int failures, long wait) {
        assertThat(RetryPolicy.of(1000).delayMillis(failures, 0.5)).isEqualTo(wait);
    }

    @Test
    void aMultiplierOfOneKeepsTheWait() {
        RetryPolicy policy =
                RetryPolicy.of(5).withBackoff(Duration.ofMillis(70)).withMultiplier(1);
        assertThat(policy.delayMillis(1, 0)).isEqualTo(70);
        assertThat(policy.delayMillis(4, 0)).isEqualTo(70);
    }

    @Test
    void theLongestWaitBoundsTheFirstToo() {
        RetryPolicy policy = RetryPolicy.of(5).withMaxBackoff(Duration.ofMillis(300));
        assertThat(policy.delayMillis(1, 0)).isEqualTo(300);
    }

    @Test
    void noBackoffIsNoWaitHoweverOften() {
        RetryPolicy policy = RetryPolicy.of(1000).withBackoff(Duration.ZERO).withMultiplier(100);
        assertThat(policy.delayMillis(1, 0)).isZero();
        assertThat(policy.delayMillis(999, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 8000", "0, 0.999, 8000", "0.5, 0, 8000", "0.5, 0.5, 6000", "1, 0.25, 6000", "1, 0, 8000"})
    void jitterOnlyShortens(double jitter, double random, long wait) {
        RetryPolicy policy =
                RetryPolicy.of(9).withBackoff(Duration.ofSeconds(8)).withJitter(jitter);
        assertThat(policy.delayMillis(1, random)).isEqualTo(wait);
    }

    @Test
    void theLongestPolicyDoesNotOverflow() {
        Duration most = Duration.ofDays(30);
        RetryPolicy policy = new RetryPolicy(1000, most, 100, most, 0);
        assertThat(policy.delayMillis(999, 0.9)).isEqualTo(most.toMillis());
    }

    @Test
    void nothingIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> RetryPolicy.NONE.withBackoff(null))
                .withMessage("backoff");
        assertThatNullPointerException()
                .isThrownBy(() -> RetryPolicy.NONE.withMaxBackoff(null))
                .withMessage("maxBackoff");
    }
}
