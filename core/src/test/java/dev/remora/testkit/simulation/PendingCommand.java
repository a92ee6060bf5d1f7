package dev.remora.testkit.simulation;

import dev.remora.spi.Command;

/** A command that a user has given, and that may still take effect until it is known to have done so. */
final class PendingCommand {
    private final Command command;
    private final int mark;
    private final long begin;
    private long end = Long.MAX_VALUE;

    /**
     * @param mark how many states of the execution had been stored
     * @param begin a number that grows with each event
     */
    PendingCommand(Command command, int mark, long begin) {
        this.command = command;
        this.mark = mark;
        this.begin = begin;
    }

    Command command() {
        return command;
    }

    int mark() {
        return mark;
    }

    void end(long at) {
        end = at;
    }

    /** Whether this one may have undone what the other did. */
    boolean contradicts(PendingCommand other) {
        return command.getClass() != other.command.getClass() && end >= other.begin;
    }
}
