package io.patchbay.ops.security;

import io.patchbay.ops.http.ProblemDocuments;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;

/** Answers who cannot be looked up now: the database is away, or too many passwords are looked at. */
final class Unavailable {

    private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);
    private static final String SECONDS = "5";

    private final ProblemDocuments documents;

    Unavailable(ProblemDocuments documents) {
        this.documents = documents;
    }

    /** Writes a 503; one line of the log has the cause, since there may be one with each request. */
    void write(HttpServletRequest request, HttpServletResponse response, AuthenticationServiceException why)
            throws IOException {
        Throwable cause = why.getCause();
        LOG.warn("nobody is let in now: {}{}", why.getMessage(), cause == null ? "" : ": " + firstLine(cause));
        response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
        documents.write(
                request,
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Who asks cannot be looked up now; try again in " + SECONDS + " seconds.");
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
