package io.patchbay.connector.limit;

/**
 * What this runtime may use of a limit that other runtimes use too. It is lent for a time, and without a word to the database
 * it ends by our own clock before it ends by the database's. Used under the lock of the limit's turns.
 */
final class Share {

    private final Runnable first;
    private final long idle;
    private boolean given;
    private long until;
    private boolean wanted;
    private long wantedAt;
    private int need = 1;
    int units;

    /**
     * A share that nothing has been given of.
     *
     * @param first is told when it is wanted and was not before; it must not work
     * @param idle how long after it was wanted last it is given back, in nanoseconds
     */
    Share(Runnable first, long idle) {
        this.first = first;
        this.idle = idle;
    }

    void wanted(int weight, long now) {
        need = Math.max(need, weight);
        boolean before = wanted;
        wanted = true;
        wantedAt = now;
        if (!before) {
            first.run();
        }
    }

    boolean holds(long now) {
        given = given && until - now > 0;
        return given;
    }

    boolean isWanted(long now) {
        if (wanted && now - wantedAt > idle) {
            wanted = false;
            need = 1;
        }
        return wanted;
    }

    int need() {
        return need;
    }

    void give(int granted, long end) {
        units = granted;
        until = end;
        given = true;
    }

    /** Ends at once: what is not lent is not used. */
    void end() {
        given = false;
        units = 0;
    }
}
