package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body.Bytes;
import io.patchbay.payload.Body.Empty;
import io.patchbay.payload.Body.Stored;
import io.patchbay.payload.Body.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One document on its way through a flow: an immutable value.
 *
 * @param lineage where it comes from
 * @param body its content
 * @param recordPath where its records stand
 * @param meta metadata: text by name, goes along with the payload and everything made from it
 */
public record Payload(Lineage lineage, Body body, RecordPath recordPath, Map<String, String> meta) {

    public Payload {
        meta = Map.copyOf(meta);
    }

    /** A payload without content. */
    public static Payload empty(Lineage lineage) {
        return new Payload(lineage, Body.EMPTY, RecordPath.ROOT, Map.of());
    }

    /** A JSON payload whose list items, or whose whole, are records. */
    public static Payload of(Lineage lineage, JsonNode tree) {
        return new Payload(lineage, new Tree(tree), RecordPath.of(tree), Map.of());
    }

    /** Whether there is no content at all. */
    public boolean isEmpty() {
        return body instanceof Empty;
    }

    /**
     * The content as one value among others: a tree where it is JSON, else a text.
     *
     * @throws StepException when it is neither, so that the value would not be what it was
     */
    public JsonNode value() throws StepException {
        if (body instanceof Tree || Json.isType(body.contentType())) {
            return tree();
        }
        try {
            return Json.NODES.textNode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(wholeBytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_TEXT",
                    "content of type '" + body.contentType()
                            + "' is no text (UTF-8) and cannot be an item of a JSON list",
                    e);
        }
    }

    /**
     * The content as a JSON tree, which the caller must not change. Missing for an empty payload; text that is not JSON is a
     * text node when its media type says text, an error otherwise.
     *
     * @throws StepException when the content is not JSON, or does not fit into memory as a whole
     */
    public JsonNode tree() throws StepException {
        if (body instanceof Tree json) {
            return json.tree();
        }
        if (body instanceof Empty) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }
        if (body.contentType().toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            return Json.NODES.textNode(new String(wholeBytes(), StandardCharsets.UTF_8));
        }
        return Parsed.json(wholeBytes(), body.contentType());
    }

    /** A payload like this one whose body is parsed, so that it is parsed only once. @throws StepException if not JSON */
    public Payload parsed() throws StepException {
        if (body instanceof Tree || body instanceof Empty) {
            return this;
        }
        JsonNode tree = tree();
        RecordPath path = recordPath.equals(RecordPath.ROOT) ? RecordPath.of(tree) : recordPath;
        return new Payload(lineage, new Tree(tree), path, meta);
    }

    /** The records. @throws StepException when the content is not JSON */
    public List<JsonNode> records() throws StepException {
        return recordPath.records(tree());
    }

    /** How many records there are, without failing: content that is not parsed counts as one record, none as none. */
    public int recordCount() {
        if (body instanceof Tree json) {
            return recordPath.records(json.tree()).size();
        }
        if (body instanceof Stored stored) {
            return stored.records();
        }
        return body instanceof Empty ? 0 : 1;
    }

    /** A payload like this one with other records; without records and without a list to hold them, an empty one. */
    public Payload withRecords(List<JsonNode> records) throws StepException {
        JsonNode tree = tree();
        if (records.isEmpty() && !recordPath.each()) {
            return withBody(Body.EMPTY, RecordPath.ROOT);
        }
        if (records.size() > 1 && !recordPath.each()) {
            JsonNode list = Json.NODES.arrayNode(records.size()).addAll(records);
            return withBody(new Tree(list), RecordPath.ROOT_LIST);
        }
        return withBody(new Tree(recordPath.with(tree, records)), recordPath);
    }

    /** A payload like this one with other content. */
    public Payload withBody(Body newBody, RecordPath newPath) {
        return new Payload(lineage, newBody, newPath, SourceRecords.without(meta));
    }

    /** A payload like this one with another lineage. */
    public Payload withLineage(Lineage newLineage) {
        return new Payload(newLineage, body, recordPath, meta);
    }

    /** A payload like this one with one more metadata value. */
    public Payload withMeta(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(meta);
        more.put(name, value);
        return new Payload(lineage, body, recordPath, more);
    }

    /** The content as bytes; a tree is written as JSON. */
    public byte[] bytes() {
        try {
            if (body instanceof Tree json) {
                return Json.MAPPER.writeValueAsBytes(json.tree());
            }
            if (body instanceof Bytes raw) {
                return raw.bytes();
            }
            return body instanceof Stored stored ? Files.readAllBytes(stored.file()) : new byte[0];
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("payload file of " + lineage + " cannot be read", e);
        }
    }

    /** The bytes, of which something as large is made. */
    private byte[] wholeBytes() throws StepException {
        if (body instanceof Stored stored) {
            Parsed.checkSize(stored.size());
        }
        return bytes();
    }

    /** The content as a stream; closing it is the caller's. */
    public InputStream stream() throws IOException {
        return body instanceof Stored stored
                ? Files.newInputStream(stored.file())
                : new java.io.ByteArrayInputStream(bytes());
    }
}
