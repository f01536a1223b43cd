package io.patchbay.run;

/** Told when runs end; must return at once. */
public interface RunListener {

    /** A run ended and its outcome is synced. */
    void ended(RunRecord record);
}
