package io.patchbay.shape.convert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.connector.csv.CsvLines;
import io.patchbay.expression.Values;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.payload.Xml;
import io.patchbay.shape.convert.ConvertSettings.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** JSON, written in another format. */
record Written(ConvertSettings settings) {

    private static final String LINES = "application/x-ndjson";
    /** Behind one record stands the next. */
    private static final ObjectReader ONE =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    Payload of(Payload payload) throws StepException {
        return switch (settings.to()) {
            case JSON -> payload;
            case XML -> xml(payload);
            case CSV -> csv(payload);
            case NDJSON -> lines(payload);
            case TEXT -> text(payload);
        };
    }

    private Payload xml(Payload payload) throws StepException {
        JsonNode tree = payload.tree();
        String root = settings.root();
        if (root != null) {
            JsonNode inside = settings.element() == null
                    ? tree
                    : Json.NODES
                            .objectNode()
                            .set(settings.element(), Json.NODES.arrayNode().addAll(payload.records()));
            tree = Json.NODES.objectNode().set(root, inside);
        }
        try {
            String declared = settings.charset().equals(StandardCharsets.UTF_8)
                    ? ""
                    : "<?xml version=\"1.0\" encoding=\"" + settings.charset().name() + "\"?>";
            return encoded(payload, declared + Xml.write(tree), "application/xml");
        } catch (IllegalArgumentException e) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_XML",
                    "the payload cannot be written as XML: " + e.getMessage()
                            + (root == null ? "; 'root' and 'element' put elements around records" : ""));
        }
    }

    private Payload csv(Payload payload) throws StepException {
        try (InputStream in = CsvLines.of(payload.records(), settings.rows()).open()) {
            return payload.withBody(new Body.Bytes(in.readAllBytes(), type("text/csv")), RecordPath.ROOT);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_CSV", "rows cannot be written", e);
        }
    }

    private Payload lines(Payload payload) throws StepException {
        StringBuilder lines = new StringBuilder();
        for (JsonNode record : payload.records()) {
            lines.append(record).append('\n');
        }
        return encoded(payload, lines.toString(), LINES);
    }

    private Payload text(Payload payload) throws StepException {
        JsonNode tree = payload.tree();
        if (tree.isContainerNode() || tree.isNull()) {
            String found = tree.isNull() ? "null" : tree.isArray() ? "a list" : "an object";
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_TEXT",
                    "the payload is " + found
                            + " and no text; take a field out of it (split, map), or write it as json or ndjson");
        }
        return encoded(payload, Values.text(tree), "text/plain");
    }

    private Payload encoded(Payload payload, String text, String type) throws StepException {
        try {
            ByteBuffer bytes = settings.charset().newEncoder().encode(CharBuffer.wrap(text));
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            return payload.withBody(new Body.Bytes(content, type(type)), RecordPath.ROOT);
        } catch (CharacterCodingException e) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_ENCODABLE",
                    "the payload holds a character that " + settings.charset() + " has not; 'charset: UTF-8' has all");
        }
    }

    private String type(String type) {
        return type + ";charset=" + settings.charset().name().toLowerCase(Locale.ROOT);
    }

    /** Whether a list of JSON on disk becomes lines on disk. */
    boolean lines(Payload payload, Source source) throws StepException {
        return settings.to() == Format.NDJSON
                && settings.charset().equals(StandardCharsets.UTF_8)
                && payload.body() instanceof Body.Stored
                && payload.recordPath().each()
                && source.format(payload) == Format.JSON;
    }

    /** A list of JSON on disk as lines on disk, with one record in memory. */
    Payload streamed(Payload payload, Attempt attempt) throws StepException {
        try {
            Files.createDirectories(attempt.spillFolder());
            Path file = Files.createTempFile(attempt.spillFolder(), "lines-", ".spill");
            boolean whole = false;
            try {
                int records = copy(payload, file);
                whole = true;
                return payload.withBody(new Body.Stored(file, type(LINES), Files.size(file), records), RecordPath.ROOT);
            } finally {
                if (!whole) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (JsonProcessingException e) {
            throw new StepException(Owner.REMOTE, "NOT_JSON", NotJson.sentence(e, "", "application/json"));
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "DISK", "the disk of the runtime does not take the lines", e);
        }
    }

    private static int copy(Payload payload, Path file) throws IOException {
        int records = 0;
        try (InputStream in = payload.stream();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
                JsonParser parser = Json.MAPPER.getFactory().createParser(in)) {
            if (!enter(parser, payload.recordPath().names())) {
                return 0;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode record = ONE.readTree(parser);
                out.write(Json.MAPPER.writeValueAsBytes(record));
                out.write('\n');
                records++;
            }
        }
        return records;
    }

    /** Goes to the list at a place; false when there is none. */
    private static boolean enter(JsonParser parser, List<String> names) throws IOException {
        JsonToken at = parser.nextToken();
        for (String name : names) {
            if (at != JsonToken.START_OBJECT) {
                return false;
            }
            JsonToken field = parser.nextToken();
            while (field == JsonToken.FIELD_NAME && !parser.currentName().equals(name)) {
                parser.nextToken();
                parser.skipChildren();
                field = parser.nextToken();
            }
            if (field != JsonToken.FIELD_NAME) {
                return false;
            }
            at = parser.nextToken();
        }
        return at == JsonToken.START_ARRAY;
    }
}
