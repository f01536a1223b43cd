package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** YAML 1.2 (core schema). Its records are the items of a list, or the documents of a stream, read one by one. */
final class YamlFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.YAML;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");
    }

    @Override
    public List<String> endings() {
        return List.of("yaml", "yml");
    }

    @Override
    public boolean rows() {
        return false;
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        YamlReading reading = YamlReading.records(content, settings);
        return new Records() {
            @Override
            public @Nullable JsonNode next() throws IOException {
                return reading.item();
            }

            @Override
            public void close() throws IOException {
                reading.close();
            }
        };
    }

    /** One document is its value, several are a list. */
    @Override
    public JsonNode document(Content content, FormatSettings settings) throws IOException {
        try (YamlReading reading = YamlReading.documents(content, settings)) {
            ArrayNode all = Json.NODES.arrayNode();
            for (JsonNode one = reading.document(); one != null; one = reading.document()) {
                all.add(one);
            }
            if (all.isEmpty()) {
                throw FormatException.ends("YAML was expected, the content is empty", null);
            }
            return all.size() == 1 ? all.get(0) : all;
        }
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        YamlWriting writing = new YamlWriting(new Output(out, settings.charset()));
        writing.beginList();
        return new RecordWriter() {
            @Override
            public void write(JsonNode record) throws IOException {
                writing.check(record);
                writing.value(record);
            }

            @Override
            public void close() throws IOException {
                writing.endList();
                writing.close();
            }
        };
    }

    @Override
    public void document(JsonNode value, OutputStream out, FormatSettings settings) throws IOException {
        YamlWriting writing = new YamlWriting(new Output(out, settings.charset()));
        writing.check(value);
        writing.value(value);
        writing.close();
    }
}
