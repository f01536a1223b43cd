package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Redacting;
import io.patchbay.payload.StepException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What came of a call. */
@Doc("What came of a call that a person made")
record CallView(
        @Doc("Whether the system answered as it should") boolean good,
        @Doc("Code of the failure, or null") @Nullable String code,

        @Doc("What went wrong and what to do, or null") @Nullable
        String sentence,

        @Doc("What is to be known beside, like records that are not as the endpoint's schema says")
        List<String> warnings,

        @Doc("Until the answer was read, in milliseconds") long tookMs,
        @Doc("The requests that were made") List<RequestView> requests,
        @Doc("Media type of the answer, or null") @Nullable String contentType,
        @Doc("Records in the answer") int records,
        @Doc("Metadata of the answer") Map<String, String> meta,

        @Doc("The answer if it is text, its secrets replaced") @Nullable
        String text,

        @Doc("The answer if it is not text") @Nullable String base64,
        @Doc("Whether the end of the answer was cut off") boolean cut,

        @Doc("What went over the wire, when it was asked for; or null") @Nullable
        RecordedView recorded) {

    private static final int MOST = 256 * 1024;

    /** @param redacted takes secrets out of text */
    static CallView of(InstanceCalls.Outcome outcome, UnaryOperator<String> redacted) {
        StepException failure = outcome.failure();
        Payload answer = outcome.answer();
        byte[] bytes = answer == null || answer.body() instanceof Body.Stored
                ? new byte[0]
                : Redacting.redacted(answer.bytes(), redacted);
        boolean cut = bytes.length > MOST || (answer != null && answer.body() instanceof Body.Stored);
        Content content = Content.of(bytes.length > MOST ? Arrays.copyOf(bytes, MOST) : bytes, bytes.length > MOST);
        return new CallView(
                failure == null,
                failure == null ? null : failure.code(),
                failure == null ? null : failure.getMessage(),
                outcome.warnings().stream().map(redacted).toList(),
                outcome.took().toMillis(),
                RequestView.all(outcome.requests()),
                answer == null ? null : answer.body().contentType(),
                answer == null ? 0 : answer.recordCount(),
                answer == null ? Map.of() : meta(answer, redacted),
                content.text(),
                content.base64(),
                cut,
                null);
    }

    /** The same with what went over the wire. */
    CallView with(RecordedView wire) {
        return new CallView(
                good, code, sentence, warnings, tookMs, requests, contentType, records, meta, text, base64, cut, wire);
    }

    private static Map<String, String> meta(Payload answer, UnaryOperator<String> redacted) {
        Map<String, String> meta = new TreeMap<>(answer.meta());
        meta.replaceAll((name, value) -> redacted.apply(value));
        return meta;
    }
}
