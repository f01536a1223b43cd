package io.patchbay.ops.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns what controllers throw into problem documents. A controller that wants a certain status throws Spring's
 * {@code ErrorResponseException}; anything else is our fault and becomes a 500 whose cause is in the log under the same id.
 */
@ControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final DisconnectedClientHelper GONE =
            new DisconnectedClientHelper(ProblemAdvice.class.getName() + ".gone");

    /** Login matters are answered by the security filters, which see these exceptions next. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException cause) {
        throw cause;
    }

    /** Null, which writes nothing, when the caller went away in the middle of an answer: that is nobody's fault here. */
    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> fault(Exception cause, WebRequest request) {
        if (GONE.checkAndLogClientDisconnectedException(cause)) {
            return null;
        }
        ProblemDetail problem = ProblemDocuments.complete(
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Patchbay could not answer; its log has the cause under this id."),
                path(request));
        Object id =
                problem.getProperties() == null ? "?" : problem.getProperties().get("id");
        LOG.error("request {} failed, problem {}", path(request), id, cause);
        return ResponseEntity.internalServerError().body(problem);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = body instanceof ProblemDetail given ? given : ProblemDetail.forStatus(status);
        return new ResponseEntity<>(ProblemDocuments.complete(problem, path(request)), headers, status);
    }

    private static String path(WebRequest request) {
        return request instanceof ServletWebRequest servlet
                ? servlet.getRequest().getRequestURI()
                : request.getContextPath();
    }
}
