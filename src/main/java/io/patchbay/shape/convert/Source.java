package io.patchbay.shape.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.csv.CsvRows;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.payload.Xml;
import io.patchbay.shape.convert.ConvertSettings.Format;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** What came in, read as JSON. */
record Source(ConvertSettings settings) {

    private static final int SNIFFED = 64;

    /** Records one after the other. */
    interface Records extends Closeable {
        /** The next one; null behind the last. */
        @Nullable
        JsonNode next() throws IOException, XMLStreamException;
    }

    /** The format of a payload. @throws StepException when nobody says it */
    Format format(Payload payload) throws StepException {
        Format said = settings.from();
        if (said != null) {
            return said;
        }
        String type = payload.body().contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (Json.isType(type)) {
            return Format.JSON;
        }
        if (type.endsWith("/xml") || type.endsWith("+xml")) {
            return Format.XML;
        }
        return switch (type) {
            case "text/csv", "application/csv" -> Format.CSV;
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" ->
                Format.NDJSON;
            case "text/plain" -> Format.TEXT;
            default ->
                throw new StepException(
                        Owner.AUTHOR,
                        "UNKNOWN_FORMAT",
                        "the payload is of the media type '" + type
                                + "', which says no format that can be read; 'from' can say it");
        };
    }

    /** The payload as JSON, with its records. */
    Payload read(Payload payload) throws StepException {
        Payload raw = unpacked(payload);
        Format format = format(raw);
        if (raw.body() instanceof Body.Tree json) {
            if (format != Format.JSON && format != Format.TEXT) {
                throw new StepException(
                        Owner.AUTHOR, "NOT_" + format, "the payload is JSON already, and 'from' says " + word(format));
            }
            return payload(raw, json.tree(), settings.records() == null ? raw.recordPath() : null);
        }
        JsonNode tree = switch (format) {
            case JSON -> json(raw);
            case TEXT -> Json.NODES.textNode(text(raw));
            case XML -> xml(raw);
            case CSV, NDJSON -> all(raw);
        };
        return payload(raw, tree, null);
    }

    private Payload payload(Payload from, JsonNode tree, @Nullable RecordPath kept) {
        RecordPath own = settings.recordPath();
        RecordPath path = own != null ? own : kept != null ? kept : RecordPath.of(tree);
        return from.withBody(new Body.Tree(tree), path);
    }

    /** A JSON text that holds content of another format is that content. */
    private Payload unpacked(Payload payload) {
        Format said = settings.from();
        boolean packed = said != null
                && said != Format.JSON
                && said != Format.TEXT
                && payload.body() instanceof Body.Tree json
                && json.tree().isTextual();
        if (!packed || !(payload.body() instanceof Body.Tree json)) {
            return payload;
        }
        byte[] bytes = json.tree().textValue().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return payload.withBody(new Body.Bytes(bytes, "text/plain;charset=utf-8"), RecordPath.ROOT);
    }

    static String word(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** The records of a payload, read one by one. */
    Records records(Payload payload) throws StepException {
        Payload raw = unpacked(payload);
        Format format = format(raw);
        if (raw.body() instanceof Body.Tree) {
            throw new StepException(
                    Owner.AUTHOR, "NOT_" + format, "the payload is JSON already, and 'from' says " + word(format));
        }
        try {
            InputStream in = raw.isEmpty() ? new ByteArrayInputStream(new byte[0]) : raw.stream();
            return switch (format) {
                case CSV ->
                    new Rows(new CsvRows(reader(raw, in), settings.rows().rows()));
                case NDJSON -> new Lines(Json.MAPPER.readerFor(JsonNode.class).readValues(reader(raw, in)));
                default ->
                    new Elements(
                            in,
                            new Xml.Elements(
                                    in,
                                    java.util.Objects.requireNonNull(settings.recordPath())
                                            .names(),
                                    null));
            };
        } catch (IOException | XMLStreamException e) {
            throw broken(e, format, raw);
        }
    }

    private record Rows(CsvRows rows) implements Records {
        @Override
        public @Nullable JsonNode next() throws IOException {
            return rows.next();
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    private record Lines(MappingIterator<JsonNode> lines) implements Records {
        @Override
        public @Nullable JsonNode next() throws IOException {
            return lines.hasNextValue() ? lines.nextValue() : null;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private record Elements(InputStream in, Xml.Elements elements) implements Records {
        @Override
        public @Nullable JsonNode next() throws XMLStreamException {
            return elements.next();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private ArrayNode all(Payload raw) throws StepException {
        ArrayNode all = Json.NODES.arrayNode();
        try (Records records = records(raw)) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                all.add(record);
            }
            return all;
        } catch (IOException | XMLStreamException e) {
            throw broken(e, format(raw), raw);
        }
    }

    private static JsonNode json(Payload raw) throws StepException {
        return raw.withBody(new Body.Bytes(raw.bytes(), "application/json"), raw.recordPath())
                .tree();
    }

    private JsonNode xml(Payload raw) throws StepException {
        String said = charset(raw.body().contentType());
        try (InputStream in = raw.stream()) {
            return Xml.read(in, said);
        } catch (IOException | XMLStreamException e) {
            throw broken(e, Format.XML, raw);
        }
    }

    private String text(Payload raw) throws StepException {
        try (Reader reader = reader(raw, raw.stream())) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[8192];
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                text.append(buffer, 0, n);
            }
            return text.toString();
        } catch (IOException e) {
            throw broken(e, Format.TEXT, raw);
        }
    }

    /** A reader that refuses what its character set has not, rather than to put something in its place. */
    private Reader reader(Payload raw, InputStream in) throws IOException {
        String said = charset(raw.body().contentType());
        Charset charset;
        try {
            charset = said == null ? settings.charset() : Charset.forName(said);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnknownCharset(said);
        }
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static final class UnknownCharset extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownCharset(@Nullable String name) {
            super("the media type names a character set that is not known here: " + name);
        }
    }

    private static @Nullable String charset(String contentType) {
        List<String> parts = Arrays.asList(contentType.split(";", -1));
        return parts.stream()
                .skip(1)
                .map(String::strip)
                .filter(part -> part.toLowerCase(Locale.ROOT).startsWith("charset="))
                .map(part ->
                        part.substring("charset=".length()).replace("\"", "").strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Why content is not of its format. */
    StepException broken(Exception thrown, Format format, Payload payload) {
        String code = "NOT_" + format;
        if (thrown instanceof XMLStreamException xml) {
            return new StepException(Owner.REMOTE, code, NotXml.sentence(xml, start(payload)));
        }
        if (thrown instanceof CsvRows.NotCsv) {
            return new StepException(Owner.REMOTE, code, "the content is no CSV: " + thrown.getMessage());
        }
        if (thrown instanceof UnknownCharset) {
            return new StepException(Owner.REMOTE, code, String.valueOf(thrown.getMessage()));
        }
        if (thrown instanceof CharacterCodingException) {
            return new StepException(
                    Owner.REMOTE,
                    code,
                    "the content holds bytes that are none of its character set; 'charset' can name another one");
        }
        if (thrown instanceof JsonProcessingException json) {
            return new StepException(
                    Owner.REMOTE,
                    code,
                    NotJson.sentence(json, start(payload), payload.body().contentType()));
        }
        return new StepException(Owner.INTERNAL, code, "the content cannot be read", thrown);
    }

    private static String start(Payload payload) {
        try (InputStream in = payload.stream()) {
            return new String(in.readNBytes(SNIFFED), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
