package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.patchbay.flow.FlowSettings;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Redacting;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Keeps payloads that pass a shape: masked, without secrets, cut to the flow's bound, within the run's bound. */
final class Capture {

    private static final Configuration MASKING = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
            .mappingProvider(new JacksonMappingProvider(Json.MAPPER))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    /** Name of the exchange property that carries what was taken last. */
    private static final String CAPTURED = "patchbay.captured";

    private Capture() {}

    /** What is read behind the flow's bound, so that a secret which stands across it is seen whole. */
    private static final int BEHIND = 64 * 1024;

    /** The longest variable of a start that is kept, as JSON. */
    private static final int LONGEST_VARIABLE = 64 * 1024;

    /**
     * What was taken last on an exchange: the next shape's input is this one's output, written once.
     *
     * @param bytes what is kept of it
     * @param size how many bytes all of it has
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Taken(Payload payload, byte[] bytes, long size) {
        /** Whether these are the bytes of this very payload: payloads are values, but comparing them would cost more than writing. */
        @SuppressWarnings("ReferenceEquality")
        boolean of(Payload other) {
            return payload == other;
        }
    }

    /** Keeps a payload that passes a shape, where the flow wants it. What goes wrong with that is told in the run's log. */
    static void passing(
            Run run, String shape, Exchange exchange, Payload payload, CapturedPayload.Direction direction) {
        if (run.rules().kept() != FlowSettings.Kept.ALL) {
            return;
        }
        Taken before = exchange.getProperty(CAPTURED, Taken.class);
        try {
            Taken taken = take(run, shape, payload, direction, before);
            if (taken != null) {
                exchange.setProperty(CAPTURED, taken);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            run.log(shape, LogLevel.WARN, "a payload could not be captured: " + e);
        }
    }

    /** Takes a payload; null when the run's bound is met. */
    static @Nullable Taken take(
            Run run, String shape, Payload payload, CapturedPayload.Direction direction, @Nullable Taken before) {
        if (!run.mayCapture(0)) {
            return null;
        }
        Taken taken = before != null && before.of(payload) ? before : taken(run, payload);
        CapturedPayload.About about = about(run, payload, direction);
        if (run.mayCapture(taken.bytes().length + about.length())) {
            run.services()
                    .history()
                    .captured(new CapturedPayload(
                            run.identity().id(),
                            shape,
                            direction,
                            payload.lineage().text(),
                            about,
                            payload.body().contentType(),
                            taken.size(),
                            taken.bytes(),
                            run.services().clock().instant(),
                            run.rules().capture().keep()));
            if (!about.variables().isEmpty()) {
                run.values().forgetGiven();
            }
        }
        return taken;
    }

    /** Metadata, and with what goes in the variables of the start until they are kept; masked like the payload. */
    private static CapturedPayload.About about(Run run, Payload payload, CapturedPayload.Direction direction) {
        Map<String, String> given =
                direction == CapturedPayload.Direction.IN ? run.values().given() : Map.of();
        if (payload.meta().isEmpty() && given.isEmpty()) {
            return CapturedPayload.About.NOTHING;
        }
        List<String> mask = run.rules().capture().mask();
        ObjectNode meta = Json.NODES.objectNode();
        payload.meta().forEach(meta::put);
        ObjectNode variables = Json.NODES.objectNode();
        given.forEach((name, value) -> {
            if (value.length() <= LONGEST_VARIABLE) {
                variables.set(name, Variables.typed(value));
            }
        });
        Map<String, String> clean = new LinkedHashMap<>();
        masked(meta, mask)
                .properties()
                .forEach(one -> clean.put(
                        one.getKey(), run.services().redact(one.getValue().asText())));
        Map<String, String> values = new LinkedHashMap<>();
        masked(variables, mask)
                .properties()
                .forEach(one -> values.put(
                        one.getKey(), run.services().redact(one.getValue().toString())));
        return new CapturedPayload.About(clean, values);
    }

    /** Writes no more of a payload than is kept of it, however large it is. */
    private static Taken taken(Run run, Payload payload) {
        if (payload.body() instanceof Body.Stored stored) {
            return new Taken(payload, new byte[0], stored.size());
        }
        int most = (int) Math.min(
                Integer.MAX_VALUE - BEHIND, run.rules().capture().most().toBytes());
        Beginning beginning = new Beginning(most + BEHIND);
        List<String> mask = run.rules().capture().mask();
        try {
            if (payload.body() instanceof Body.Tree tree) {
                Json.MAPPER.writeValue(beginning, mask.isEmpty() ? tree.tree() : masked(tree.tree(), mask));
            } else {
                beginning.write(payload.bytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
        byte[] clean = Redacting.redacted(beginning.bytes(), run.services()::redact);
        boolean whole = beginning.whole();
        int kept = whole ? clean.length : Math.max(0, clean.length - BEHIND);
        byte[] bytes =
                kept > most ? Arrays.copyOf(clean, most) : kept < clean.length ? Arrays.copyOf(clean, kept) : clean;
        return new Taken(payload, bytes, whole ? clean.length : beginning.size());
    }

    /** A copy in which what the paths lead to is hidden. */
    static JsonNode masked(JsonNode tree, List<String> mask) {
        JsonNode copy = tree.deepCopy();
        // Not through a document: of a path that is not there it takes Jackson's empty array for a list of Java, and
        // throws.
        mask.forEach(path -> JsonPath.compile(path).set(copy, Json.NODES.textNode("***"), MASKING));
        return copy;
    }
}
