package io.patchbay.run;

import io.patchbay.payload.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier part of a run wrote down.
 *
 * @param record its record as it was written last; null where there is none
 */
record EarlierPart(@Nullable RunRecord record) {

    private static final System.Logger LOG = System.getLogger(EarlierPart.class.getName());

    /** There was none. */
    static final EarlierPart NONE = new EarlierPart(null);

    /** That of a run that is taken up again. Where it cannot be read, the run begins its log anew and goes on all the same. */
    static EarlierPart of(String run, RunHistory history) {
        try {
            return new EarlierPart(history.run(run)
                    .filter(record -> record.startedAt() != null) // else it is the start that waits
                    .orElse(null));
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what run {0} wrote down before cannot be read: {1}",
                    run,
                    e.getMessage());
            return NONE;
        }
    }

    /** Begins the log and the requests of the run with those of the part before, and says why there is another part. */
    void goesOnIn(Run run) {
        if (record != null) {
            run.goesOnFrom(record);
        }
        if (run.identity().resumed() > (record == null ? 0 : record.resumed())) {
            run.log(null, LogLevel.WARN, "taken up again after the program ended while it ran");
        } else if (record != null && record.status() == RunStatus.RUNNING) {
            run.log(null, LogLevel.INFO, "taken up again after the program left it in order");
        }
    }
}
