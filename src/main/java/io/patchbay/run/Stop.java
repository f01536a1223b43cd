package io.patchbay.run;

/**
 * Why a run does nothing further.
 *
 * @param status how it ended; running or queued when it did not end, and goes on later
 * @param reason one sentence for people
 */
record Stop(RunStatus status, String reason) {

    /** The program ends before the run. */
    static final Stop SUSPENDED = new Stop(RunStatus.RUNNING, "the program was told to stop");

    boolean goesOnLater() {
        return status == RunStatus.RUNNING || status == RunStatus.QUEUED;
    }
}
