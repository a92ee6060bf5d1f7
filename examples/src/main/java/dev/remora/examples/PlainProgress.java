package dev.remora.examples;

import dev.remora.event.ExecutionEvent;
import dev.remora.model.Status;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** One line for each change that a person cares for, never taken back: fit for a file or a build log. */
final class PlainProgress implements Progress {
    private final PrintStream out;
    private final int nameWidth;
    private volatile Instant begin = Instant.MIN;

    PlainProgress(PrintStream out, int nameWidth) {
        this.out = out;
        this.nameWidth = nameWidth;
    }

    @Override
    public void on(ExecutionEvent event) {
        if (event instanceof ExecutionEvent.Submitted submitted) {
            begin = submitted.at();
            out.println("execution " + submitted.execId() + " of " + submitted.workflow());
        } else if (event instanceof ExecutionEvent.NodeChanged change && shown(change)) {
            String attempt = change.attempt() == 0 ? "" : "  attempt " + change.attempt();
            String cause = change.cause().map(one -> "  " + one).orElse("");
            String time = Printable.seconds(Duration.between(begin, change.at()));
            out.println(String.format("%10s  ", time)
                    + TextTable.pad(change.node(), nameWidth)
                    + "  "
                    + TextTable.pad(change.to().toString(), 11)
                    + attempt
                    + cause);
        }
    }

    @Override
    public void tick(Instant now) {}

    private static boolean shown(ExecutionEvent.NodeChanged change) {
        boolean waitsForNextAttempt = change.to() == Status.WAITING_RES && change.attempt() > 0;
        return change.to() == Status.RUNNING || change.to().isFinal() || waitsForNextAttempt;
    }
}
