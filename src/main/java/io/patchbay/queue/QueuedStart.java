package io.patchbay.queue;

import java.time.Instant;

/**
 * A start as lists show it, without its body.
 *
 * @param id becomes the run's id
 * @param flow the flow's id
 * @param trigger what started it
 * @param priority which waiting start goes first
 * @param queuedAt when it was accepted
 * @param size of its body in bytes
 * @param crashes how often the program ended while it ran
 * @param state how it stands
 */
public record QueuedStart(
        String id,
        String flow,
        String trigger,
        Priority priority,
        Instant queuedAt,
        long size,
        int crashes,
        State state) {

    /** How a start stands. */
    public enum State {
        /** It waits for its turn. */
        WAITING('Q'),
        /** A process runs it. */
        CLAIMED('C'),
        /** It was running too often when the program died; someone has to look at it. */
        QUARANTINED('X');

        private final String column;

        State(char column) {
            this.column = String.valueOf(column);
        }

        /** How the database spells it. */
        String column() {
            return column;
        }

        /** What the database spells so. */
        static State of(String column) {
            for (State state : values()) {
                if (state.column.equals(column)) {
                    return state;
                }
            }
            throw new IllegalStateException("a start has the unknown state '" + column + "'");
        }
    }
}
