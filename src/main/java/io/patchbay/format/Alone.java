package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.Charset;
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
public final class Alone {

    /** A record of a workbook as JSON, in which objects stand for cells that are wrong. */
    public static final String ROW = "row";

    /** A member of a zip file, as it was in it. */
    public static final String MEMBER = "member";

    /** Records of one payload or list that may go aside; more are no slips. */
    static final int MOST = 10_000;

    /** Bytes that they may have together. */
    public static final long MOST_BYTES = 64L << 20;

    private static final String KEY = "aside.";

    private Alone() {}

    /**
     * Looks whether so many may go aside.
     *
     * @param records how many there are
     * @param bytes what they have together
     * @param last why the last of them is wrong
     * @throws StepException when they are no slips any more
     */
    public static void refuseMore(int records, long bytes, StepException last) throws StepException {
        if (records > MOST || bytes > MOST_BYTES) {
            throw new StepException(
                    Owner.REMOTE,
                    last.code(),
                    "more than " + (records > MOST ? MOST + " records" : MOST_BYTES + " bytes of records")
                            + " are wrong; the last one: " + last.getMessage());
        }
    }

    /** A payload that leaves the one it was in, as the record with this number from 0. */
    public static Payload of(Body body, String said, Payload from, String shape, long index) {
        return from.withBody(body, RecordPath.ROOT)
                .withMeta(KEY + shape, said)
                .withLineage(from.lineage().alone(shape, index));
    }

    /** Whether metadata of this name says that a payload went aside in some shape. */
    public static boolean isMark(String name) {
        return name.startsWith(KEY);
    }

    /** What was said of a payload when it went aside in this shape, as in {@code csv;charset=utf-8}; null when it never did. */
    public static @Nullable String said(Payload payload, String shape) {
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
    public static String said(FormatName format, FormatException thrown) {
        return format.word() + charset(thrown);
    }

    /** The media type of what was found. */
    public static String type(FormatName format, FormatException thrown) {
        return Formats.of(format).mediaTypes().get(0) + charset(thrown);
    }

    private static String charset(FormatException thrown) {
        return ";charset="
                + (thrown.charset() == null ? StandardCharsets.UTF_8 : thrown.charset())
                        .name()
                        .toLowerCase(Locale.ROOT);
    }

    /** The character set that goes with what was said, or with a media type; null for none that is known. */
    public static @Nullable Charset charset(String said) {
        int at = said.indexOf(";charset=");
        try {
            return at < 0 ? null : Charset.forName(said.substring(at + ";charset=".length()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What was found in the place of a record: an object is a record, all else is content of the format. */
    public static Body body(FormatException thrown, FormatName format) {
        JsonNode found = thrown.found();
        if (found.isContainerNode()) {
            return new Body.Tree(found);
        }
        String type = type(format, thrown);
        try {
            return new Body.Bytes(
                    found.isBinary() ? found.binaryValue() : found.asText().getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new IllegalStateException("bytes are bytes", e);
        }
    }

    /**
     * What is there to be read, of a payload of which something was said: content of the format, or records as JSON. Edited, content may be
     * a text of JSON.
     *
     * @throws StepException when a cell of a workbook that holds no value is there as it was
     */
    public static Payload readable(Payload payload, String said) throws StepException {
        FormatName name = format(said);
        JsonNode json = json(payload);
        boolean document = named(said) == FormatName.JSON;
        if (json != null && json.isTextual() && document) {
            byte[] bytes = json.textValue().getBytes(StandardCharsets.UTF_8);
            json = payload.withBody(new Body.Bytes(bytes, "application/json"), RecordPath.ROOT)
                    .tree();
        }
        if (json != null && json.isTextual() && name != FormatName.JSON) {
            byte[] bytes = json.textValue().getBytes(StandardCharsets.UTF_8);
            Body body = new Body.Bytes(bytes, Formats.of(name).mediaTypes().get(0) + ";charset=utf-8");
            return payload.withBody(body, RecordPath.ROOT);
        }
        if (json == null && name == FormatName.JSON) {
            json = payload.withBody(new Body.Bytes(payload.bytes(), "application/json"), RecordPath.ROOT)
                    .tree();
        }
        if (json == null) {
            return payload;
        }
        for (Map.Entry<String, JsonNode> cell : json.properties()) {
            if (said.equals(ROW) && cell.getValue().isObject()) {
                throw new StepException(
                        Owner.REMOTE,
                        "NOT_XLSX",
                        "the row of a workbook is wrong as it was: field '" + cell.getKey()
                                + "' holds no value; write one in place of it");
            }
        }
        return payload.withBody(new Body.Tree(Json.NODES.arrayNode().add(json)), RecordPath.ROOT_LIST);
    }

    /** What comes out of the shape did not go aside in it. */
    public static Payload forgotten(Payload payload, String shape) {
        if (said(payload, shape) == null) {
            return payload;
        }
        Map<String, String> less = new LinkedHashMap<>(payload.meta());
        less.remove(KEY + shape);
        return new Payload(payload.lineage(), payload.body(), payload.recordPath(), less);
    }

    /** The format that is said. */
    public static FormatName format(String said) {
        return Objects.requireNonNullElse(named(said), FormatName.JSON);
    }

    /** The JSON of a payload that is JSON, or was edited as JSON; null for one that is not. */
    public static @Nullable JsonNode json(Payload payload) {
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
