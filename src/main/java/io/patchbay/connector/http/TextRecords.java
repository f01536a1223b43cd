package io.patchbay.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.patchbay.connector.Selection;
import io.patchbay.connector.definition.RecordSelectorConfig;
import io.patchbay.connector.http.ReplyReader.NotReadable;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records that stand in an answer as one text: rows in an element of XML, JSON in a member of JSON. */
final class TextRecords {

    private static final int BEGIN = 64;

    private TextRecords() {}

    /**
     * An answer with the records in place of the text; no text, or an empty one, holds none.
     *
     * @throws NotReadable when the text is not of the form that was declared
     */
    static Payload read(Payload answer, Selection selection) throws IOException {
        RecordSelectorConfig config = selection.config();
        RecordPath path = selection.path();
        if (config == null
                || path == null
                || config.textFormat() == null
                || !(answer.body() instanceof Body.Tree json)) {
            return answer;
        }
        RecordPath list = new RecordPath(path.names(), true);
        List<JsonNode> found = path.records(json.tree());
        JsonNode text = found.isEmpty() ? Json.NODES.textNode("") : found.get(0);
        if (!text.isTextual()) {
            throw new NotReadable(
                    "NOT_TEXT", "a text with records was expected at " + path + ", found something else", false);
        }
        return answer.withBody(new Body.Tree(list.with(json.tree(), records(text.textValue(), config))), list);
    }

    private static List<JsonNode> records(String text, RecordSelectorConfig config) throws IOException {
        if (text.isBlank()) {
            return List.of();
        }
        if (config.textFormat() == RecordSelectorConfig.TextFormat.CSV) {
            InputStream content = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            return items(Rows.all(content, StandardCharsets.UTF_8, config.csv()));
        }
        try {
            return config.textFormat() == RecordSelectorConfig.TextFormat.NDJSON
                    ? lines(text)
                    : items(Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            String begin = text.substring(0, Math.min(BEGIN, text.length()));
            throw new NotReadable("NOT_JSON", NotJson.sentence(e, begin, "text"), false);
        }
    }

    private static List<JsonNode> lines(String text) throws IOException {
        try (MappingIterator<JsonNode> all =
                Json.MAPPER.readerFor(JsonNode.class).readValues(text)) {
            return all.readAll();
        }
    }

    private static List<JsonNode> items(JsonNode tree) {
        if (!tree.isArray()) {
            return List.of(tree);
        }
        List<JsonNode> items = new ArrayList<>(tree.size());
        tree.forEach(items::add);
        return items;
    }
}
