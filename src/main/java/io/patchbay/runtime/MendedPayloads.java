package io.patchbay.runtime;

import io.patchbay.run.RunHistory;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;

/** Resolves failed payloads whose replay succeeded. */
record MendedPayloads(RunHistory history) implements RunListener {

    private static final System.Logger LOG = System.getLogger(MendedPayloads.class.getName());
    private static final String REPLAY = "replay";

    @Override
    public void ended(RunRecord record) {
        if (record.status() == RunStatus.SUCCEEDED && record.trigger().equals(REPLAY)) {
            history.mended(record.id()).exceptionally(failed -> {
                LOG.log(System.Logger.Level.WARNING, "a payload whose replay succeeded stays 'replayed'", failed);
                return null;
            });
        }
    }
}
