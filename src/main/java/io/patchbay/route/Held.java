package io.patchbay.route;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a flow that runs whatever the flow's file says.
 *
 * @param flow the flow's id
 * @param revision the version
 * @param why why it is held
 * @param since from when on
 * @param by who wanted it so; null when nobody did
 * @param note what they said
 */
public record Held(
        String flow,
        String revision,
        Why why,
        Instant since,
        @Nullable String by,
        @Nullable String note) {

    /** Why a version is held. */
    public enum Why {
        /** Somebody went back to it. */
        ROLLBACK,
        /** The flow waits to be deployed, and this was deployed. */
        DEPLOY,
        /** It ran when the flow began to wait to be deployed. */
        PINNED;

        /** Whether it is held only as long as the flow's files wait to be deployed. */
        boolean onlyWhileManual() {
            return this != ROLLBACK;
        }
    }
}
