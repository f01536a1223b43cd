package io.patchbay.connector.limit;

/** Nothing goes out for a while, because the system asked for it. */
final class Pause extends Limit {

    /** Read without the lock by those who are under no other limit. */
    private volatile boolean paused;

    private long until;

    /** Lets nobody out until then, unless it is later already. */
    void until(long time) {
        if (!paused || time - until > 0) {
            until = time;
            paused = true;
        }
    }

    boolean mayHold() {
        return paused;
    }

    boolean holds(long now) {
        if (paused && until - now <= 0) {
            paused = false;
        }
        return paused;
    }

    @Override
    long untilFree(int weight, long now) {
        return holds(now) ? until - now : 0;
    }

    @Override
    int most() {
        return Integer.MAX_VALUE;
    }
}
