package dev.remora.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random workflows that random things happen to. A failure names its seed; {@code -Dremora.seed=N} plays that one only,
 * in each test.
 */
class RunRandomTest {
    @Test
    void smallOnesAgreeWithTheReference() {
        play(3000, 1, 12, true);
    }

    @Test
    void middleOnesAgreeWithTheReference() {
        play(60, 30, 120, true);
    }

    @Test
    void bigOnesKeepWhatMustAlwaysHold() {
        play(40, 500, 4000, false);
    }

    private static void play(int scenarios, int least, int most, boolean compared) {
        Long only = Long.getLong("remora.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? scenarios : only;
        int rounds = 0;
        for (long seed = first; seed <= last; seed++) {
            int size = least + (int) (seed * 7919 % (most - least + 1));
            try {
                rounds += new RandomScenario(seed, size, compared).play();
            } catch (AssertionError | RuntimeException problem) {
                throw new AssertionError("remora.seed=" + seed + ": " + problem.getMessage(), problem);
            }
        }
        assertThat(rounds).isGreaterThanOrEqualTo((int) (last - first + 1));
    }
}
