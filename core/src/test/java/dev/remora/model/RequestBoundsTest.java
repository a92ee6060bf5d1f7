package dev.remora.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBoundsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
    void badSizes(int size) {
        String problem = "size: is " + size + "; it must be 1 to 1000";
        refused(() -> ExecutionFilter.builder().size(size).build(), problem);
        refused(() -> LogRequest.builder("1-a").size(size).build(), problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1000})
    void goodSizes(int size) {
        assertThat(ExecutionFilter.builder().size(size).build().size()).isEqualTo(size);
        assertThat(LogRequest.builder("1-a").size(size).build().size()).isEqualTo(size);
    }

    @Test
    void offsetsAreNotNegative() {
        refused(() -> ExecutionFilter.builder().from(-1).build(), "from: is -1; it must be at least 0");
        refused(() -> LogRequest.builder("1-a").from(-1).build(), "from: is -1; it must be at least 0");
        assertThat(ExecutionFilter.builder().from(Long.MAX_VALUE).build().from())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(LogRequest.builder("1-a").from(Long.MAX_VALUE).build().from())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anIntervalIsNotUpsideDown() {
        refused(
                () -> ExecutionFilter.builder()
                        .submittedFrom(NOON.plusNanos(1))
                        .submittedTo(NOON)
                        .build(),
                "submittedFrom: 2026-11-22T12:00:00.000000001Z is after submittedTo 2026-11-22T12:00:00Z");
        assertThatNoException()
                .isThrownBy(() -> ExecutionFilter.builder()
                        .submittedFrom(NOON)
                        .submittedTo(NOON)
                        .build());
    }

    @Test
    void aFilterOfItselfLetsEverythingPass() {
        ExecutionFilter all = ExecutionFilter.builder().build();
        assertThat(all.from()).isZero();
        assertThat(all.size()).isEqualTo(100);
        assertThat(all.workflows()).isEmpty();
        assertThat(all.statuses()).isEmpty();
        assertThat(all.types()).isEmpty();
    }

    @Test
    void aLogIsSearchedForOneThing() {
        refused(
                () -> LogRequest.builder("1-a").text("x").regex("y").build(),
                "text: is given beside regex; a search takes one of them");
        assertThat(LogRequest.builder("1-a").text("").build().text()).isEmpty();
    }

    @Test
    void aRerunFromANodeNamesIt() {
        refused(
                () -> new RerunRequest(1, RerunRequest.Scope.FROM_NODE, Optional.empty(), false),
                "fromNode: is missing; scope FROM_NODE needs it");
        refused(
                () -> new RerunRequest(1, RerunRequest.Scope.ALL, Optional.of("a"), false),
                "fromNode: is given with scope ALL; only FROM_NODE takes it");
        assertThat(RerunRequest.fromNode(1, "a").withLatestDefinition())
                .isEqualTo(new RerunRequest(1, RerunRequest.Scope.FROM_NODE, Optional.of("a"), true));
    }

    private static void refused(ThrowingCallable call, String problem) {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(call)
                .satisfies(error -> assertThat(error.problems())
                        .extracting(Problem::toString)
                        .containsExactly(problem));
    }
}
