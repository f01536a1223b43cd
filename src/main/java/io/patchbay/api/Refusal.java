package io.patchbay.api;

import io.patchbay.ops.http.ProblemDocuments;
import io.patchbay.problem.DidYouMean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Makes the exceptions that become problem documents. */
final class Refusal {

    private static final int LONGEST_QUOTE = 100;
    /** The path is one of the API, and what it names is not there. */
    private static final String ABSENT = "NO_SUCH_THING";

    /** A parameter of the query has a value that it cannot have. */
    static final String BAD_PARAMETER = "BAD_PARAMETER";

    private Refusal() {}

    static ErrorResponseException of(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** With a code by which a program tells it from others of the status. */
    static ErrorResponseException of(HttpStatus status, String code, String detail) {
        return new ErrorResponseException(
                status, ProblemDocuments.coded(ProblemDetail.forStatusAndDetail(status, detail), code), null);
    }

    static ErrorResponseException badRequest(String detail) {
        return of(HttpStatus.BAD_REQUEST, detail);
    }

    /**
     * Refuses a filter that is there and says nothing, of a call that changes what it holds for: it would hold for everything, as a
     * variable of a script does that was never set.
     */
    static void empty(String parameter, @Nullable String text) {
        if (text != null && text.isBlank()) {
            throw of(
                    HttpStatus.BAD_REQUEST,
                    BAD_PARAMETER,
                    "'" + parameter + "' is empty; leave it out where it is not to choose.");
        }
    }

    /** What should lead on in a list does not. */
    static ErrorResponseException after(@Nullable String found) {
        return of(
                HttpStatus.BAD_REQUEST,
                BAD_PARAMETER,
                "'after' is the 'next' of the page before, found " + quoted(String.valueOf(found)) + ".");
    }

    static ErrorResponseException conflict(String detail) {
        return of(HttpStatus.CONFLICT, detail);
    }

    /** There is no such thing. */
    static ErrorResponseException notFound(String kind, String id) {
        return of(HttpStatus.NOT_FOUND, ABSENT, "There is no " + kind + " " + quoted(id) + ".");
    }

    /** The same, with what was most likely meant. */
    static ErrorResponseException notFound(String kind, String id, Collection<String> known) {
        String hint = DidYouMean.hint(id, known);
        String more = hint == null
                ? ""
                : " " + hint.substring(0, 1).toUpperCase(Locale.ROOT) + hint.substring(1)
                        + (hint.endsWith("?") ? "" : ".");
        return of(HttpStatus.NOT_FOUND, ABSENT, "There is no " + kind + " " + quoted(id) + "." + more);
    }

    /** What something else refused: 404 when what it names is not there, 409 as things stand. */
    static ErrorResponseException refused(boolean absent, String detail) {
        return absent ? of(HttpStatus.NOT_FOUND, ABSENT, detail) : conflict(detail);
    }

    /** A refusal that ends by itself. */
    static ErrorResponseException later(HttpStatus status, String detail, Duration retryAfter) {
        ErrorResponseException refusal = of(status, detail);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
        return refusal;
    }

    /** The constant that a parameter names, in any case; null for null. */
    static <E extends Enum<E>> @Nullable E constant(Class<E> type, String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> of(
                        HttpStatus.BAD_REQUEST,
                        BAD_PARAMETER,
                        parameter + " " + quoted(text) + " is not known; there are "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** What failed, out of the wrapping of a future. */
    static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** A message as a sentence. */
    static String sentence(String text) {
        String first = text.substring(0, 1).toUpperCase(Locale.ROOT);
        return first + text.substring(1) + (text.endsWith(".") || text.endsWith("?") ? "" : ".");
    }

    /** A caller's text inside a sentence: quoted, and cut when it is long. */
    static String quoted(String text) {
        return "'" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text) + "'";
    }
}
