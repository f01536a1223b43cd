package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.BoundedStream;
import io.patchbay.payload.TreeWeight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What may be in memory of content at a time: so much that a small heap ends with an error and not without memory. */
public final class Memory {

    private static final long HEAP = Runtime.getRuntime().maxMemory();
    /** What a value takes in memory, with what holds it. */
    private static final int VALUE = 128;
    /** What the place of a value takes in what holds it. */
    private static final int PLACE = 48;

    /** Bytes of one record. */
    static final int RECORD = (int) Math.min(16 << 20, HEAP / 16);

    /** What helps where a record is too large only because the heap is small. */
    static final String LARGER_HEAP = RECORD < 16 << 20 ? "; in a heap of 256 MB it may have 16 MB" : "";

    /** Values of one record. */
    static final int RECORD_VALUES = (int) Math.min(1_000_000, HEAP / 256);

    /** Bytes of one record of YAML, whose reader holds each character several times. */
    static final int RECORD_YAML = (int) Math.min(16 << 20, HEAP / 56);

    /** Bytes of a document that is read as a whole. */
    static final long WHOLE = Math.max(RECORD, HEAP / 8);

    /** What is kept of a document while its records are read one by one, in bytes. */
    static final long KEPT = Math.min(64L << 20, HEAP / 4);

    /** Values of a document that is read as a whole. */
    static final long WHOLE_VALUES = HEAP / VALUE;

    private static final String HINT = " for this memory; read record by record ('chunk') it may have more";

    private Memory() {}

    /** Content that ends with an error where it is too large to be read as a whole. */
    static Content whole(Content content) {
        return whole(content, WHOLE);
    }

    /** Likewise, for a format whose reader takes more for each byte. */
    static Content whole(Content content, long most) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return new BoundedStream(
                        content.open(),
                        most,
                        bytes -> FormatException.ends("the content has more than " + bytes + " bytes" + HINT, null));
            }

            @Override
            public @Nullable Charset said() {
                return content.said();
            }

            @Override
            public Path folder() {
                return content.folder();
            }
        };
    }

    /** The values of a document take too much to be read as a whole. */
    static FormatException heavy() {
        return FormatException.ends(
                "the values of the content take more than " + TreeWeight.MOST + " bytes, too many" + HINT, null);
    }

    /** Counts the records of a document. */
    public static final class Counter {
        private long left = HEAP / 2;

        /** One more. @throws FormatException where all of them take too much */
        public void add(JsonNode record) throws FormatException {
            left -= weight(record);
            if (left < 0) {
                throw FormatException.ends(
                        "the records of the content take more than " + HEAP / 2 + " bytes, too many" + HINT, null);
            }
        }

        private static long weight(JsonNode value) {
            if (value.isTextual()) {
                int length = value.textValue().length();
                return length == 0 ? PLACE : PLACE + 64 + length;
            }
            long all = value.isContainerNode() ? VALUE : value.isNumber() ? PLACE + 24 : PLACE;
            for (JsonNode item : value) {
                all += weight(item);
            }
            return all;
        }
    }
}
