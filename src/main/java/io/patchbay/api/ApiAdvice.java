package io.patchbay.api;

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
