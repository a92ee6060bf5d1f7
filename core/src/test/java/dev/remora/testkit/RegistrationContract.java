package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.Status;
import dev.remora.spi.EngineStore.Registration;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an engine that lost its lease gets another, and how it does not. */
public abstract class RegistrationContract extends StoragePart {
    private static final ExecutionState RUNNING = Samples.state(Status.RUNNING);

    /** Creates this part. */
    protected RegistrationContract() {}

    private Registration again(Lease lost) {
        return first.engines().registerAgain(lost, LONG);
    }

    /** Lets another engine claim from a lease. */
    private void lose(Lease lease) {
        long execId = create(lease, Samples.submission());
        expire(lease);
        assertThat(second.executions().claim(two, 10)).contains(execId);
        assertThat(first.engines().renew(lease, LONG)).isFalse();
    }

    private void stands(Lease lease) {
        long execId = create(lease, Samples.submission());
        commit(lease, execId, RUNNING);
        assertThat(second.engines().renew(lease, LONG)).isTrue();
    }

    private void standsNot(Lease lease) {
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> first.executions().claim(lease, 1));
    }

    @Test
    void anEngineThatWasClaimedFromGetsANewLease() {
        lose(one);

        Registration answer = again(one);

        assertThat(answer.granted()).isTrue();
        assertThat(answer.lease().engine()).isEqualTo("one");
        assertThat(answer.lease().incarnation()).isGreaterThan(two.incarnation());
        stands(answer.lease());
        standsNot(one);
    }

    @Test
    void anEngineThatGaveItsLeaseUpGetsANewOne() {
        first.engines().release(one);

        Registration answer = again(one);

        assertThat(answer.granted()).isTrue();
        stands(answer.lease());
        standsNot(one);
    }

    @Test
    void aNewerIncarnationStandsInTheWay() {
        Lease newer = second.engines().register("one", LONG);

        assertThat(again(one)).isEqualTo(new Registration(newer, false));
        assertThat(again(one)).isEqualTo(new Registration(newer, false));

        stands(newer);
        standsNot(one);
    }

    @Test
    void aNewerIncarnationWhoseTimeIsUpDoesNot() {
        Lease newer = second.engines().register("one", LONG);
        long execId = create(newer, Samples.submission());
        expire(newer);

        Registration answer = again(one);

        assertThat(answer.granted()).isTrue();
        assertThat(answer.lease().incarnation()).isGreaterThan(newer.incarnation());
        stands(answer.lease());
        standsNot(newer);
        assertThat(second.engines().renew(newer, LONG)).isFalse();
        assertThat(first.executions().claim(answer.lease(), 10)).containsExactly(execId);
    }

    @Test
    void aNewerIncarnationThatLeftDoesNot() {
        Lease newer = second.engines().register("one", LONG);
        second.engines().release(newer);

        Registration answer = again(one);

        assertThat(answer.granted()).isTrue();
        stands(answer.lease());
    }

    @Test
    void theSameCallGivesTheSameLease() {
        lose(one);
        Lease granted = again(one).lease();

        assertThat(again(one)).isEqualTo(new Registration(granted, true));
        assertThat(second.engines().registerAgain(one, LONG)).isEqualTo(new Registration(granted, true));

        stands(granted);
    }

    @Test
    void theSameCallRenewsTheLease() {
        lose(one);
        Lease granted = first.engines().registerAgain(one, Duration.ofMillis(1)).lease();
        fixture.passTime(Duration.ofMillis(1));

        assertThat(again(one)).isEqualTo(new Registration(granted, true));

        stands(granted);
    }

    @Test
    void aGrantedLeaseThatIsLostIsNotGrantedAgain() {
        lose(one);
        Lease granted = again(one).lease();
        lose(granted);

        Registration answer = again(one);

        assertThat(answer.granted()).isTrue();
        assertThat(answer.lease().incarnation()).isGreaterThan(granted.incarnation());
        stands(answer.lease());
        standsNot(granted);
    }

    @Test
    void twoEnginesOfOneNameDoNotTakeTheLeaseFromEachOther() {
        Lease newer = second.engines().register("one", LONG);
        lose(newer);
        Lease back = again(one).lease();

        assertThat(second.engines().registerAgain(newer, LONG)).isEqualTo(new Registration(back, false));

        stands(back);
        first.engines().release(back);
        assertThat(second.engines().registerAgain(newer, LONG).granted()).isTrue();
    }

    @Test
    void aLeaseThatIsNotLostIsRenewed() {
        long execId = create();
        expire(one);

        assertThat(again(one)).isEqualTo(new Registration(one, true));

        commit(one, execId, RUNNING);
    }

    @Test
    void enginesOfOtherNamesAreLeftAlone() {
        long execId = create(two, Samples.submission());
        lose(one);

        again(one);

        commit(two, execId, RUNNING);
        assertThat(first.engines().renew(two, LONG)).isTrue();
    }

    @Test
    void aStartTakesOverAtOnceAllTheSame() {
        lose(one);
        Lease granted = again(one).lease();

        Lease started = second.engines().register("one", LONG);

        standsNot(granted);
        stands(started);
        assertThat(again(one)).isEqualTo(new Registration(started, false));
        assertThat(again(granted)).isEqualTo(new Registration(started, false));
    }
}
