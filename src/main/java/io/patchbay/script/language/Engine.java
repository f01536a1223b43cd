package io.patchbay.script.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads texts of one language. Implementations are loaded by a {@link MeteredLoader} and have a constructor without arguments. */
public interface Engine {

    /** Names that every expression may read: what stands under them is data. */
    Set<String> VARIABLES = Set.of("meta", "flow", "run");

    /**
     * Reads a text.
     *
     * @param others texts that it may import, by the names of their files
     * @throws LanguageException when it is not one of the language
     */
    Program read(String text, Map<String, String> others) throws LanguageException;

    /** An expression that was read. Immutable, safe for use by several threads. */
    interface Program {
        /**
         * Works out its value.
         *
         * @param data what it works on; not to be changed
         * @param variables bound to their names; not to be changed
         * @throws LanguageException when there is none
         */
        Value apply(Data data, Map<String, JsonNode> variables) throws LanguageException;
    }

    /**
     * What an expression works on: a JSON value or an XML document.
     *
     * @param json the value, or null
     * @param xml the document's text, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Data(@Nullable JsonNode json, byte @Nullable [] xml) {
        /** A value. */
        public static Data of(JsonNode value) {
            return new Data(value, null);
        }

        /** A document. */
        public static Data of(byte[] document) {
            return new Data(null, document);
        }
    }

    /**
     * What an expression gave.
     *
     * @param json its values, none for nothing; null when it wrote a text
     * @param text what it wrote, or null
     * @param contentType media type of the text, or null
     */
    record Value(
            @Nullable List<JsonNode> json,
            @Nullable String text,
            @Nullable String contentType) {
        /** Values. */
        public static Value of(List<JsonNode> values) {
            return new Value(values, null, null);
        }

        /** A text. */
        public static Value of(String text, String contentType) {
            return new Value(null, text, contentType);
        }
    }
}
