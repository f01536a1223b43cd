package io.patchbay.ops.settings;

import io.patchbay.secret.SealException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a start with a key that cannot be used end with a sentence in place of a stack trace. */
final class KeyRefused extends AbstractFailureAnalyzer<SealException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SealException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
