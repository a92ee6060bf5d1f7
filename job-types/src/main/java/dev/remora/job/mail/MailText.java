package dev.remora.job.mail;

import dev.remora.model.Execution;
import dev.remora.model.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a mail says: who, what, when, which nodes failed, and the last lines of their logs. */
final class MailText {
    private static final int LONGEST_LINE = 1_000;

    /** A line of the table at the top. */
    private record Fact(String name, String value) {}

    private MailText() {}

    static String subject(Notification notification) {
        Execution run = notification.execution();
        return line(run.status() + ": " + run.project() + "/" + run.workflow() + ", run " + run.execId() + " of "
                + run.submitUser());
    }

    /** A text on one line: what would end a line, or do worse in a header, becomes a blank. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST_LINE));
        text.codePoints()
                .limit(LONGEST_LINE)
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    private static List<Fact> facts(Notification notification) {
        Execution run = notification.execution();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Execution", Long.toString(run.execId())));
        facts.add(new Fact("Workflow", run.project() + "/" + run.workflow() + ", version " + run.version()));
        facts.add(new Fact(
                "Status", run.status() + run.cause().map(cause -> ", " + cause).orElse("")));
        facts.add(new Fact("Type", run.type().toString()));
        facts.add(new Fact("Round", Integer.toString(run.round())));
        facts.add(new Fact("User", line(run.submitUser())));
        facts.add(new Fact("Owner", line(run.owner())));
        facts.add(new Fact("Schedule time", run.scheduleTime().toString()));
        facts.add(new Fact("Submitted", run.submitTime().toString()));
        facts.add(new Fact("Started", time(run.startTime())));
        facts.add(new Fact("Ended", time(run.endTime())));
        facts.add(new Fact("Duration", run.duration().map(Duration::toString).orElse("-")));
        return facts;
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("-");
    }

    private static String head(Notification.FailedNode node) {
        return "Node " + node.name() + ", attempt " + node.attempt()
                + node.cause().map(cause -> ", " + cause).orElse("")
                + (node.message().isEmpty() ? "" : ": " + line(node.message()));
    }

    private static Optional<String> more(Notification notification) {
        int more = notification.failedCount() - notification.failed().size();
        return more > 0 ? Optional.of(more + " more nodes failed.") : Optional.empty();
    }

    static String text(Notification notification) {
        StringBuilder text = new StringBuilder();
        facts(notification)
                .forEach(fact -> text.append(fact.name())
                        .append(": ")
                        .append(fact.value())
                        .append('\n'));
        for (Notification.FailedNode node : notification.failed()) {
            text.append('\n').append(head(node)).append('\n');
            text.append("Log ").append(node.jobId()).append(":\n");
            node.lastLines()
                    .forEach(line -> text.append("  ").append(line(line)).append('\n'));
        }
        more(notification).ifPresent(line -> text.append('\n').append(line).append('\n'));
        return text.toString();
    }

    static String html(Notification notification) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html><body><table>");
        facts(notification)
                .forEach(fact -> html.append("<tr><th align=\"left\">")
                        .append(escaped(fact.name()))
                        .append("</th><td>")
                        .append(escaped(fact.value()))
                        .append("</td></tr>"));
        html.append("</table>");
        for (Notification.FailedNode node : notification.failed()) {
            html.append("<h3>").append(escaped(head(node))).append("</h3><p>Log ");
            html.append(escaped(node.jobId())).append("</p><pre>");
            node.lastLines().forEach(line -> html.append(escaped(line(line))).append('\n'));
            html.append("</pre>");
        }
        more(notification).ifPresent(line -> html.append("<p>").append(line).append("</p>"));
        return html.append("</body></html>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
