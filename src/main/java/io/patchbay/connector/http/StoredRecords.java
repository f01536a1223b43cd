package io.patchbay.connector.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.format.Records;
import io.patchbay.payload.BoundedKeys;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.Xml;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The records of an answer, one after the other, with no more than one of them in memory. What follows the last record is
 * read too, so that a document that was cut is known as one.
 */
abstract class StoredRecords implements Closeable {

    /** The next record; null behind the last. @throws IOException also when the content is not of the declared form */
    abstract @Nullable JsonNode next() throws IOException, XMLStreamException;

    /**
     * Opens content.
     *
     * @param declared the character set that the answer or its author names, or null
     * @param path to the records; for rows and lines they stand at the root
     */
    static StoredRecords open(InputStream content, ResponseConfig response, @Nullable Charset declared, RecordPath path)
            throws IOException, XMLStreamException {
        return switch (response.format()) {
            case NDJSON -> new Lines(content, declared, response.reader());
            case CSV ->
                new Parsed(Rows.open(
                        content, Objects.requireNonNullElse(declared, StandardCharsets.UTF_8), response.csv()));
            case XML -> new Elements(content, path.names(), declared);
            default -> new Items(content, declared, path, response.reader());
        };
    }

    /** Records that are read already. */
    static StoredRecords of(Records records) {
        return new Parsed(records);
    }

    /** The items of a list of a JSON document, no more than so many; what follows the list is not read. */
    static List<JsonNode> list(
            InputStream content, @Nullable Charset declared, RecordPath path, int most, ObjectReader reader)
            throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (Items items = new Items(content, declared, path, reader)) {
            for (JsonNode item = items.item(); item != null && all.size() < most; item = items.item()) {
                all.add(item);
            }
        }
        return all;
    }

    /** Fails where others put a replacement in the place of what they cannot read. */
    private static Reader reader(InputStream content, Charset charset) {
        return new InputStreamReader(
                content,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static JsonParser parser(InputStream content, @Nullable Charset declared) throws IOException {
        return declared == null
                ? Json.MAPPER.createParser(content)
                : Json.MAPPER.createParser(reader(content, declared));
    }

    /** Items of one list in a JSON document. */
    private static final class Items extends StoredRecords {
        private final BoundedKeys parser;
        private final ObjectReader reader;
        private final List<String> names;
        private boolean inList;
        private boolean single;

        Items(InputStream content, @Nullable Charset declared, RecordPath path, ObjectReader reader)
                throws IOException {
            // One value among others.
            this.reader = reader.forType(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            this.names = path.names();
            this.parser = new BoundedKeys(parser(content, declared));
            parser.nextToken();
            boolean there = found(path.names());
            this.inList = there && parser.isExpectedStartArrayToken();
            this.single = there && !inList && parser.currentToken() != JsonToken.VALUE_NULL;
        }

        /** Goes to the value at the place; false when there is none. */
        private boolean found(List<String> names) throws IOException {
            for (String name : names) {
                if (!parser.isExpectedStartObjectToken()) {
                    return false;
                }
                boolean here = false;
                while (!here && parser.nextToken() == JsonToken.FIELD_NAME) {
                    here = name.equals(parser.currentName());
                    parser.nextToken();
                    if (!here) {
                        parser.skipChildren();
                    }
                }
                if (!here) {
                    return false;
                }
            }
            return true;
        }

        /** The next item; null behind the last, without a look at what follows the list. */
        private @Nullable JsonNode item() throws IOException {
            if (inList && parser.nextToken() != JsonToken.END_ARRAY) {
                return reader.readTree(parser);
            }
            inList = false;
            if (single) {
                single = false;
                return reader.readTree(parser);
            }
            return null;
        }

        @Override
        @Nullable
        JsonNode next() throws IOException {
            JsonNode item = item();
            if (item != null) {
                return item;
            }
            parser.passRest(names);
            return null;
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }

    /** One JSON value per line. */
    private static final class Lines extends StoredRecords {
        private final MappingIterator<JsonNode> values;

        Lines(InputStream content, @Nullable Charset declared, ObjectReader reader) throws IOException {
            this.values = reader.forType(JsonNode.class).readValues(parser(content, declared));
        }

        @Override
        @Nullable
        JsonNode next() throws IOException {
            return values.hasNextValue() ? values.nextValue() : null;
        }

        @Override
        public void close() throws IOException {
            values.close();
        }
    }

    /** Rows. */
    private static final class Parsed extends StoredRecords {
        private final Records rows;

        Parsed(Records rows) {
            this.rows = rows;
        }

        @Override
        @Nullable
        JsonNode next() throws IOException {
            return rows.next();
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    /** Elements of one name in an XML document. */
    private static final class Elements extends StoredRecords {
        private final InputStream content;
        private final Xml.Elements elements;

        Elements(InputStream content, List<String> names, @Nullable Charset declared) throws XMLStreamException {
            this.content = content;
            this.elements = new Xml.Elements(content, names, declared == null ? null : declared.name());
        }

        @Override
        @Nullable
        JsonNode next() throws XMLStreamException {
            return elements.next();
        }

        @Override
        public void close() throws IOException {
            try {
                elements.close();
            } catch (XMLStreamException e) {
                throw new IOException(e);
            } finally {
                content.close();
            }
        }
    }
}
