package io.patchbay.alert;

import io.patchbay.run.RunRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a flow that ended since it was last looked at.
 *
 * @param ended how many
 * @param failed how many of them failed, whole or in part
 * @param failure the last that failed
 * @param success the last that succeeded
 * @param works whether one succeeded behind the last that failed which was no replay: a replay says nothing but that its payload passes
 * @param failing whether the last of all failed
 * @param odd the last that had an unexpected number of records
 * @param odds how many had
 * @param usual whether the last of those that were counted had as many as usual
 */
record Tally(
        long ended,
        long failed,
        @Nullable Seen failure,
        @Nullable Seen success,
        boolean works,
        boolean failing,
        @Nullable Seen odd,
        long odds,
        @Nullable Boolean usual) {

    /**
     * A run.
     *
     * @param says why it failed, or how many records it had
     */
    record Seen(String run, Instant at, String says) {
        static Seen of(RunRecord run, Instant now, String says) {
            return new Seen(run.id(), run.endedAt() == null ? now : run.endedAt(), says);
        }
    }

    static Tally failed(Seen run) {
        return new Tally(1, 1, run, null, false, true, null, 0, null);
    }

    static Tally succeeded(Seen run, boolean replay) {
        return new Tally(1, 0, null, run, !replay, false, null, 0, null);
    }

    /** With the number of records that the run had. */
    Tally counting(Seen run, boolean asUsual) {
        return new Tally(
                ended, failed, failure, success, works, failing, asUsual ? null : run, asUsual ? 0 : 1, asUsual);
    }

    /** With what ended later. */
    Tally and(Tally later) {
        return new Tally(
                ended + later.ended,
                failed + later.failed,
                later.failure == null ? failure : later.failure,
                later.success == null ? success : later.success,
                later.works || (works && later.failed == 0),
                later.failing,
                later.odd == null ? odd : later.odd,
                odds + later.odds,
                later.usual == null ? usual : later.usual);
    }
}
