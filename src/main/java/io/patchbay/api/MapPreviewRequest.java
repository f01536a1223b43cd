package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.RecordPath;
import io.patchbay.route.MapPreviews;
import io.patchbay.shape.map.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a map is to be tried on. */
@Doc("What a map is to be tried on")
record MapPreviewRequest(
        @Doc("Text of a flow file that is not deployed; without it the flow is taken as it is deployed") @Nullable
        String text,

        @Doc("Id of the map; not needed where the flow has one") @Nullable
        String shape,

        @Doc("The payload as JSON: a list of records or one record") @Nullable
        JsonNode sample,

        @Doc("In place of sample: content in another format, as text") @Nullable
        String sampleText,

        @Doc("In place of sample: content in another format, as bytes in Base64, for a workbook") @Nullable
        String sampleBase64,

        @Doc("Format of the content, like csv; without it and content, how it begins says it") @Nullable
        String format,

        @Doc(
                "How the content is read, in the words of content of an endpoint, like {\"format\": \"csv\", \"csv\": {\"delimiter\": \";\"}}")
        @Nullable
        Map<String, JsonNode> content,

        @Doc("Number of the one record that is tried, from 1; without it all, 100 at most") @Nullable
        Long record,

        @Doc("Where its records stand, like $.orders[*]; without it the items of a list, or the whole") @Nullable
        String records,

        @Doc("Metadata of the payload") @Nullable Map<String, String> meta,

        @Doc("Variables of the flow in place of what a run begins with") @Nullable
        Map<String, JsonNode> variables) {

    private static final int LONGEST_TEXT = 1_000_000;
    private static final int LONGEST_NAME = 200;

    private static final List<String> KEYS = List.of(
            "text",
            "shape",
            "sample",
            "sampleText",
            "sampleBase64",
            "format",
            "content",
            "record",
            "records",
            "meta",
            "variables");

    /** Reads a request's body. */
    static MapPreviews.Ask read(String flow, byte[] body) {
        JsonNode given = JsonRequest.object(body, KEYS);
        Map<String, String> meta = new LinkedHashMap<>();
        object(given, "meta")
                .properties()
                .forEach(one -> meta.put(one.getKey(), one.getValue().asText()));
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        object(given, "variables").properties().forEach(one -> variables.put(one.getKey(), one.getValue()));
        Supplier<Sample> sample = SampleRequest.read(given, records(given));
        return new MapPreviews.Ask(
                flow,
                JsonRequest.text(given, "text", LONGEST_TEXT),
                JsonRequest.text(given, "shape", LONGEST_NAME),
                () -> sample.get().with(meta, variables));
    }

    static JsonNode object(JsonNode given, String key) {
        JsonNode value = given.path(key);
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            throw Refusal.badRequest(key + " must be an object.");
        }
        return value;
    }

    private static @Nullable RecordPath records(JsonNode given) {
        String path = JsonRequest.text(given, "records", LONGEST_NAME);
        try {
            return path == null ? null : RecordPath.parse(path);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
        }
    }
}
