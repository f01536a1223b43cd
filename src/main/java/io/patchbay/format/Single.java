package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one record of a document that has no more. */
final class Single implements Records {

    private @Nullable JsonNode value;

    Single(JsonNode value) {
        this.value = value;
    }

    @Override
    public @Nullable JsonNode next() {
        JsonNode next = value;
        value = null;
        return next;
    }

    @Override
    public void close() {}

    /** Writes the one record that such a document can have. */
    static final class Writer implements RecordWriter {
        private final Document document;
        private boolean written;

        /** Writes a document. */
        interface Document {
            void write(JsonNode value) throws IOException;
        }

        Writer(Document document) {
            this.document = document;
        }

        @Override
        public void write(JsonNode record) throws IOException {
            if (written) {
                throw FormatException.refused("is a second one, and the format carries one");
            }
            document.write(record);
            written = true;
        }

        @Override
        public void close() {}
    }
}
