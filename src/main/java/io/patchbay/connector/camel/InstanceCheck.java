package io.patchbay.connector.camel;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.Connector;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an instance stands.
 *
 * @param status in one word
 * @param code of the failure, or null
 * @param sentence what is the matter and what to do, in plain words; null when all is well
 * @param requests that were made, without secrets
 * @param took until this was known
 */
public record InstanceCheck(
        InstanceStatus status,
        @Nullable String code,
        @Nullable String sentence,
        List<RequestLog> requests,
        Duration took) {

    /** Systems that look at a time allow some minutes; the header counts seconds, and answers are on their way for some. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    public InstanceCheck {
        requests = List.copyOf(requests);
    }

    static InstanceCheck notDeclared(Connector connector) {
        return new InstanceCheck(
                InstanceStatus.UNKNOWN,
                "NO_CHECK",
                "connector '" + connector.id() + "' declares no check; add 'check: {endpoint: …}' to "
                        + connector.file() + ", or call an endpoint",
                List.of(),
                Duration.ZERO);
    }

    /** @param unexpected what was wrong with an answer that came, or null */
    static InstanceCheck of(Connector connector, InstanceCalls.Outcome outcome, @Nullable String unexpected) {
        StepException failure = outcome.failure();
        if (failure != null) {
            InstanceStatus status = status(failure);
            String clock = status == InstanceStatus.FAILED_AUTHENTICATION ? clock(outcome.requests()) : "";
            String sentence = failure.getMessage() + CheckAdvice.of(connector, failure) + clock;
            return new InstanceCheck(status, failure.code(), sentence, outcome.requests(), outcome.took());
        }
        return unexpected == null
                ? new InstanceCheck(InstanceStatus.OPERATIONAL, null, null, outcome.requests(), outcome.took())
                : new InstanceCheck(
                        InstanceStatus.FAILED, "UNEXPECTED_ANSWER", unexpected, outcome.requests(), outcome.took());
    }

    /**
     * Says that the clocks differ, by the answer's date (RFC 9110, 6.6.1): signatures and tokens with a time in them are
     * refused then, and hardly a system says why.
     */
    private static String clock(List<RequestLog> requests) {
        RequestLog last = requests.isEmpty() ? null : requests.get(requests.size() - 1);
        Instant theirs = last == null ? null : date(last.responseHeaders());
        if (last == null || theirs == null) {
            return "";
        }
        Duration off = Duration.between(last.at().plus(last.took()), theirs);
        Duration apart = Duration.ofMinutes(off.abs().plusSeconds(30).toMinutes());
        return apart.compareTo(CLOCKS_APART) < 0
                ? ""
                : "; the clock here is " + Durations.format(apart) + (off.isNegative() ? " ahead of" : " behind")
                        + " that of the system, and a proof with a time in it is refused: set the clock right";
    }

    private static @Nullable Instant date(Map<String, String> headers) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("Date")) {
                try {
                    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.getValue()));
                } catch (DateTimeException e) {
                    return null; // another form than the one that servers have to send
                }
            }
        }
        return null;
    }

    /** A check that is refused has failed, though the system answers. */
    private static InstanceStatus status(StepException failure) {
        InstanceStatus says = InstanceStatus.of(failure);
        return says == null || says == InstanceStatus.OPERATIONAL ? InstanceStatus.FAILED : says;
    }
}
