package io.patchbay.shape.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Contract.Takes;
import io.patchbay.shape.Contract.Yields;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Plan.Answer;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the caller of a callback trigger. */
public final class CallbackShape implements ShapeType<CallbackShape.CallbackSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "callback",
            "Answers the caller that waits for the run; the flow then goes on without it.",
            """
            Takes all payloads that reach it. With `answer: array` the caller gets a JSON array with one item per payload, also for
            one payload; with `answer: one` it gets the first payload alone. When nothing reached the shape, or only an empty
            payload, `whenEmpty` answers; without `whenEmpty` that is `[]`, or with `answer: one` an empty body with the
            `status`. In the array, content that is no JSON is a text; content that is no text either fails the run
            (`NOT_TEXT`). What follows the shape is made a durable start before the answer goes out, and runs as a
            run of its own. A run that fails before it answers gives the caller a 500 with a problem document.
            """,
            "Nothing: what follows is on disk before the caller has its answer.",
            """
            flow: price
            trigger:
              - callback: { path: "price/{sku}", method: GET, auth: none }
            shapes:
              - id: found
                manualPayload: { json: { price: "9.90" } }
              - id: answer
                callback: { answer: one }
            """);

    /** Settings of a callback. */
    @Doc("What the caller gets")
    public record CallbackSettings(
            @Doc("'array': one item per payload; 'one': the first payload alone") @Default("array")
            Form answer,

            @Doc("HTTP status") @Default("200") @Range(min = 200, max = 599)
            int status,

            @Doc("Media type, a label only: nothing is converted") @Nullable
            String contentType,

            @Doc("What the caller gets when there is no payload") @Nullable
            WhenEmpty whenEmpty) {}

    /** The form of the answer. */
    public enum Form {
        /** A JSON array. */
        ARRAY,
        /** The first payload. */
        ONE
    }

    /** An answer without payload. */
    @Doc("An answer without payload")
    public record WhenEmpty(
            @Doc("HTTP status") @Default("404") @Range(min = 200, max = 599)
            int status) {}

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<CallbackSettings> settings() {
        return CallbackSettings.class;
    }

    @Override
    public Contract contract(CallbackSettings settings, Surroundings around) {
        return new Contract(Yields.ONE, Takes.BUCKET, Set.of(), Set.of(), false);
    }

    @Override
    public Plan plan(CallbackSettings settings, Placed at, Surroundings around) {
        return new Plan.Answering((bucket, attempt) -> answer(settings, bucket.iterator()));
    }

    private static Answer answer(CallbackSettings settings, Iterator<Payload> payloads) throws StepException {
        Payload first = payloads.hasNext() ? payloads.next() : null;
        WhenEmpty whenEmpty = settings.whenEmpty();
        if (whenEmpty != null && (first == null || first.isEmpty())) {
            return new Answer(whenEmpty.status(), "application/json", new byte[0]);
        }
        if (settings.answer() == Form.ONE && first != null) {
            String type = settings.contentType() == null ? first.body().contentType() : settings.contentType();
            return new Answer(settings.status(), type, first.bytes());
        }
        ArrayNode all = Json.NODES.arrayNode();
        if (first != null && !first.isEmpty()) {
            all.add(first.value());
        }
        while (payloads.hasNext()) {
            all.add(payloads.next().value());
        }
        try {
            String type = settings.contentType() == null ? "application/json" : settings.contentType();
            return new Answer(settings.status(), type, Json.MAPPER.writeValueAsBytes(all));
        } catch (JsonProcessingException e) {
            throw new StepException(Owner.INTERNAL, "CANNOT_ANSWER", "the answer cannot be written as JSON", e);
        }
    }
}
