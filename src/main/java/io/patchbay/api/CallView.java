package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
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

        @Doc("Until the answer was read, in milliseconds") long tookMs,
        @Doc("The requests that were made") List<RequestView> requests,
        @Doc("Media type of the answer, or null") @Nullable String contentType,
        @Doc("Records in the answer") int records,
        @Doc("Metadata of the answer") Map<String, String> meta,

        @Doc("The answer if it is text, its secrets replaced") @Nullable
        String text,

        @Doc("The answer if it is not text") @Nullable String base64,
        @Doc("Whether the end of the answer was cut off") boolean cut) {

    private static final int MOST = 256 * 1024;

    /** @param redacted takes secrets out of text */
    static CallView of(InstanceCalls.Outcome outcome, UnaryOperator<String> redacted) {
        StepException failure = outcome.failure();
        Payload answer = outcome.answer();
        byte[] bytes = answer == null || answer.body() instanceof Body.Stored ? new byte[0] : bytes(answer, redacted);
        boolean cut = bytes.length > MOST || (answer != null && answer.body() instanceof Body.Stored);
        Content content = Content.of(bytes.length > MOST ? Arrays.copyOf(bytes, MOST) : bytes, bytes.length > MOST);
        return new CallView(
                failure == null,
                failure == null ? null : failure.code(),
                failure == null ? null : failure.getMessage(),
                outcome.took().toMillis(),
                RequestView.all(outcome.requests()),
                answer == null ? null : answer.body().contentType(),
                answer == null ? 0 : answer.recordCount(),
                answer == null ? Map.of() : new TreeMap<>(answer.meta()),
                content.text(),
                content.base64(),
                cut);
    }

    /** A character stands for a byte, so that content of any kind comes back as it was. */
    private static byte[] bytes(Payload answer, UnaryOperator<String> redacted) {
        String text = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
        return redacted.apply(text).getBytes(StandardCharsets.ISO_8859_1);
    }
}
