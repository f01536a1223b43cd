package io.patchbay.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Redacting;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps payloads that pass a shape: masked, without secrets, cut to the flow's bound, within the run's bound. */
final class Capture {

    private static final Configuration MASKING = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
            .mappingProvider(new JacksonMappingProvider(Json.MAPPER))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    private Capture() {}

    /** What was taken last on an exchange: the next shape's input is this one's output, written once. */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Taken(Payload payload, byte[] bytes) {
        /** Whether these are the bytes of this very payload: payloads are values, but comparing them would cost more than writing. */
        @SuppressWarnings("ReferenceEquality")
        boolean of(Payload other) {
            return payload == other;
        }
    }

    /** Takes a payload; null when the run's bound is met. */
    static @Nullable Taken take(
            Run run, String shape, Payload payload, CapturedPayload.Direction direction, @Nullable Taken before) {
        if (!run.mayCapture(0)) {
            return null;
        }
        Taken taken = before != null && before.of(payload) ? before : new Taken(payload, bytes(run, payload));
        byte[] bytes = taken.bytes();
        int most =
                (int) Math.min(Integer.MAX_VALUE, run.rules().capture().most().toBytes());
        byte[] cut = bytes.length > most ? Arrays.copyOf(bytes, most) : bytes;
        if (run.mayCapture(cut.length)) {
            long size = payload.body() instanceof Body.Stored stored ? stored.size() : bytes.length;
            run.services()
                    .history()
                    .captured(new CapturedPayload(
                            run.identity().id(),
                            shape,
                            direction,
                            payload.lineage().text(),
                            payload.body().contentType(),
                            size,
                            cut,
                            run.services().clock().instant(),
                            run.rules().capture().keep()));
        }
        return taken;
    }

    private static byte[] bytes(Run run, Payload payload) {
        if (payload.body() instanceof Body.Stored) {
            return new byte[0];
        }
        List<String> mask = run.rules().capture().mask();
        if (mask.isEmpty() || !(payload.body() instanceof Body.Tree tree)) {
            return withoutSecrets(run, payload.bytes());
        }
        try {
            return withoutSecrets(run, Json.MAPPER.writeValueAsBytes(masked(tree.tree(), mask)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    private static byte[] withoutSecrets(Run run, byte[] bytes) {
        return Redacting.redacted(bytes, run.services()::redact);
    }

    private static JsonNode masked(JsonNode tree, List<String> mask) {
        var document = JsonPath.using(MASKING).parse((Object) tree.deepCopy());
        mask.forEach(path -> document.set(path, Json.NODES.textNode("***")));
        return document.json();
    }
}
