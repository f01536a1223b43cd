package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Code of a flow that judges the answers to one use of an endpoint, in place of the code that the endpoint has itself. It is asked
 * at each answer, those to repeated requests among them, but not where a proof is renewed.
 */
public interface Judge {

    /**
     * What an answer means.
     *
     * @param answer {@code response} (status, headers, body), {@code request} (method, url) and {@code with}
     * @param payload what was sent, or what the question was about
     * @param cancelling is told how to give the judgement up
     * @throws StepException when the code gives no judgement: then the call failed with this
     */
    Judgement of(ObjectNode answer, Payload payload, Attempt attempt, Consumer<Runnable> cancelling)
            throws StepException;

    /**
     * Finds out, before a request is made, whether its answer could be judged: what the code is given besides the answer is read.
     *
     * @throws StepException when something has no value: then the request is not made
     */
    default void ready(Payload payload, Attempt attempt) throws StepException {}

    /**
     * What is made of an answer.
     *
     * @param decides whether the code decides, in place of the error rules
     * @param failure what the answer means, where the code decides; null for a success
     * @param content what takes the place of the content, or null
     * @param meta the answer's metadata; null for that of the payload
     */
    record Judgement(
            boolean decides,
            @Nullable StepException failure,
            @Nullable Body content,
            @Nullable Map<String, String> meta) {}

    /** One that knows for which attempt it judges. */
    record Bound(Judge judge, Attempt attempt) {

        /** Finds out whether an answer could be judged. @throws StepException when it could not */
        public void ready(Payload payload) throws StepException {
            judge.ready(payload, attempt);
        }

        /** What an answer means; a judge that gives no judgement makes it a failure. */
        public Judgement of(ObjectNode answer, Payload payload, Consumer<Runnable> cancelling) {
            try {
                return judge.of(answer, payload, attempt, cancelling);
            } catch (StepException e) {
                return new Judgement(true, e, null, null);
            }
        }
    }

    /** The content that code returned: a text is plain text, null no content, missing (as null here) the answer's own. */
    static @Nullable Body content(JsonNode returned) {
        if (returned.isMissingNode()) {
            return null;
        }
        if (returned.isNull()) {
            return Body.EMPTY;
        }
        return returned.isTextual()
                ? new Body.Bytes(returned.textValue().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8")
                : new Body.Tree(returned);
    }
}
