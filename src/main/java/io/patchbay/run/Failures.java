package io.patchbay.run;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns whatever a shape's work throws into a failure with a sentence. */
final class Failures {

    private Failures() {}

    static StepException of(Throwable thrown) {
        Throwable cause = thrown;
        String what = "";
        for (int depth = 0; depth < 10; depth++) {
            if (cause instanceof StepException step) {
                return step;
            }
            if (what.isEmpty() && cause instanceof UncheckedIOException && cause.getMessage() != null) {
                what = cause.getMessage() + ": ";
            }
            Throwable next = cause.getCause();
            if (next == null) {
                break;
            }
            cause = next;
        }
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            return new StepException(Owner.REMOTE, "IO", what + sentence(cause), thrown, true, null);
        }
        return new StepException(Owner.INTERNAL, "INTERNAL", sentence(cause), thrown);
    }

    private static String sentence(Throwable cause) {
        String message = cause.getMessage();
        String kind = cause.getClass().getSimpleName();
        return message == null || message.isBlank() ? "an unexpected " + kind : message + " (" + kind + ")";
    }
}
