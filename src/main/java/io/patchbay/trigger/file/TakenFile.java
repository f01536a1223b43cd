package io.patchbay.trigger.file;

/**
 * A file that was taken, or is being taken.
 *
 * @param file as it was then
 * @param run id of its start and run
 * @param state how far it came
 * @param tries how often it could not be read
 */
record TakenFile(Arrived file, String run, State state, int tries) {

    /** How far a file came. */
    enum State {
        /** Its start may or may not be written: it is written again, with the same id. */
        TAKING("T"),
        /** Its start is written. */
        STARTED("R"),
        /** Its run succeeded. */
        SUCCEEDED("S"),
        /** Its run did not, or it cannot be taken. */
        FAILED("F"),
        /** Nothing is known of its run any more. */
        LOST("L"),
        /** Its run has ended, and it was marked as seen. */
        SEEN("M");

        private final String column;

        State(String column) {
            this.column = column;
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
            throw new IllegalStateException("a taken file has the unknown state '" + column + "'");
        }
    }

    TakenFile in(State other) {
        return new TakenFile(file, run, other, tries);
    }

    TakenFile triedAgain() {
        return new TakenFile(file, run, state, tries + 1);
    }

    /** Whether this is that file, and not one that came later under its name. */
    boolean is(Arrived other) {
        return file.equals(other);
    }
}
