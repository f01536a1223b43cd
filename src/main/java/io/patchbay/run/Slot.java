package io.patchbay.run;

/** The place of a run among those that work at one time. */
public interface Slot {

    /** Of a run that needs none. */
    Slot NONE = new Slot() {
        @Override
        public boolean leave() {
            return false;
        }

        @Override
        public void back(Runnable goOn) {
            goOn.run();
        }

        @Override
        public void cut() {}
    };

    /** Gives the place to others while the run waits; false when it is kept, because too many wait already. */
    boolean leave();

    /**
     * Gives the place to others until a run has ended that this one called: that one needs a place, so however many do so, it is
     * given. How many may call is bounded where they do.
     */
    default boolean lend() {
        return leave();
    }

    /** Does something on a thread that may work, when there is a place again. Only after {@link #leave} or {@link #lend} gave it up. */
    void back(Runnable goOn);

    /** The run is to come to its end: from now on it waits for no place. */
    void cut();
}
