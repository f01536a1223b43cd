package io.patchbay.connector.broker;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what clients of brokers throw into a sentence and a verdict on whether another try may do. */
public final class BrokerFailures {

    private final String shown;

    /** @param shown how people call the broker */
    public BrokerFailures(String shown) {
        this.shown = shown;
    }

    /** The broker does not take user and password or certificate. */
    public StepException refused(Throwable why) {
        return new StepException(
                Owner.REMOTE,
                "AUTH_FAILED",
                shown + " does not accept the user and password, or the certificate, of the instance",
                why);
    }

    /** The login is right, and may not do this. */
    public StepException denied(String what, Throwable why) {
        return new StepException(
                Owner.REMOTE,
                "NOT_PERMITTED",
                "cannot " + what + " at " + shown + ": the user of the instance has no permission",
                why);
    }

    /** There is no such destination. */
    public StepException missing(String what, @Nullable Throwable why) {
        return new StepException(
                Owner.REMOTE, "DESTINATION_NOT_FOUND", "cannot " + what + ": it is not there at " + shown, why);
    }

    /** The message is larger than the broker takes. */
    public StepException tooLarge(String what, Throwable why) {
        return new StepException(
                Owner.REMOTE,
                "MESSAGE_TOO_LARGE",
                "cannot " + what + " at " + shown + ": the message is larger than the broker takes",
                why);
    }

    /** No confirmation came in time: nobody knows whether the broker has the message. */
    public StepException unconfirmed(String what, @Nullable Throwable why) {
        return new StepException(
                Owner.REMOTE,
                "TIMEOUT",
                "cannot " + what + " at " + shown + ": the broker did not confirm in time",
                why,
                true,
                null);
    }

    /** Anything else; a failure of ours is handed on. */
    public StepException of(String what, Throwable thrown) {
        StepException step = find(thrown, StepException.class);
        if (step != null) {
            return step;
        }
        String code = "BROKER_FAILED";
        if (find(thrown, UnknownHostException.class) != null) {
            code = "UNKNOWN_HOST";
        } else if (find(thrown, SSLException.class) != null) {
            code = "TLS_FAILED";
        } else if (find(thrown, SocketTimeoutException.class) != null || find(thrown, TimeoutException.class) != null) {
            code = "TIMEOUT";
        } else if (find(thrown, java.io.IOException.class) != null) {
            code = "CONNECT_FAILED";
        }
        String hint = code.equals("TLS_FAILED")
                ? "; a certificate that is not publicly signed, or what it hangs on, is named by the instance (ca)"
                : "";
        return new StepException(
                Owner.REMOTE,
                code,
                "cannot " + what + " at " + shown + ": " + reason(thrown) + hint,
                thrown,
                true,
                null);
    }

    /** The innermost message that says something. */
    private static String reason(Throwable thrown) {
        String reason = thrown.getClass().getSimpleName();
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 10; depth++) {
            String message = one.getMessage();
            if (message != null && !message.isBlank()) {
                reason = message;
            }
            one = one.getCause();
        }
        return reason.length() > 300 ? reason.substring(0, 300) + "…" : reason;
    }

    /** What of a kind stands among the causes, or null. */
    public static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 10; depth++) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            one = one.getCause();
        }
        return null;
    }
}
