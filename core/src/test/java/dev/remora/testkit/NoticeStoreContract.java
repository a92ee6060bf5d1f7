package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Notice;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** The notices. */
public abstract class NoticeStoreContract extends StoragePart {
    private static final ExecutionState END = Samples.state(Status.FAILED);

    /** Creates this part. */
    protected NoticeStoreContract() {}

    private long end() {
        long execId = create();
        tell(execId, END);
        return execId;
    }

    private void tell(long execId, ExecutionState end) {
        first.executions()
                .commit(one, List.of(new ExecutionChange(execId, end, true, List.of(), false, Optional.of(end))));
    }

    @Test
    void comesWithTheCommitOfAnEnd() {
        long execId = end();

        List<Notice> taken = second.notices().take(100, 200, 10);

        assertThat(taken)
                .extracting(Notice::execId, Notice::end, Notice::tries)
                .containsExactly(Tuple.tuple(execId, END, 0));
        assertThat(taken.get(0).dueAt()).isLessThanOrEqualTo(100);
    }

    @Test
    void aCommitWithoutOneAddsNone() {
        createFinal();

        assertThat(second.notices().take(Long.MAX_VALUE, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void comesWithTheEndOfWhatWasHeld() {
        Samples.saveFor(first, Samples.submission());
        ExecutionState held = ExecutionState.accepted(1).held(Status.WAITING_DEP, 0, 9);
        long execId = Samples.create(first, one, List.of(new NewExecution(Samples.submission(), held)))
                .get(0);
        ExecutionState failed = held.ended(Status.DEP_FAILED, Cause.WAIT_TIMEOUT, 10);
        first.executions().changeHeld(one, List.of(new HeldChange(execId, held, failed, Optional.of(failed))));

        assertThat(second.notices().take(100, 200, 10)).extracting(Notice::end).containsExactly(failed);
    }

    @Test
    void comesWithAnExecutionThatNeverRan() {
        Samples.saveFor(first, Samples.submission());
        ExecutionState failed = ExecutionState.accepted(1).ended(Status.FAILED, Cause.BAD_PARAMETER, 10);
        Samples.create(first, one, List.of(new NewExecution(Samples.submission(), failed, Optional.of(failed))));

        assertThat(second.notices().take(100, 200, 10)).extracting(Notice::end).containsExactly(failed);
    }

    @Test
    void theSameEndStoredTwiceAddsOne() {
        long execId = end();
        tell(execId, END);
        Notice notice = second.notices().take(100, 200, 10).get(0);
        assertThat(second.notices().take(199, 300, 10)).isEmpty();

        second.notices().done(notice);
        assertThat(first.notices().take(Long.MAX_VALUE, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void eachRoundHasItsOwn() {
        long execId = end();
        ExecutionState later = new ExecutionState(Status.KILL, Optional.empty(), 1, 2, 1, 2, 3, 0, 0);
        tell(execId, later);

        assertThat(second.notices().take(100, 200, 10)).extracting(Notice::end).containsExactly(END, later);
    }

    @Test
    void whatIsTakenIsSetAside() {
        end();
        assertThat(first.notices().take(100, 200, 10)).hasSize(1);

        assertThat(second.notices().take(199, 300, 10)).isEmpty();
        assertThat(second.notices().take(200, 300, 10)).hasSize(1);
    }

    @Test
    void isTriedAgainWhenItIsDue() {
        Notice notice = noticeOf(end());
        Notice next = new Notice(notice.execId(), notice.end(), 3, 5_000);
        first.notices().retry(next);

        assertThat(second.notices().take(4_999, 9_000, 10)).isEmpty();
        assertThat(second.notices().take(5_000, 9_000, 10)).containsExactly(next);
    }

    private Notice noticeOf(long execId) {
        Notice notice = first.notices().take(100, 200, 10).get(0);
        assertThat(notice.execId()).isEqualTo(execId);
        return notice;
    }

    @Test
    void whatIsDoneIsGone() {
        Notice notice = noticeOf(end());
        second.notices().done(notice);
        first.notices().retry(notice);
        first.notices().done(notice);

        assertThat(second.notices().take(Long.MAX_VALUE, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void givesTheEarliestAndNoMoreThanAskedFor() {
        for (int i = 0; i < 5; i++) {
            Notice notice = noticeOf(end());
            first.notices().retry(new Notice(notice.execId(), notice.end(), 1, 1_000 - i));
        }

        assertThat(second.notices().take(2_000, 3_000, 2))
                .extracting(Notice::dueAt)
                .containsExactly(996L, 997L);
        assertThat(second.notices().take(2_000, 3_000, 10))
                .extracting(Notice::dueAt)
                .containsExactly(998L, 999L, 1_000L);
    }

    @Test
    void goesWithItsExecution() {
        long execId = end();
        Samples.purge(first, List.of(execId));

        assertThat(second.notices().take(Long.MAX_VALUE, Long.MAX_VALUE, 10)).isEmpty();
    }
}
