package io.patchbay.route.plain;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.http.base.HttpOperationFailedException;

/** What a failure inside Camel steps means to the step of the flow. */
final class StepFailures {

    private static final int TOO_MANY_REQUESTS = 429;

    private StepFailures() {}

    static StepException of(Throwable thrown) {
        StepException own = CamelProblems.cause(thrown, StepException.class);
        if (own != null) {
            return own;
        }
        RefusedException refused = CamelProblems.cause(thrown, RefusedException.class);
        if (refused != null) {
            return new StepException(
                    Owner.AUTHOR, refused.refused().code(), refused.refused().what());
        }
        HttpOperationFailedException http = CamelProblems.cause(thrown, HttpOperationFailedException.class);
        if (http != null) {
            int status = http.getStatusCode();
            boolean again = status >= 500 || status == TOO_MANY_REQUESTS;
            return new StepException(
                    Owner.REMOTE, "HTTP_" + status, "the steps got the answer " + status, thrown, again, null);
        }
        if (CamelProblems.cause(thrown, TypeConversionException.class) != null) {
            // Camel's message holds the value.
            return new StepException(
                    Owner.AUTHOR, "CAMEL_FAILED", "the steps met a value that is not what they take it for", thrown);
        }
        boolean remote = CamelProblems.cause(thrown, IOException.class) != null
                || CamelProblems.cause(thrown, TimeoutException.class) != null
                || CamelProblems.cause(thrown, ExchangeTimedOutException.class) != null;
        return new StepException(
                remote ? Owner.REMOTE : Owner.AUTHOR,
                "CAMEL_FAILED",
                "the steps failed: " + CamelProblems.message(thrown),
                thrown,
                remote,
                null);
    }
}
