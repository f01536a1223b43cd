package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Place;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.KeyTwice;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.Violation;
import io.patchbay.trigger.EventKey;
import io.patchbay.trigger.HeaderName;
import io.patchbay.trigger.Inbound;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is taken out of an admitted delivery: the event's key, and the part of the body that is the event.
 *
 * @param key what tells the event from others; deliveries are not compared when null
 * @param remember how long it is known
 * @param eventPath where the event stands in the body; the body itself when null
 * @param schema what it has to look like, or null
 * @param records whether the schema is that of each record of a list, of which some may be refused
 */
record Unwrapping(
        @Nullable Template key,
        Duration remember,
        @Nullable Place eventPath,
        Kind kind,
        @Nullable PayloadSchema schema,
        boolean records) {

    Unwrapping(@Nullable Template key, Duration remember, @Nullable Place eventPath, Kind kind) {
        this(key, remember, eventPath, kind, null, false);
    }

    /** Nothing is taken out. */
    static final Unwrapping NOTHING = new Unwrapping(null, Duration.ZERO, null, Kind.DELIVERY);

    /** What callers of the inbound API may send along, so that a request which is sent again starts nothing. */
    private static final EventKey IDEMPOTENCY = EventKey.header(new HeaderName("Idempotency-Key"));

    private static final Duration DAY = Duration.ofDays(1);

    /** What comes in. */
    enum Kind {
        /** A delivery of a webhook, which has to have its key. */
        DELIVERY,
        /** A request of a caller, which may have a key and must have a body. */
        REQUEST,
        /** The same, with the payload as a text in a JSON object. */
        ENVELOPE
    }

    static Unwrapping of(Inbound inbound) {
        return new Unwrapping(
                IDEMPOTENCY.template(),
                DAY,
                null,
                inbound.envelope() == Inbound.Envelope.PAYLOAD ? Kind.ENVELOPE : Kind.REQUEST,
                inbound.schema() == null ? null : inbound.schema().schema(),
                inbound.refuse() == Inbound.Refuse.RECORDS);
    }

    /** Longest key; what is longer names no event. */
    private static final int LONGEST = 1_000;

    /**
     * What was found.
     *
     * @param key the event's key, or null
     * @param body what flows get
     * @param sifted what was refused of it; null where it is taken or refused as a whole
     */
    record Found(@Nullable String key, Body body, @Nullable Sifted sifted) {}

    /** Whether there is anything to do. */
    boolean needed() {
        return key != null || eventPath != null;
    }

    /** Whether the body has to be read: for what is in it, or only for whether it is what its media type says. */
    boolean readsBody() {
        return kind == Kind.REQUEST || needsTree();
    }

    private boolean needsTree() {
        return eventPath != null
                || schema != null
                || kind == Kind.ENVELOPE
                || (key != null
                        && key.reads().stream().anyMatch(ref -> !ref.root().equals("header")));
    }

    /** Takes them out. @throws RefusedException with the answer, when the delivery lacks what it must have */
    Found find(MultiMap headers, Body body) throws RefusedException {
        if (kind != Kind.DELIVERY && body instanceof Body.Empty) {
            throw new RefusedException(Refusals.noEvent("The body is empty."));
        }
        JsonNode payload = MissingNode.getInstance();
        if (needsTree()) {
            payload = JsonBody.parsed(body);
        } else if (kind == Kind.REQUEST) {
            JsonBody.hold(body);
        }
        JsonNode event = eventPath == null ? payload : eventPath.find(payload);
        if (eventPath != null && (event.isMissingNode() || event.isNull())) {
            throw new RefusedException(Refusals.noEvent("The body has nothing at " + eventPath + "."));
        }
        Body taken = kind == Kind.ENVELOPE ? content(payload) : eventPath == null ? body : new Body.Tree(event);
        Sifted sifted = schema == null ? null : fitting(JsonBody.parsed(taken), schema);
        return new Found(
                key == null ? null : key(key, headers, payload, event),
                sifted == null || sifted.refused() == 0 ? taken : new Body.Tree(sifted.taken()),
                sifted);
    }

    /** What of a body fits; null where it is held to the schema as a whole. */
    private @Nullable Sifted fitting(JsonNode content, PayloadSchema wanted) throws RefusedException {
        if (records && content.isArray()) {
            Sifted sifted = Sifted.of(content, wanted);
            if (sifted.taken().isEmpty() || sifted.tooMany()) {
                throw new RefusedException(
                        content.isEmpty() ? Refusals.noRecords() : Refusals.notInSchema(sifted.errors()));
            }
            return sifted;
        }
        List<Violation> violations = wanted.violations(content);
        if (!violations.isEmpty()) {
            throw new RefusedException(Refusals.notInSchema(Sifted.errors("", violations)));
        }
        return records ? Sifted.one(content) : null;
    }

    /** The text in the envelope: JSON where it is JSON, else XML or plain text. */
    private static Body content(JsonNode envelope) throws RefusedException {
        JsonNode text = envelope.path("payload");
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw new RefusedException(Refusals.noEvent("The body needs the key 'payload' with a text."));
        }
        String content = text.textValue();
        try {
            return new Body.Tree(Json.MAPPER.readTree(content));
        } catch (KeyTwice e) {
            throw new RefusedException(
                    Refusals.notJson("The text at 'payload' is JSON, and " + e.getOriginalMessage() + "."));
        } catch (IOException e) {
            String type = content.stripLeading().startsWith("<") ? "application/xml" : "text/plain; charset=utf-8";
            return new Body.Bytes(content.getBytes(StandardCharsets.UTF_8), type);
        }
    }

    private @Nullable String key(Template key, MultiMap headers, JsonNode payload, JsonNode event)
            throws RefusedException {
        JsonNode record = event.isArray() ? event.path(0) : event;
        if (kind != Kind.DELIVERY && twice(key, headers)) {
            throw new RefusedException(Refusals.keyTwice());
        }
        ObjectNode named = named(key, headers);
        if (kind != Kind.DELIVERY && named.isEmpty()) {
            return null;
        }
        try {
            String text = key.text(new Delivery(named, payload, record));
            if (text.length() > LONGEST) {
                throw new RefusedException(Refusals.longKey(LONGEST));
            }
            if (!text.isBlank()) {
                return text;
            }
        } catch (ExpressionException e) {
            // refused below: it has no value
        }
        throw new RefusedException(Refusals.noKey());
    }

    /** Whether a header that the key reads has several values: nobody knows which one is meant. */
    private static boolean twice(Template key, MultiMap headers) {
        return key.reads().stream()
                .anyMatch(ref -> ref.root().equals("header")
                        && headers.getAll(ref.name()).size() > 1);
    }

    /** The headers that the key reads, under the names by which it does; one that stands twice is as none. */
    private static ObjectNode named(Template key, MultiMap headers) {
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        for (Ref ref : key.reads()) {
            String value = ref.root().equals("header") ? Gate.single(headers, ref.name()) : null;
            if (value != null) {
                named.put(ref.name(), value);
            }
        }
        return named;
    }

    /** A delivery that cannot be taken. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        RefusedException(Reply reply) {
            super("refused", null, false, false);
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    private record Delivery(ObjectNode headers, JsonNode payload, JsonNode event) implements Scope {
        @Override
        public JsonNode tree(String root) {
            return switch (root) {
                case "header" -> headers;
                case "payload" -> payload;
                case "record" -> event;
                default -> MissingNode.getInstance();
            };
        }

        @Override
        public @Nullable JsonNode named(String root, String name) {
            return null;
        }

        @Override
        public @Nullable LookupTable table(String name) {
            return null;
        }

        @Override
        public Instant queuedAt() {
            return Instant.EPOCH;
        }
    }
}
