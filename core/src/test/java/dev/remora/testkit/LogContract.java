package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.remora.LogFollow;
import dev.remora.OnClose;
import dev.remora.Remora;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.model.Limit;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logs, as users read them. */
public abstract class LogContract extends EnginePart {
    private static final int LINES = 2_500;

    /** Creates the part. */
    protected LogContract() {}

    /** LOG writes some lines in each attempt, and fails in the first. */
    private static Remora.Builder logging(Remora.Builder builder) {
        return builder.java("LOG", JavaJob.of(context -> {
            for (int i = 0; i < LINES; i++) {
                context.log().line("attempt " + context.attempt() + " line " + i);
            }
            if (context.attempt() == 1) {
                throw new IllegalStateException("once");
            }
        }));
    }

    private static Workflow twoAttempts() {
        return flow(builder ->
                builder.node("a", "LOG", n -> n.retry(RetryPolicy.of(2).withBackoff(Duration.ZERO))));
    }

    private static LogPage read(Remora remora, LogRequest.Builder request) {
        return remora.logs().read(request.build());
    }

    private static LogRequest.Builder log(long execId) {
        return LogRequest.builder(execId + "-a");
    }

    @Test
    void pagesShowAllAttemptsInOrderEachMarked() {
        ManualRemora remora = manual(LogContract::logging);
        long execId = run(remora, twoAttempts());
        remora.settle();
        long first = read(remora, log(execId).attempt(1)).total();
        assertThat(first).as("lines of the first attempt, with the stack trace").isGreaterThan(LINES);
        long total = read(remora, log(execId)).total();
        assertThat(total).isEqualTo(first + LINES);

        long number = 0;
        while (number < total) {
            LogPage page = read(remora, log(execId).from(number).size(999));
            assertThat(page.total()).isEqualTo(total);
            assertThat(page.length()).isEqualTo((int) Math.min(999, total - number));
            for (LogLine line : page.lines()) {
                assertThat(line.number()).isEqualTo(number);
                assertThat(line.attempt()).isEqualTo(number < first ? 1 : 2);
                if (number < LINES || number >= first) {
                    long own = number < first ? number : number - first;
                    assertThat(line.text()).isEqualTo("attempt " + line.attempt() + " line " + own);
                }
                number++;
            }
        }
        assertThat(read(remora, log(execId).from(total)).lines()).isEmpty();
        assertThat(read(remora, log(execId).from(Long.MAX_VALUE)).lines()).isEmpty();
        assertThat(read(remora, log(execId)).length()).isEqualTo(LogRequest.DEFAULT_SIZE);
    }

    @Test
    void oneAttemptCanBeRead() {
        ManualRemora remora = manual(LogContract::logging);
        long execId = run(remora, twoAttempts());
        remora.settle();
        LogPage second = read(remora, log(execId).attempt(2).from(LINES - 1));
        assertThat(second.total()).isEqualTo(LINES);
        assertThat(second.content()).containsExactly("attempt 2 line " + (LINES - 1));
        LogPage unknown = read(remora, log(execId).attempt(3));
        assertThat(unknown.total()).isZero();
        assertThat(unknown.lines()).isEmpty();
    }

    @Test
    void searchesCountWhatTheyFind() {
        ManualRemora remora = manual(LogContract::logging);
        long execId = run(remora, twoAttempts());
        remora.settle();
        LogPage text = read(remora, log(execId).text("line 24").from(100).size(20));
        assertThat(text.total()).isEqualTo(2 * 111);
        assertThat(text.length()).isEqualTo(20);
        assertThat(text.lines()).extracting(LogLine::attempt).contains(1, 2);
        assertThat(read(remora, log(execId).text("LINE 24")).total()).isZero();
        assertThat(read(remora, log(execId).text("once").attempt(1)).total()).isPositive();
        assertThat(read(remora, log(execId).text("once").attempt(2)).total()).isZero();
        LogPage regex = read(remora, log(execId).regex("^attempt 2 .*(7|8)77$"));
        assertThat(regex.content())
                .containsExactly(
                        "attempt 2 line 777", "attempt 2 line 877", "attempt 2 line 1777", "attempt 2 line 1877");
        assertThat(read(remora, log(execId).text("")).total())
                .isEqualTo(read(remora, log(execId)).total());
    }

