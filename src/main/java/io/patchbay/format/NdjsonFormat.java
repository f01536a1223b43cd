package io.patchbay.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON value per line. A line that is none is wrong by itself. */
final class NdjsonFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.NDJSON;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");
    }

    @Override
    public List<String> endings() {
        return List.of("ndjson", "jsonl");
    }

    @Override
    public boolean rows() {
        return true;
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        ObjectReader reader = settings.json().reader();
        return new LineRecords(Encoded.of(content, settings), 0, String::isBlank, new LineRecords.Reading() {
            @Override
            public JsonNode record(String line, Place at) throws IOException {
                return value(line, at, reader);
            }

            /** Bytes that are ASCII are read as they are. What is wrong is told of the text. */
            @Override
            public @Nullable JsonNode quick(Lines lines) throws IOException {
                return NdjsonFormat.quick(lines, reader);
            }
        });
    }

    /** The value of a line, when it is one and nothing but one; else null. */
    private static @Nullable JsonNode quick(Lines lines, ObjectReader reader) throws IOException {
        JsonParser bytes = lines.json();
        if (bytes == null) {
            return null;
        }
        try (JsonParser parser = new BoundedJson(bytes)) {
            JsonNode value = reader.readTree(parser);
            return value == null || value.isMissingNode() || parser.nextToken() != null ? null : value;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static JsonNode value(String line, Place at, ObjectReader reader) throws IOException {
        try (BoundedJson parser = new BoundedJson(Json.MAPPER.getFactory().createParser(line))) {
            return value(parser, line, at, reader);
        }
    }

    private static JsonNode value(BoundedJson parser, String line, Place at, ObjectReader reader) throws IOException {
        try {
            JsonNode value = reader.readTree(parser);
            if (parser.nextToken() != null) {
                throw FormatException.record(
                        "a second value stands behind the first one of the line", at, null, found(line));
            }
            return value;
        } catch (JsonProcessingException e) {
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            e.clearLocation();
            String field = NotRead.shown(parser.field(null));
            throw FormatException.record(
                    NotJson.mendable(e, line, "application/x-ndjson") + (column > 0 ? " at column " + column : ""),
                    at,
                    field.isEmpty() ? null : field,
                    found(line));
        }
    }

    private static JsonNode found(String line) {
        return Json.NODES.textNode(line);
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        Output text = new Output(out, settings.charset());
        JsonText json = new JsonText();
        return new RecordWriter() {
            @Override
            public void write(JsonNode record) throws IOException {
                CharSequence line = json.of(record);
                text.check(line);
                text.write(line);
                text.write("\n");
            }

            @Override
            public void close() throws IOException {
                text.flush();
            }
        };
    }
}
