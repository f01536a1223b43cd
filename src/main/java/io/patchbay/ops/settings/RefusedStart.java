package io.patchbay.ops.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a refused start end with its messages in place of a stack trace. */
final class RefusedStart extends AbstractFailureAnalyzer<RefusedSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefusedSettingsException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
