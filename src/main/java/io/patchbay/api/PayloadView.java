package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.Variables;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payload as it passed a shape. */
@Doc("A payload as it passed a shape, masked as the flow says")
record PayloadView(
        String shape,
        CapturedPayload.Direction direction,
        @Doc("Where the payload comes from") String lineage,
        @Doc("Metadata by name") Map<String, String> meta,

        @Doc(
                "Values of flow variables that the start gave, but for one over 64 KB; with a payload that went into a first shape, else null")
        @Nullable
        Map<String, JsonNode> variables,

        @Doc("Media type") String contentType,
        @Doc("Whole size in bytes") long size,
        Instant at,

        @Doc("What is kept, if it is text; only with bytes=true") @Nullable
        String text,

        @Doc("What is kept, if it is not text; only with bytes=true") @Nullable
        String base64,

        @Doc("Whether its end was cut off; null without bytes=true") @Nullable
        Boolean cut) {

    private static @Nullable Map<String, JsonNode> variables(Map<String, String> texts) {
        if (texts.isEmpty()) {
            return null;
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        texts.forEach((name, text) -> values.put(name, Variables.typed(text)));
        return values;
    }

    static PayloadView of(CapturedPayload payload, boolean bytes) {
        boolean cut = payload.size() > payload.bytes().length;
        Content content = bytes ? Content.of(payload.bytes(), cut) : Content.NONE;
        return new PayloadView(
                payload.shape(),
                payload.direction(),
                payload.lineage(),
                payload.about().meta(),
                variables(payload.about().variables()),
                payload.contentType(),
                payload.size(),
                payload.at(),
                content.text(),
                content.base64(),
                bytes ? cut : null);
    }
}