    @Test
    void aSearchThatTakesTooLongEnds() {
        ManualRemora remora = manual(builder -> builder.limit(Limit.LOG_SEARCH_TIME, 50)
                .java("LOG", JavaJob.of(context -> context.log().line("a".repeat(5_000) + "!"))));
        long execId = run(remora, flow(builder -> builder.node("a", "LOG")));
        remora.settle();
        assertThatThrownBy(() -> read(remora, log(execId).regex("(a+)+$")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("limit LOG_SEARCH_TIME is 50 ms");
        assertThat(read(remora, log(execId)).total()).isEqualTo(1);
    }

    @Test
    void badRequestsAreRefused() {
        ManualRemora remora = manual();
        long execId = run(remora, single());
        remora.settle();
        assertThat(problems(() -> read(remora, log(execId).from(-1))))
                .containsExactly("from: is -1; it must be at least 0");
        assertThat(problems(() -> read(remora, log(execId).size(0))))
                .containsExactly("size: is 0; it must be 1 to 1000");
        assertThat(problems(() -> read(remora, log(execId).size(1001)))).hasSize(1);
        assertThat(problems(() -> read(remora, log(execId).text("a").regex("b"))))
                .hasSize(1);
        assertThat(problems(() -> read(remora, log(execId).regex("("))))
                .singleElement()
                .asString()
                .startsWith("regex: ");
        for (String job :
                List.of("", "x", "1-", "-a", execId + "-b", (execId + 1) + "-a", execId + "a", "0" + execId + "-a")) {
            assertThatThrownBy(() -> remora.logs().read(LogRequest.of(job)))
                    .as(job)
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("no job " + job);
            assertThatThrownBy(() -> remora.logs().follow(job, 0, line -> {})).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void aNodeThatNeverRanHasAnEmptyLog() {
        ManualRemora remora = manual();
        long execId =
                run(remora, flow(builder -> builder.node("fails", "FAIL").node("a", "JOB", n -> n.after("fails"))));
        remora.settle();
        assertThat(read(remora, log(execId)).total()).isZero();
        assertThat(read(remora, log(execId)).lines()).isEmpty();
    }

    @Test
    void linesAreCutWhereTheyEndAndWhereTheyAreTooLong() {
        ManualRemora remora =
                manual(builder -> builder.limit(Limit.LOG_LINE_SIZE, 10).java("LOG", JavaJob.of(context -> {
                    byte[] bytes = "one\r\ntwo\n\nfour\rstill four\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    context.log().stream(bytes, 0, bytes.length, bytes.length);
                    context.log().line("x".repeat(25));
                    context.log().line("ä".repeat(7));
                    byte[] odd = {'o', (byte) 0xff, 'd'};
                    context.log().stream(odd, 0, odd.length, bytes.length + odd.length);
                })));
        long execId = run(remora, flow(builder -> builder.node("a", "LOG")));
        remora.settle();
        assertThat(read(remora, log(execId)).content())
                .containsExactly(
                        "one",
                        "two",
                        "",
                        "four\rstill",
                        " four",
                        "x".repeat(10),
                        "x".repeat(10),
                        "x".repeat(5),
                        "ääääää".substring(0, 5),
                        "ää",
                        "o\ufffdd");
    }

    @Test
    void whatIsTooLongIsLeftOutButWhatTheEngineSays() {
        ManualRemora remora =
                manual(builder -> builder.limit(Limit.LOG_SIZE, 10).java("LOG", JavaJob.of(context -> {
                    context.log().line("one");
                    context.log().line("two");
                    context.log().line("three");
                    context.log().line("4");
                    throw new IllegalStateException("on purpose");
                })));
        long execId = run(remora, flow(builder -> builder.node("a", "LOG")));
        remora.settle();
        List<String> lines = read(remora, log(execId)).content();
        assertThat(lines.subList(0, 2)).containsExactly("one", "two");
        assertThat(lines.get(2)).contains("longer than 10 bytes").contains("LOG_SIZE");
        assertThat(lines.get(3)).contains("on purpose");
        assertThat(lines).doesNotContain("three", "4");
    }

    @Test
    void aStreamThatIsTooLongEndsWithOneLineThatSaysSoAlsoInTheNextEngine() throws InterruptedException {
        Remora remora = engine(builder -> builder.limit(Limit.LOG_SIZE, 10));
        long execId = run(remora, single());
        ScriptedJobType.Job job = jobs.job("a");
        stream(job, "one\ntwo\n", 0);
        stream(job, "three\nfour\n", 8);
        stream(job, "five\n", 19);
        List<String> kept = List.of("one", "two", "th");
        assertThat(read(remora, log(execId)).content())
                .startsWith(kept.toArray(String[]::new))
                .hasSize(4);
        JobContext before = job.context();
        remora.close(Duration.ZERO, OnClose.LEAVE);

        Remora next = engine(fixture.open(), jobs.another(), builder -> builder.limit(Limit.LOG_SIZE, 10));
        until("the job is found", () -> job.context() != before);
        assertThat(job.context().log().streamPosition()).isEqualTo(19);
        stream(job, "five\nsix\n", 19);
        job.succeed();
        await(next, execId);
        List<String> lines = read(next, log(execId)).content();
        assertThat(lines).hasSize(4).startsWith(kept.toArray(String[]::new));
        assertThat(lines.get(3)).contains("LOG_SIZE");
    }

    private static void stream(ScriptedJobType.Job job, String text, long from) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        job.context().log().stream(bytes, 0, bytes.length, from + bytes.length);
    }

    @Test
    void codeThatWritesTooFastWaits() throws InterruptedException {
        Remora remora = engine(builder -> builder.limit(Limit.LOG_LINE_RATE, 50).java("LOG", JavaJob.of(context -> {
            for (int i = 0; i < 100; i++) {
                context.log().line("line " + i);
            }
        })));
        long begun = System.nanoTime();
        long execId = run(remora, flow(builder -> builder.node("a", "LOG")));
        await(remora, execId);
        // why: the first second's worth is free
        assertThat(System.nanoTime() - begun)
                .isGreaterThan(Duration.ofMillis(900).toNanos());
        assertThat(read(remora, log(execId)).total()).isEqualTo(100);
    }

    @Test
    void aLogIsReadWhileItsJobRuns() throws InterruptedException {
        Remora remora = engine();
        long execId = run(remora, single());
        jobs.job("a").context().log().line("half way");
        until("the line can be read", () -> read(remora, log(execId)).content().equals(List.of("half way")));
        jobs.job("a").context().log().line("done");
        jobs.job("a").succeed();
        await(remora, execId);
        assertThat(read(remora, log(execId)).content()).containsExactly("half way", "done");
    }

    @Test
    void followHearsEveryLineOverRetriesUntilTheNodeIsFinal() throws InterruptedException {
        Remora remora = engine();
        List<LogLine> heard = new CopyOnWriteArrayList<>();
        Workflow workflow = flow(builder -> builder.node(
                        "a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(Duration.ZERO)))
                .node("b", "JOB"));
        long execId = run(remora, workflow);
        ScriptedJobType.Job first = jobs.job(execId, "a", 1);
        first.context().log().line("before");
        try (LogFollow follow = remora.logs().follow(execId + "-a", 0, heard::add)) {
            until("the first line is heard", () -> heard.size() == 1);
            first.context().log().line("during");
            until("the second line is heard", () -> heard.size() == 2);
            first.fail("1");
            ScriptedJobType.Job second = jobs.job(execId, "a", 2);
            assertThat(follow.await(Duration.ofMillis(20))).isFalse();
            remora.executor().pause(execId);
            second.context().log().line("again");
            second.succeed();
            assertThat(follow.await(LIMIT))
                    .as("the end, while node b still runs")
                    .isTrue();
        }
        assertThat(heard)
                .extracting(LogLine::number, LogLine::attempt, LogLine::text)
                .containsExactly(tuple(0L, 1, "before"), tuple(1L, 1, "during"), tuple(2L, 2, "again"));
    }

    @Test
    void followBeginsAtALineAndCanBeClosedEarly() throws InterruptedException {
        Remora remora = engine();
        List<String> heard = new CopyOnWriteArrayList<>();
        long execId = run(remora, single());
        IntStream.range(0, 10).forEach(i -> jobs.job("a").context().log().line("line " + i));
        LogFollow follow = remora.logs().follow(execId + "-a", 7, line -> heard.add(line.text()));
        until("three lines are heard", () -> heard.size() == 3);
        follow.close();
        assertThat(follow.await(LIMIT)).isTrue();
        jobs.job("a").context().log().line("line 10");
        jobs.job("a").succeed();
        await(remora, execId);
        assertThat(heard).containsExactly("line 7", "line 8", "line 9");
        follow.close();
    }

    @Test
    void followOfAnEndedNodeHearsItsLogAndEnds() throws InterruptedException {
        Remora remora = engine(LogContract::logging);
        long execId = run(remora, twoAttempts());
        await(remora, execId);
        List<LogLine> heard = new CopyOnWriteArrayList<>();
        LogFollow follow = remora.logs().follow(execId + "-a", 0, heard::add);
        assertThat(follow.await(LIMIT)).isTrue();
        assertThat(heard).hasSize((int) read(remora, log(execId)).total());
    }

    @Test
    void aListenerThatThrowsHearsNoMoreAndHarmsNothing() throws InterruptedException {
        Remora remora = engine();
        long execId = run(remora, single());
        jobs.job("a").context().log().line("one");
        LogFollow follow = remora.logs().follow(execId + "-a", 0, line -> {
            throw new IllegalStateException("meant to fail");
        });
        assertThat(follow.await(LIMIT)).isTrue();
        jobs.job("a").succeed();
        assertThat(await(remora, execId).status()).isEqualTo(dev.remora.model.Status.SUCCESS);
    }

    @Test
    void aRerunGoesOnInTheSameLog() {
        ManualRemora remora = manual();
        long execId = run(remora, single());
        remora.settle();
        jobs.job("a").context().log().line("round 1");
        jobs.job("a").fail("1");
        remora.settle();
        remora.executor().rerun(RerunRequest.failedPart(execId));
        remora.settle();
        jobs.job("a").context().log().line("round 2");
        jobs.job("a").succeed();
        remora.settle();
        assertThat(read(remora, log(execId)).lines())
                .extracting(LogLine::number, LogLine::attempt, LogLine::text)
                .containsExactly(tuple(0L, 1, "round 1"), tuple(1L, 2, "round 2"));
    }
}
