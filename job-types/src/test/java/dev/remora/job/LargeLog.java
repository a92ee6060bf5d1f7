package dev.remora.job;

import dev.remora.Remora;
import dev.remora.model.Execution;
import dev.remora.model.Limit;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.storage.memory.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A program that runs a SHELL node that prints 1 GB, in its second attempt, and reads its log page by page, in a JVM of
 * its own with a small heap. Its argument is the work directory. It prints what took how long, and then {@code done}.
 */
final class LargeLog {
    private static final long LINES = 10_737_419;
    private static final int LINE_BYTES = 100;
    private static final int FIRST_ATTEMPT_LINES = 3;
    private static final String NEEDLE = "the needle";

    private static final String SCRIPT = """
            if [ "$REMORA_ATTEMPT" = 1 ]; then
              printf 'one\\ntwo\\nthree'
              exit 1
            fi
            awk 'BEGIN {
              rest = sprintf("%%%ds", "")
              gsub(" ", "x", rest)
              for (i = 0; i < %d; i++) printf "%%08d %%s\\n", i, rest
            }'
            echo '%s'
            """.formatted(LINE_BYTES - 10, LINES, NEEDLE);

    private final Remora remora;
    private String jobId = "";

    private LargeLog(Remora remora) {
        this.remora = remora;
    }

    public static void main(String[] args) throws InterruptedException {
        try (Remora remora = Remora.builder()
                .storage(
                        MemoryStorage.builder().spillDirectory(Path.of(args[0])).build())
                .jobType(new ShellJobType())
                .workDirectory(Path.of(args[0]))
                .limit(Limit.LOG_SEARCH_TIME, Duration.ofMinutes(5).toMillis())
                .start()) {
            LargeLog log = new LargeLog(remora);
            timed("written", log::write);
            timed("pages read", log::readPages);
            timed("pages of attempts read", log::readAttempts);
            timed("searched", log::search);
        }
        System.out.println("done");
        System.exit(0);
    }

    private interface Part {
        void run() throws InterruptedException;
    }

    private static void timed(String what, Part part) throws InterruptedException {
        long begun = System.nanoTime();
        part.run();
        System.out.println(
                what + " in " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }

    private void write() throws InterruptedException {
        ShellRuns runs = new ShellRuns(remora);
        Workflow workflow = Workflow.builder()
                .node(
                        "node",
                        ShellJobType.NAME,
                        node -> runs.script(SCRIPT)
                                .apply(node)
                                .retry(RetryPolicy.of(2).withBackoff(Duration.ofMillis(1))))
                .build();
        long execId = runs.submit(workflow);
        jobId = execId + "-node";
        Execution end = remora.query().await(execId, Duration.ofMinutes(5)).orElseThrow();
        check(end.status() == Status.SUCCESS, "execution ended " + end.status());
    }

    private void readPages() {
        long total = FIRST_ATTEMPT_LINES + LINES + 1;
        checkPage(LogRequest.builder(jobId), total, 0, 100);
        checkPage(LogRequest.builder(jobId).from(total / 2).size(1000), total, total / 2, 1000);
        checkPage(LogRequest.builder(jobId).from(total - 5).size(1000), total, total - 5, 5);
        checkPage(LogRequest.builder(jobId).from(total), total, total, 0);
    }

    private void checkPage(LogRequest.Builder request, long total, long from, int count) {
        LogPage page = remora.logs().read(request.build());
        check(page.total() == total, "total is " + page.total() + ", not " + total);
        List<LogLine> expected =
                LongStream.range(from, from + count).mapToObj(LargeLog::line).toList();
        check(page.lines().equals(expected), "page from " + from + " is " + page.lines());
    }

    /** What must stand at a place of the log. */
    private static LogLine line(long number) {
        if (number < FIRST_ATTEMPT_LINES) {
            return new LogLine(number, 1, List.of("one", "two", "three").get((int) number));
        }
        long ofAttempt = number - FIRST_ATTEMPT_LINES;
        String text = ofAttempt == LINES ? NEEDLE : "%08d ".formatted(ofAttempt) + "x".repeat(LINE_BYTES - 10);
        return new LogLine(number, 2, text);
    }

    private void readAttempts() {
        checkPage(LogRequest.builder(jobId).attempt(1), FIRST_ATTEMPT_LINES, 0, FIRST_ATTEMPT_LINES);
        LogPage page = remora.logs()
                .read(LogRequest.builder(jobId).attempt(2).from(LINES - 1).build());
        check(page.total() == LINES + 1, "total of attempt 2 is " + page.total());
        check(
                page.lines().equals(List.of(line(FIRST_ATTEMPT_LINES + LINES - 1), line(FIRST_ATTEMPT_LINES + LINES))),
                "the end of attempt 2 is " + page.lines());
        LogPage none = remora.logs().read(LogRequest.builder(jobId).attempt(3).build());
        check(none.total() == 0 && none.lines().isEmpty(), "attempt 3 has lines: " + none);
    }

    private void search() {
        LogPage late = remora.logs().read(LogRequest.builder(jobId).text(NEEDLE).build());
        check(late.total() == 1, "the needle is found " + late.total() + " times");
        check(late.lines().equals(List.of(line(FIRST_ATTEMPT_LINES + LINES))), "found " + late.lines());
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
