package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Writing;
import io.patchbay.connector.camel.Part.Item;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks records up that may have arrived. */
final class Looking {

    private final Sending sending;
    private final Writing.Lookup lookup;
    private final Trace trace;

    Looking(Sending sending, Writing.Lookup lookup, Trace trace) {
        this.sending = sending;
        this.lookup = lookup;
        this.trace = trace;
    }

    /** Why one of these records cannot be looked up, as it has nothing that it would be known by; null when all can. */
    @Nullable
    ExpressionException unknowable(Part part) throws StepException {
        Request asked = sending.request(part, trace);
        for (Item item : part.items()) {
            ExpressionException why = unknowable(asked, item);
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    /** Why a record cannot be looked up, as it has nothing that it would be known by; null when it can. */
    @Nullable
    ExpressionException unknowable(Part part, Item item) throws StepException {
        return unknowable(sending.request(part, trace), item);
    }

    private @Nullable ExpressionException unknowable(Request asked, Item item) {
        try {
            with(about(asked, item));
            return null;
        } catch (ExpressionException e) {
            return e;
        }
    }

    /** What the system has of a record; null for nothing. */
    @Nullable
    Payload find(Part part, Item item) throws StepException {
        Operation finder = sending.lookup(lookup.endpoint());
        Request about = about(sending.request(part, trace), item);
        try {
            ObjectNode inputs = finder.inputs().complete(with(about), about.queuedAt());
            Payload answer = finder.call(new Request(about.payload(), inputs, about.queuedAt(), about.key(), trace));
            return answer.recordCount() == 0 ? null : answer;
        } catch (ExpressionException e) {
            throw StepException.of(e);
        } catch (StepException e) {
            if (e.code().equals("HTTP_404")) {
                return null;
            }
            throw new StepException(
                    e.owner(),
                    e.code(),
                    "it cannot be told whether the record is there already: " + e.getMessage(),
                    e,
                    e.retryable(),
                    e.retryAfter());
        }
    }

    private Request about(Request asked, Item item) {
        Payload record = asked.payload().withBody(new Body.Tree(item.record()), RecordPath.ROOT);
        return new Request(record, asked.with(), asked.queuedAt(), asked.key(), trace);
    }

    /** An empty text would find what others are known by, too. */
    private Map<String, JsonNode> with(Request about) {
        Scope scope = sending.operation().scope(about);
        if (lookup.known() != null) {
            value(lookup.known(), scope);
        }
        Map<String, JsonNode> with = new LinkedHashMap<>();
        lookup.with().forEach((name, text) -> with.put(name, value(text, scope)));
        return with;
    }

    private static JsonNode value(Template text, Scope scope) {
        JsonNode value = text.value(scope);
        if (value.isTextual() && value.asText().isBlank()) {
            throw new ExpressionException("NO_VALUE", "what it is looked up by, " + text + ", is empty");
        }
        return value;
    }
}
