package io.patchbay.ops.settings;

import io.patchbay.store.StoreCannotOpenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a start that finds no usable data folder end with a sentence in place of a stack trace. */
final class StoreCannotOpen extends AbstractFailureAnalyzer<StoreCannotOpenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreCannotOpenException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Is another Patchbay running on this home folder? May its user write there? Is the database up?",
                cause);
    }
}
