package dev.remora.examples;

import dev.remora.event.ExecutionEvent;
import dev.remora.model.Cause;
import dev.remora.model.Node;
import dev.remora.model.Status;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line for each node, drawn again in place on a terminal. */
final class RedrawnProgress implements Progress {
    private static final String ESCAPE = "\u001b[";
    private static final String NO_WRAP = ESCAPE + "?7l";
    private static final String WRAP = ESCAPE + "?7h";
    private static final String CLEAR_REST_OF_LINE = ESCAPE + "K";
    private static final String PLAIN = ESCAPE + "0m";

    private record Shown(Status status, int attempt, Optional<Cause> cause, Instant since, Duration took) {
        static final Shown FIRST = new Shown(Status.INIT, 0, Optional.empty(), Instant.EPOCH, Duration.ZERO);

        Shown next(ExecutionEvent.NodeChanged change) {
            Duration spent = status == Status.RUNNING ? Duration.between(since, change.at()) : took;
            return new Shown(change.to(), change.attempt(), change.cause(), change.at(), spent);
        }

        Duration time(Instant now) {
            return status == Status.RUNNING ? Duration.between(since, now) : took;
        }
    }

    private final PrintStream out;
    private final int nameWidth;
    private final Map<String, Shown> nodes = new LinkedHashMap<>();
    private boolean drawn;

    RedrawnProgress(PrintStream out, int nameWidth, List<Node> definition) {
        this.out = out;
        this.nameWidth = nameWidth;
        definition.forEach(node -> nodes.put(node.name(), Shown.FIRST));
    }

    @Override
    public synchronized void on(ExecutionEvent event) {
        if (event instanceof ExecutionEvent.NodeChanged change) {
            nodes.compute(change.node(), (name, shown) -> (shown == null ? Shown.FIRST : shown).next(change));
        }
    }

    @Override
    public synchronized void tick(Instant now) {
        StringBuilder picture = new StringBuilder(NO_WRAP);
        if (drawn) {
            picture.append(ESCAPE).append(nodes.size()).append('A');
        }
        nodes.forEach((name, shown) ->
                picture.append('\r').append(line(name, shown, now)).append(CLEAR_REST_OF_LINE + "\n"));
        out.print(picture.append(WRAP));
        out.flush();
        drawn = true;
    }

    private String line(String name, Shown shown, Instant now) {
        String attempt = shown.attempt() > 1 ? "  attempt " + shown.attempt() : "";
        String cause = shown.cause().map(one -> "  " + one).orElse("");
        String time = shown.attempt() == 0 ? "" : Printable.seconds(shown.time(now));
        String state = colour(shown.status()) + TextTable.pad(shown.status().toString(), 11) + PLAIN;
        return "  " + TextTable.pad(name, nameWidth) + "  " + state + String.format("  %9s", time) + attempt + cause;
    }

    private static String colour(Status status) {
        return ESCAPE
                + switch (status) {
                    case SUCCESS -> "32m";
                    case FAILED -> "31m";
                    case KILL, DEP_FAILED -> "33m";
                    case RUNNING -> "36m";
                    default -> "2m";
                };
    }
}
