package dev.remora.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

class PromptClaimsTest {
    private final List<Long> pauses = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Integer> looks = new ArrayList<>();
    private final PromptClaims claims =
            new PromptClaims(recorder(), Duration.ofSeconds(5), () -> looks.add(looks.size()));

    private ScheduledExecutorService recorder() {
        return proxy(ScheduledExecutorService.class, arguments -> {
            pauses.add((Long) arguments[1]);
            FutureTask<Boolean> task = new FutureTask<>((Runnable) arguments[0], true);
            waiting.add(task);
            return proxy(ScheduledFuture.class, cancel -> ((Future<?>) task).cancel(false));
        });
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer.to(arguments)));
    }

    private void passTime() {
        waiting.remove(0).run();
    }

    @Test
    void looksMoreAndMoreSeldomUntilTheNextBeatIsAsSoon() {
        claims.expect(1);
        while (!waiting.isEmpty()) {
            passTime();
        }

        assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L);
        assertThat(looks).hasSize(8);
    }

    @Test
    void looksNoMoreWhenAllAreFound() {
        claims.expect(1);
        claims.expect(2);
        assertThat(claims.found(2)).isTrue();
        passTime();
        assertThat(claims.found(1)).isTrue();
        passTime();

        assertThat(waiting).isEmpty();
        assertThat(looks).hasSize(2);
        assertThat(claims.found(1)).isFalse();
    }

    @Test
    void looksSoonAgainForAnother() {
        claims.expect(1);
        passTime();
        passTime();
        claims.expect(2);

        assertThat(pauses).containsExactly(20L, 40L, 80L, 20L);
        waiting.remove(0).run();
        assertThat(looks).as("the look that was put off is not made").hasSize(2);
        passTime();
        assertThat(looks).hasSize(3);
        assertThat(pauses).endsWith(40L);
    }

    @Test
    void whatIsNotFoundIsStillExpected() {
        claims.expect(1);
        while (!waiting.isEmpty()) {
            passTime();
        }

        assertThat(claims.found(1)).isTrue();
        claims.expect(2);
        assertThat(pauses).endsWith(20L);
    }
}
