package io.patchbay.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.ops.http.ProblemDocuments;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Says what the runtime's own refusals are in HTTP. */
@RestControllerAdvice(basePackageClasses = ApiAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiAdvice {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> full(QueueFullException full, HttpServletRequest request) {
        return later(HttpStatus.TOO_MANY_REQUESTS, "QUEUE_FULL", full.getMessage(), full.retryAfter(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(IntakeRefusedException refused, HttpServletRequest request) {
        return later(
                HttpStatus.SERVICE_UNAVAILABLE,
                "NOTHING_ACCEPTED",
                refused.getMessage(),
                refused.retryAfter(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(BodyTooLargeException large, HttpServletRequest request) {
        return answer(
                HttpStatus.PAYLOAD_TOO_LARGE,
                HttpStatus.PAYLOAD_TOO_LARGE.name(),
                large.getMessage(),
                new HttpHeaders(),
                request);
    }

    /** A parameter that is not of its kind; what stands there is not repeated. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> otherKind(MethodArgumentTypeMismatchException other, HttpServletRequest request) {
        Class<?> kind = other.getRequiredType();
        String form = kind == Instant.class
                ? "an instant like 2026-11-30T06:40:00Z"
                : kind == Boolean.class || kind == boolean.class ? "true or false" : "a whole number";
        return answer(
                HttpStatus.BAD_REQUEST,
                Refusal.BAD_PARAMETER,
                "'" + other.getName() + "' must be " + form + ".",
                new HttpHeaders(),
                request);
    }

    /** A body that is missing, or is not what is read there; what stands in it is not repeated. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        boolean cut = unreadable.getCause() instanceof JsonParseException;
        JsonLocation at = unreadable.getCause() instanceof JsonProcessingException json ? json.getLocation() : null;
        String place = at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
        return answer(
                HttpStatus.BAD_REQUEST,
                cut ? "NOT_JSON" : HttpStatus.BAD_REQUEST.name(),
                unreadable.getCause() == null
                        ? "This call needs a body, and there is none."
                        : "The body is not " + (cut ? "JSON" : "what this call takes") + place + ".",
                new HttpHeaders(),
                request);
    }

    private static ResponseEntity<ProblemDetail> later(
            HttpStatus status, String code, @Nullable String detail, Duration retryAfter, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        return answer(status, code, detail, headers, request);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String code, @Nullable String detail, HttpHeaders headers, HttpServletRequest request) {
        return new ResponseEntity<>(
                ProblemDocuments.coded(ProblemDocuments.of(status, String.valueOf(detail), request), code),
                headers,
                status);
    }
}
