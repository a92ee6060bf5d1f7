package dev.remora.spi;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What changes of a node while its execution goes. A node gets such a row when it first leaves its initial state; what
 * waiting nodes show follows from the rows of the others. Times are epoch milliseconds, 0 for none.
 *
 * @param node the place of the node in the definition, from 0
 * @param status INIT for a node that a rerun has set back, WAITING_RES for one that waits for its next attempt, RUNNING,
 *     or an end
 * @param cause why; of a RUNNING node, why it was told to stop
 * @param message what a job or the engine said of the cause, empty if nothing
 * @param round the round in which it last took part
 * @param attempt the number of the last attempt, over all rounds
 * @param failures how many attempts of this round have failed
 * @param losses how many attempts in a row were lost with their engine
 * @param startedAt when the last attempt started
 * @param endedAt when it ended
 * @param retryAt when the next attempt is due
 * @param token by which the job type finds the running job again, empty for none
 * @param appLinks ids or addresses of cluster applications
 * @param outputs what the successful attempt put out
 */
public record NodeState(
        int node,
        Status status,
        Optional<Cause> cause,
        String message,
        int round,
        int attempt,
        int failures,
        int losses,
        long startedAt,
        long endedAt,
        long retryAt,
        String token,
        List<String> appLinks,
        Map<String, String> outputs) {
    /**
     * Creates a state.
     *
     * @throws NullPointerException if a component is null
     */
    public NodeState {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(token, "token");
        appLinks = List.copyOf(appLinks);
        outputs = Map.copyOf(outputs);
    }
}
