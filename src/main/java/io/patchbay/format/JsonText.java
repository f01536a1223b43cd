package io.patchbay.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.Writer;

/** Writes one value after the other as JSON, each as a text that stands until the next one. */
final class JsonText {

    private final StringBuilder text = new StringBuilder();
    private final JsonGenerator generator;

    JsonText() throws IOException {
        this.generator = Json.MAPPER.getFactory().createGenerator(new Writer() {
            @Override
            public void write(char[] chars, int from, int length) {
                text.append(chars, from, length);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        generator.setRootValueSeparator(null);
    }

    /** The text of a value. */
    CharSequence of(JsonNode value) throws IOException {
        text.setLength(0);
        Json.MAPPER.writeTree(generator, value);
        return text;
    }
}
