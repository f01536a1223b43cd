package io.patchbay.connector;

import org.jspecify.annotations.Nullable;

/** Which instances are called by no flow for a while: because an operator wants it so, or because the system is down. */
public interface Pausing {

    /** No instance ever is. */
    Pausing NONE = new Pausing() {
        @Override
        public @Nullable String why(String instance) {
            return null;
        }

        @Override
        public void unreachable(String instance, int inARow, String sentence) {}

        @Override
        public void answered(String instance) {}
    };

    /** A sentence that says why the instance is paused; null when it is not. Quick: it is asked before each call. */
    @Nullable
    String why(String instance);

    /**
     * Calls found that no answer of the system comes back.
     *
     * @param inARow how many, with none between them that was answered
     * @param sentence what the last one met, without secrets
     */
    void unreachable(String instance, int inARow, String sentence);

    /** The system answers again. */
    void answered(String instance);
}
