package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/** Plain text: the whole of it is one record. */
final class TextFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.TEXT;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("text/plain");
    }

    @Override
    public List<String> endings() {
        return List.of("txt");
    }

    @Override
    public boolean rows() {
        return false;
    }

    @Override
    public JsonNode document(Content content, FormatSettings settings) throws IOException {
        try (Reader reader = Encoded.of(Memory.whole(content), settings).reader()) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[8192];
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                text.append(buffer, 0, n);
            }
            return Json.NODES.textNode(text.toString());
        } catch (CharacterCodingException e) {
            Encoded encoded = Encoded.of(content, settings);
            throw FormatException.ends(
                    Encoded.notIn(encoded.charset()) + Encoded.OTHER, new Place(1, 0, encoded.wrong()));
        }
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        return new Single(document(content, settings));
    }

    @Override
    public void document(JsonNode value, OutputStream out, FormatSettings settings) throws IOException {
        if (value.isContainerNode() || value.isNull()) {
            String found = value.isNull() ? "null" : value.isArray() ? "a list" : "an object";
            throw FormatException.ends(
                    "is " + found + " and no text; take a field out of it (split, map), or write it as json or ndjson",
                    null);
        }
        Output text = new Output(out, settings.charset());
        String written = Values.text(value);
        text.check(written);
        text.write(written);
        text.flush();
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) {
        return new Single.Writer(value -> document(value, out, settings));
    }
}
