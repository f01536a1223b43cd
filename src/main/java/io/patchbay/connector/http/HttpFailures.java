package io.patchbay.connector.http;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.Spill;
import io.patchbay.outbound.ProxyFailure;
import io.patchbay.outbound.RefusedHost;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.RedirectException;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/** Turns what the client throws into a sentence and a verdict on whether another try may do. */
final class HttpFailures {

    private final String host;
    private final Duration timeout;
    private final Duration connectTimeout;
    private final long most;

    HttpFailures(String host, Duration timeout, Duration connectTimeout, long most) {
        this.host = host;
        this.timeout = timeout;
        this.connectTimeout = connectTimeout;
        this.most = most;
    }

    /** Failures of a request to this host. */
    HttpFailures at(String other) {
        return other.equals(host) ? this : new HttpFailures(other, timeout, connectTimeout, most);
    }

    StepException of(Exception thrown, boolean cancelled) {
        if (cancelled || thrown instanceof RequestFailedException) {
            return new StepException(Owner.LIMIT, "CANCELLED", "the request was given up", thrown);
        }
        if (thrown instanceof WireCall.Held held) {
            return held.why();
        }
        if (thrown instanceof ReplyReader.NotReadable unreadable) {
            return failure(
                    Owner.REMOTE, unreadable.code(), message(unreadable), unreadable.cut(), unreadable.getCause());
        }
        if (thrown instanceof BoundedStream.TooLarge) {
            return failure(
                    Owner.LIMIT,
                    "ANSWER_TOO_LARGE",
                    "the answer of " + host + " has more than " + most + " bytes (requester.maxResponse)",
                    false,
                    null);
        }
        if (thrown instanceof RefusedHost) {
            return failure(Owner.AUTHOR, "HOST_NOT_ALLOWED", message(thrown), false, null);
        }
        if (thrown instanceof ProxyFailure proxy) {
            return failure(
                    Owner.REMOTE,
                    "PROXY_FAILED",
                    "no connection to " + host + ": " + message(thrown),
                    proxy.passing(),
                    null);
        }
        if (thrown instanceof NtlmLogin.BadChallenge) {
            return failure(
                    Owner.REMOTE,
                    "BAD_CHALLENGE",
                    host
                            + " asks for an NTLM login with a message that is none; look whether something in between"
                            + " answers",
                    false,
                    thrown);
        }
        if (thrown instanceof Spill.Failed) {
            return failure(Owner.INTERNAL, "SPILL_FAILED", message(thrown), true, thrown);
        }
        if (thrown instanceof IOException io) {
            return io(io);
        }
        return new StepException(Owner.INTERNAL, "INTERNAL", "the request to " + host + " could not be made", thrown);
    }

    private StepException io(IOException thrown) {
        if (thrown instanceof ConnectTimeoutException) {
            return retry(
                    "CONNECT_TIMEOUT", host + " took no connection within " + Durations.format(connectTimeout), thrown);
        }
        if (thrown instanceof ConnectionRequestTimeoutException) {
            return retry("NO_CONNECTION", "all connections of the instance to " + host + " are in use", thrown);
        }
        if (thrown instanceof BoundedStream.TooSlow) {
            return retry(
                    "TIMEOUT",
                    "the answer of " + host + " did not come to its end in time (requester.timeout)",
                    thrown);
        }
        if (thrown instanceof InterruptedIOException) { // SocketTimeoutException among them
            return retry(
                    "TIMEOUT",
                    "no answer from " + host + " within " + Durations.format(timeout) + " (requester.timeout)",
                    thrown);
        }
        if (thrown instanceof UnknownHostException) {
            return retry(
                    "UNKNOWN_HOST",
                    "host '" + host
                            + "' is not known: look for a slip in requester.baseUrl and the instance's settings",
                    thrown);
        }
        if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
            return retry(
                    "CONNECT_FAILED",
                    host + " takes no connection: nothing listens at this port, or something in between refuses",
                    thrown);
        }
        if (thrown instanceof MessageConstraintException) {
            String what =
                    "a header of the answer of " + host + " is longer than 64 KB, or it has more than 300 of them";
            return failure(Owner.LIMIT, "ANSWER_TOO_LARGE", what, false, thrown);
        }
        if (thrown instanceof SSLException secure) {
            return failure(Owner.REMOTE, "TLS_FAILED", TlsFailures.sentence(host, secure), false, thrown);
        }
        if (thrown instanceof NoHttpResponseException) {
            return retry("NO_ANSWER", host + " closed the connection without an answer", thrown);
        }
        if (thrown instanceof ConnectionClosedException
                || thrown instanceof TruncatedChunkException
                || thrown instanceof MalformedChunkCodingException) {
            return retry("TRUNCATED", "the answer of " + host + " ended too early: " + message(thrown), thrown);
        }
        if (thrown instanceof ClientProtocolException && thrown.getCause() instanceof RedirectException) {
            // without the cause, whose message has whole addresses
            return failure(Owner.REMOTE, "REDIRECTS", host + " redirects in a circle, or without end", false, null);
        }
        return retry("IO", "the connection to " + host + " broke: " + message(thrown), thrown);
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "no reason given" : message;
    }

    private static StepException retry(String code, String what, IOException cause) {
        return failure(Owner.REMOTE, code, what, true, cause);
    }

    private static StepException failure(
            Owner owner, String code, String what, boolean retryable, @Nullable Throwable cause) {
        return new StepException(owner, code, what, cause, retryable, null);
    }
}
