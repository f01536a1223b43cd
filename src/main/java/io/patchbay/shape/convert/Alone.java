package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went aside in a shape: content of a format, taken out of what it was packed in, out of its lines and of its page. Metadata {@code
 * aside.SHAPE} says so and stays when content is edited, so that a replay reads what is there as what it is.
 */
final class Alone {

    /** A record of a workbook as JSON, in which objects stand for cells that are wrong. */
    static final String ROW = "row";

    /** A member of a zip file, as it was in it. */
    static final String MEMBER = "member";

    private static final String KEY = "aside.";

    private Alone() {}

    /** A payload that leaves the one it was in, as the record with this number from 0. */
    static Payload of(Body body, String said, Payload from, String shape, long index) {
        return from.withBody(body, RecordPath.ROOT)
                .withMeta(KEY + shape, said)
                .withLineage(from.lineage().alone(shape, index));
    }

    /** What was said of a payload when it went aside in this shape, as in {@code csv;charset=utf-8}; null when it never did. */
    static @Nullable String said(Payload payload, String shape) {
        String said = payload.meta().get(KEY + shape);
        boolean known = said != null && (said.equals(ROW) || said.equals(MEMBER) || named(said) != null);
        return known ? said : null;
    }

    private static @Nullable FormatName named(String said) {
        String word = said.split(";", 2)[0];
        return Formats.all().stream()
                .map(Format::name)
                .filter(name -> name.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** A format and the character set of what was found. */
    static String said(FormatName format, FormatException thrown) {
        return format.word() + charset(thrown);
    }

    private static String charset(FormatException thrown) {
        return ";charset="
                + (thrown.charset() == null ? StandardCharsets.UTF_8 : thrown.charset())
                        .name()
                        .toLowerCase(Locale.ROOT);
    }

    /** What was found in the place of a record: an object is a record, all else is content of the format. */
    static Body body(FormatException thrown, FormatName format) {
        JsonNode found = thrown.found();
        if (found.isContainerNode()) {
            return new Body.Tree(found);
        }
        String type = Formats.of(format).mediaTypes().get(0) + charset(thrown);
        try {
            return new Body.Bytes(
                    found.isBinary() ? found.binaryValue() : found.asText().getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new IllegalStateException("bytes are bytes", e);
        }
    }

    /** What comes out of the shape did not go aside in it. */
    static Payload forgotten(Payload payload, String shape) {
        if (said(payload, shape) == null) {
            return payload;
        }
        Map<String, String> less = new LinkedHashMap<>(payload.meta());
        less.remove(KEY + shape);
        return new Payload(payload.lineage(), payload.body(), payload.recordPath(), less);
    }

    /** The format that is said. */
    static FormatName format(String said) {
        return Objects.requireNonNullElse(named(said), FormatName.JSON);
    }

    /** The JSON of a payload that is JSON, or was edited as JSON; null for one that is not. */
    static @Nullable JsonNode json(Payload payload) {
        if (payload.body() instanceof Body.Tree json) {
            return json.tree();
        }
        if (!Json.isType(payload.body().contentType())) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(payload.bytes());
        } catch (IOException e) {
            return null;
        }
    }
}
