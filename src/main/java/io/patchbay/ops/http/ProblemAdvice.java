package io.patchbay.ops.http;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns what controllers throw into problem documents. A controller that wants a certain status throws Spring's
 * {@code ErrorResponseException}; a database that is away or full is a 503, and anything else is our fault and becomes a 500. The cause of both is in
 * the log under the same id.
 */
@ControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    /** Seconds. */
    private static final String RETRY_AFTER = "10";

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
        boolean trouble = DatabaseTrouble.is(cause);
        ProblemDetail problem = ProblemDocuments.complete(
                trouble
                        ? ProblemDocuments.coded(
                                ProblemDetail.forStatusAndDetail(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        "The database cannot be used now. What the call was to do may not be done:"
                                                + " look, and try again."),
                                "NO_DATABASE")
                        : ProblemDetail.forStatusAndDetail(
                                HttpStatus.INTERNAL_SERVER_ERROR,
                                "Patchbay could not answer; its log has the cause under this id."),
                path(request));
        Object id =
                problem.getProperties() == null ? "?" : problem.getProperties().get("id");
        LOG.error("request {} failed, problem {}", path(request), id, cause);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        return (trouble ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER) : answer).body(problem);
    }

    /** A path that no handler has; Spring's own sentence speaks of static resources. */
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException none, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "There is nothing at this path.");
        return handleExceptionInternal(none, ProblemDocuments.coded(problem, "NO_SUCH_PATH"), headers, status, request);
    }

    /** Content of a kind that is not taken, or of none that is said. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException other, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String found = other.getContentType() == null ? "none" : "'" + other.getContentType() + "'";
        String expected =
                other.getSupportedMediaTypes().stream().map(MediaType::toString).collect(Collectors.joining(" or "));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status,
                expected.isEmpty()
                        ? "The body cannot be of the Content-Type that was found: " + found + "."
                        : "The body must have the Content-Type " + expected + ", found " + found + ".");
        return handleExceptionInternal(other, problem, headers, status, request);
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
