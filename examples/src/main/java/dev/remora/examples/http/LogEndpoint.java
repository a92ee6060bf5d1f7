package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.remora.LogReader;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** {@code GET /executors/{jobId}/logs}: lines of the log of one node. */
final class LogEndpoint {
    private static final Set<String> PARAMETERS = Set.of("from", "size", "query", "regex", "attempt", "marks");

    /** So few that those of the largest size allowed do not fill the heap. */
    private static final int LINES_AT_ONCE = 50;

    /** A search reads a whole log, and its page is held as a whole. */
    private static final int SEARCHES_AT_ONCE = 4;

    private final Semaphore searches = new Semaphore(SEARCHES_AT_ONCE);

    Reply answer(Request request) {
        Parameters parameters = request.query(PARAMETERS);
        LogReader logs = request.remora().logs();
        LogRequest.Builder lines = LogRequest.builder(request.variable(0));
        long from = parameters.number("from", 0, Integer.MAX_VALUE).orElse(0);
        int size = (int) parameters.number("size", 1, LogRequest.MAX_SIZE).orElse(LogRequest.DEFAULT_SIZE);
        boolean marks = parameters.flag("marks");
        parameters.number("attempt", 1, Integer.MAX_VALUE).ifPresent(number -> lines.attempt((int) number));
        parameters.text("query").ifPresent(lines::text);
        parameters.text("regex").ifPresent(lines::regex);
        boolean search =
                lines.build().text().isPresent() || lines.build().regex().isPresent();
        if (search) {
            LogPage page = search(logs, lines.from(from).size(size).build());
            return Reply.json(200, json -> new Writer(json, marks).write(page, page.length(), part -> page));
        }
        LogPage first =
                logs.read(lines.from(from).size(Math.min(size, LINES_AT_ONCE)).build());
        int length = (int) Math.max(0, Math.min(size, first.total() - from));
        return Reply.json(
                200,
                json -> new Writer(json, marks)
                        .write(
                                first,
                                length,
                                done -> logs.read(lines.from(from + done)
                                        .size(Math.min(length - done, LINES_AT_ONCE))
                                        .build())));
    }

    private LogPage search(LogReader logs, LogRequest lines) {
        if (!searches.tryAcquire()) {
            throw ProblemReply.unavailable("there are " + SEARCHES_AT_ONCE + " searches in logs already; try again");
        }
        try {
            return logs.read(lines);
        } finally {
            searches.release();
        }
    }

    /** Reads the lines behind those that are done. */
    private interface Rest {
        LogPage after(int done);
    }

    /** Writes a page bit by bit, so that never more than a small part of it is on the heap. */
    private record Writer(JsonGenerator json, boolean marks) {
        void write(LogPage first, int length, Rest rest) throws IOException {
            List<LogLine> mark = new ArrayList<>();
            json.writeStartObject();
            json.writeNumberField("total", first.total());
            json.writeNumberField("length", length);
            json.writeNumberField("took", first.tookMillis());
            json.writeArrayFieldStart("content");
            LogPage page = first;
            int done = 0;
            while (true) {
                for (LogLine line : page.lines()) {
                    json.writeString(line.text());
                    mark.add(new LogLine(line.number(), line.attempt(), ""));
                }
                done += page.length();
                if (done >= length || page.length() == 0) {
                    break;
                }
                page = rest.after(done);
            }
            json.writeEndArray();
            if (marks) {
                writeMarks(mark);
            }
            json.writeEndObject();
        }

        private void writeMarks(List<LogLine> lines) throws IOException {
            json.writeArrayFieldStart("numbers");
            for (LogLine line : lines) {
                json.writeNumber(line.number());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("attempts");
            for (LogLine line : lines) {
                json.writeNumber(line.attempt());
            }
            json.writeEndArray();
        }
    }
}
