package io.patchbay.queue;

/** Which waiting start goes first. */
public enum Priority {
    /** Before all others. */
    HIGHEST(0),
    /** Before regular ones. */
    HIGH(1),
    /** The default. */
    REGULAR(2),
    /** After regular ones. */
    LOW(3),
    /** After all others. */
    LOWEST(4);

    private final int steps;

    Priority(int steps) {
        this.steps = steps;
    }

    /** How many steps below the highest; this is what the database keeps. */
    int steps() {
        return steps;
    }

    /** The priority so many steps below the highest. */
    static Priority of(int steps) {
        for (Priority priority : values()) {
            if (priority.steps == steps) {
                return priority;
            }
        }
        throw new IllegalStateException("there is no priority " + steps + " steps below the highest");
    }
}
