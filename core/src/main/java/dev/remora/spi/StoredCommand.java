package dev.remora.spi;

import java.util.Objects;

/**
 * A command that waits for the owner of its execution.
 *
 * @param id increasing
 * @param execId the execution
 * @param command what is wanted
 */
public record StoredCommand(long id, long execId, Command command) {
    /**
     * Creates a stored command.
     *
     * @throws NullPointerException if the command is null
     */
    public StoredCommand {
        Objects.requireNonNull(command, "command");
    }
}
