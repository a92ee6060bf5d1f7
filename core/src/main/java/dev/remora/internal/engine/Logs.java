package dev.remora.internal.engine;

import dev.remora.LogFollow;
import dev.remora.LogReader;
import dev.remora.error.NotFoundException;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.LogExtent;
import dev.remora.spi.LogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads logs chunk by chunk. */
final class Logs implements LogReader {
    private final EngineParts parts;

    Logs(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public LogPage read(LogRequest request) {
        long begun = System.nanoTime();
        JobId job = job(request.jobId());
        Span span = span(store().extents(job), request);
        LineFilter filter = LineFilter.of(request, parts.config().limit(Limit.LOG_SEARCH_TIME));
        LogPage page = filter.passesAll() ? page(job, span, request) : search(job, span, request, filter);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        return new LogPage(page.total(), page.lines(), took);
    }

    /** The lines that a request is about, before it searches: from, inclusive, to, exclusive. */
    private record Span(long from, long to) {}

    private static Span span(List<LogExtent> extents, LogRequest request) {
        if (request.attempt().isEmpty()) {
            long lines = extents.stream().mapToLong(LogExtent::lineCount).sum();
            return new Span(0, lines);
        }
        return extents.stream()
                .filter(extent -> extent.attempt() == request.attempt().getAsInt())
                .findFirst()
                .map(extent -> new Span(extent.firstLine(), extent.firstLine() + extent.lineCount()))
                .orElse(new Span(0, 0));
    }

    private LogPage page(JobId job, Span span, LogRequest request) {
        long total = span.to() - span.from();
        if (request.from() >= total) {
            return new LogPage(total, List.of(), 0);
        }
        long first = span.from() + request.from();
        long end = Math.min(span.to(), first + request.size());
        List<LogLine> lines = new ArrayList<>();
        new LineScan(store(), job).forEach(first, end, lines::add);
        return new LogPage(total, lines, 0);
    }

    private LogPage search(JobId job, Span span, LogRequest request, LineFilter filter) {
        List<LogLine> lines = new ArrayList<>();
        long[] found = {0};
        new LineScan(store(), job).forEach(span.from(), span.to(), line -> {
            if (filter.passes(line.text())) {
                if (found[0] >= request.from() && lines.size() < request.size()) {
                    lines.add(line);
                }
                found[0]++;
            }
        });
        return new LogPage(found[0], lines, 0);
    }

    @Override
    public LogFollow follow(String jobId, long fromLine, Consumer<LogLine> lines) {
        Follower follower = new Follower(parts, job(jobId), Math.max(0, fromLine), lines);
        follower.begin();
        return follower;
    }

    /** Makes sure that the job exists: its execution does, and has a node of that name. */
    private JobId job(String text) {
        JobId job = JobId.parse(text).orElseThrow(() -> NotFoundException.job(text));
        ExecutionRecord record =
                parts.storage().executions().find(job.execId()).orElseThrow(() -> NotFoundException.job(text));
        Prepared prepared = parts.definitions().of(record);
        if (prepared.definition().dag().number(job.node()).isEmpty()
                && store().extents(job).isEmpty()) {
            throw NotFoundException.job(text);
        }
        return job;
    }

    private LogStore store() {
        return parts.storage().logs();
    }
}
