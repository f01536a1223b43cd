package io.patchbay.connector;

import com.fasterxml.jackson.annotation.JsonValue;
import io.patchbay.connector.definition.ErrorHandlerConfig.FailureType;
import io.patchbay.payload.StepException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an instance stands, in one word. */
public enum InstanceStatus {
    /** No call was made yet that tells. */
    UNKNOWN("unknown"),
    /** It answers as it should. */
    OPERATIONAL("operational"),
    /** No answer of the system comes back. */
    UNREACHABLE("unreachable"),
    /** The system does not take the proof of who calls. */
    FAILED_AUTHENTICATION("failedAuthentication"),
    /** Calls wait, or fail, because there were too many. */
    LIMITED("limited"),
    /** It answers, and not as it should; or a setting is wrong. Only a check says this. */
    FAILED("failed");

    private static final Set<String> AUTH = Set.of(
            "HTTP_401",
            "HTTP_403",
            "HTTP_407",
            "TOKEN_REFUSED",
            "GRANT_REFUSED",
            "NOT_CONNECTED",
            "NO_TOKEN",
            "AUTH_FAILED",
            "NO_SECRET");
    private static final Set<String> NO_WAY = Set.of(
            "UNKNOWN_HOST",
            "CONNECT_TIMEOUT",
            "CONNECT_FAILED",
            "NO_CONNECTION",
            "NO_ANSWER",
            "TIMEOUT",
            "TRUNCATED",
            "TLS_FAILED",
            "PROXY_FAILED",
            "TOKEN_TIMEOUT",
            "HOST_KEY_CHANGED",
            "HOST_KEY_UNKNOWN",
            "IO",
            "HTTP_502",
            "HTTP_503",
            "HTTP_504");
    private static final Set<String> ANSWERED = Set.of(
            "FILE_NOT_FOUND",
            "FILE_EXISTS",
            "FILE_DENIED",
            "FILE_TOO_LARGE",
            "SQL_CONSTRAINT",
            "SQL_CONFLICT",
            "SQL_DATA",
            "SQL_DENIED",
            "SQL_QUERY",
            "SOAP_FAULT",
            "DESTINATION_NOT_FOUND",
            "NOT_ROUTED");
    private static final Set<String> TOO_MANY = Set.of("HTTP_429", "LIMITED", "RATE_LIMITED");

    private final String word;

    InstanceStatus(String word) {
        this.word = word;
    }

    /** The word for it, wherever it is written or shown. */
    @JsonValue
    public String word() {
        return word;
    }

    /** What a failure says of the instance; null when it says nothing. A refusal of what was sent is a good sign. */
    public static @Nullable InstanceStatus of(StepException failure) {
        String code = failure.code();
        if (AUTH.contains(code)) {
            return code.equals("TOKEN_REFUSED") && failure.retryable() ? UNREACHABLE : FAILED_AUTHENTICATION;
        }
        if (NO_WAY.contains(code)) {
            return UNREACHABLE;
        }
        if (TOO_MANY.contains(code)) {
            return LIMITED;
        }
        return code.startsWith("HTTP_4") || ANSWERED.contains(code) ? OPERATIONAL : null;
    }

    /** What a failure says, of which the connector's rules say whose matter it is. */
    public static @Nullable InstanceStatus of(StepException failure, @Nullable FailureType type) {
        if (type == null) {
            return of(failure);
        }
        return switch (type) {
            case AUTH -> FAILED_AUTHENTICATION;
            case QUOTA -> LIMITED;
            case DATA -> OPERATIONAL;
            case CONFIG, TRANSIENT, SYSTEM -> of(failure);
        };
    }
}
