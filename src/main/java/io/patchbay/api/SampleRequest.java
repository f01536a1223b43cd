package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.route.MapPreviews.NoPreviewException;
import io.patchbay.route.SampleContent;
import io.patchbay.shape.map.Sample;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a request that is a sample: JSON, or content in another format. */
final class SampleRequest {

    private static final String WHAT =
            "give a list of records or one record as sample, or content as sampleText or sampleBase64.";
    private static final int LONGEST_WORD = 20;

    private SampleRequest() {}

    /** Looks what is given; it is read when it is asked for. */
    static Supplier<Sample> read(JsonNode given, @Nullable RecordPath records) {
        List<String> kinds = Stream.of("sample", "sampleText", "sampleBase64")
                .filter(given::has)
                .toList();
        if (kinds.size() != 1) {
            throw Refusal.badRequest(
                    (kinds.isEmpty() ? "sample is missing: " : "Only one sample can be tried: ") + WHAT);
        }
        long only = number(given.path("record"));
        ContentConfig config = config(given);
        if (given.has("sample")) {
            if (config != null) {
                throw Refusal.badRequest("sample is JSON: format and content belong to sampleText and sampleBase64.");
            }
            JsonNode tree = given.get("sample");
            return () -> SampleContent.of(tree, records, only, "the sample");
        }
        String text = JsonRequest.text(given, "sampleText");
        byte[] bytes = text == null ? bytes(given) : text.getBytes(StandardCharsets.UTF_8);
        Payload payload = Payload.empty(Lineage.ofRun("preview"))
                .withBody(new Body.Bytes(bytes, "application/octet-stream"), RecordPath.ROOT);
        Charset said = text == null ? null : StandardCharsets.UTF_8;
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        SampleContent content = new SampleContent(
                new ReadContent(payload, "the sample", null, said, "content.charset", false, folder),
                "",
                config,
                records,
                only);
        return content::sample;
    }

    private static byte[] bytes(JsonNode given) {
        String text = JsonRequest.text(given, "sampleBase64");
        try {
            return Base64.getDecoder().decode(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("sampleBase64 is not Base64.");
        }
    }

    private static long number(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return 0;
        }
        if (!given.isIntegralNumber() || !given.canConvertToLong() || given.longValue() < 1) {
            throw Refusal.badRequest("record must be a whole number from 1.");
        }
        return given.longValue();
    }

    private static @Nullable ContentConfig config(JsonNode given) {
        String format = JsonRequest.text(given, "format", LONGEST_WORD);
        JsonNode content = MapPreviewRequest.object(given, "content");
        if (format != null && content.isObject()) {
            throw Refusal.badRequest("format stands in content where there is one.");
        }
        try {
            ContentConfig config = content.isObject()
                    ? SampleContent.config(content.toString())
                    : format == null ? null : SampleContent.format(format);
            if (config != null && config.unpack() != null) {
                throw Refusal.badRequest("A sample is not packed: send what is in it.");
            }
            return config;
        } catch (NoPreviewException e) {
            throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
        }
    }
}
