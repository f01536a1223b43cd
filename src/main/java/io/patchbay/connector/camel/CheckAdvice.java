package io.patchbay.connector.camel;

import io.patchbay.connector.Connector;
import io.patchbay.payload.StepException;
import java.util.regex.Pattern;

/** What to do about a check of a system beyond HTTP that failed; failures of HTTP say it themselves. */
final class CheckAdvice {

    /** A sentence that says itself what to do. */
    private static final Pattern ADVISES = Pattern.compile("; (look|connect|set|see|give|check) ");

    private CheckAdvice() {}

    /** What to add to the sentence of a failure, or nothing. */
    static String of(Connector connector, StepException failure) {
        boolean http = connector.requester().baseUrl().toString().startsWith("http");
        if (http || ADVISES.matcher(String.valueOf(failure.getMessage())).find()) {
            return "";
        }
        return switch (failure.code()) {
            case "UNKNOWN_HOST" -> "; set the host's name right in the settings of the instance";
            case "CONNECT_FAILED" ->
                "; see that the port in the settings of the instance is right, that the server runs, and that it and the firewalls in"
                        + " between let this machine in";
            case "TIMEOUT", "NO_CONNECTION" ->
                "; see that the port is the right one, that it speaks TLS or not as the instance says, and that the server is not"
                        + " overloaded";
            case "TLS_FAILED" ->
                "; see that the port speaks TLS, that the certificate names this host and has not ended, and that the instance knows"
                        + " its issuer";
            case "AUTH_FAILED" -> "; set user and password, or the key, of the instance right";
            case "FILE_DENIED", "SQL_DENIED", "NOT_PERMITTED" ->
                "; give the user of the instance the right for it, or name another user";
            default -> "";
        };
    }
}
