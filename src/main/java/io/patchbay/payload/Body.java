package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** The content of a payload. A JSON tree that stands in a body is never changed; shapes build new ones that share subtrees. */
public sealed interface Body {

    /** No content: what a schedule starts with. */
    Empty EMPTY = new Empty();

    /** Media type, as in HTTP's Content-Type. */
    String contentType();

    /** The longest media type that is kept with a body, in characters. */
    int LONGEST_TYPE = 200;

    /** What is kept of a media type that came from outside: one that no store would take says nothing. */
    private static String type(String said) {
        return said.length() > LONGEST_TYPE || said.chars().anyMatch(Character::isISOControl)
                ? EMPTY.contentType()
                : said;
    }

    /** No content. */
    record Empty() implements Body {
        @Override
        public String contentType() {
            return "application/octet-stream";
        }
    }

    /** A parsed JSON document. */
    record Tree(JsonNode tree) implements Body {
        @Override
        public String contentType() {
            return "application/json";
        }
    }

    /**
     * Content that is not parsed.
     *
     * @param bytes never changed after this
     * @param contentType media type
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Bytes(byte[] bytes, String contentType) implements Body {
        /** Content of a type; one that is too long, or holds control characters, is {@code application/octet-stream}. */
        public Bytes {
            contentType = type(contentType);
        }
    }

    /**
     * Content too large for memory, in a file that the runtime owns.
     *
     * @param file not changed while a payload refers to it
     * @param contentType media type
     * @param size in bytes
     * @param records how many records it holds, for counts; one where nobody looked
     */
    record Stored(Path file, String contentType, long size, int records) implements Body {
        /** Content of a type; one that is too long, or holds control characters, is {@code application/octet-stream}. */
        public Stored {
            contentType = type(contentType);
        }

        /** Content that counts as one record. */
        public Stored(Path file, String contentType, long size) {
            this(file, contentType, size, 1);
        }
    }
}
