package io.patchbay.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Spill;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Decompress;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Xml;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of one endpoint: JSON, XML and rows are parsed from the connection, once; nothing is read beyond the bounds.
 *
 * @param response form of a successful answer
 * @param most bytes of it
 * @param longest time for the whole of it
 * @param spill where content goes that is too large for memory
 * @param unread whether a successful answer is kept as it came, to be read piece by piece
 */
record ReplyReader(ResponseConfig response, long most, Duration longest, Path spill, boolean unread) {

    private static final int MOST_OF_AN_ERROR = 256 * 1024;
    private static final int IN_MEMORY = 256 * 1024;

    /** The content is not what was declared; the message says what was found. */
    static final class NotReadable extends IOException {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final boolean cut;

        /** A record is wrong; its cause says whether the next one can be read. */
        static NotReadable record(String code, FormatException why) {
            NotReadable wrong = new NotReadable(code, why.told("'response.encoding' can name another one"), false);
            wrong.initCause(why);
            return wrong;
        }

        NotReadable(String code, String what, boolean cut) {
            super(what);
            this.code = code;
            this.cut = cut;
        }

        /** The failure's code. */
        String code() {
            return code;
        }

        /** Whether it only ended too early. */
        boolean cut() {
            return cut;
        }
    }

    Reply read(ClassicHttpResponse response, WireCall call) throws IOException {
        int status = response.getCode();
        List<Header> headers = List.of(response.getHeaders());
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        if (content == null) {
            return new Reply(status, headers, Body.EMPTY, 0);
        }
        boolean success = status >= 200 && status < 300;
        long deadline = System.nanoTime() + longest.toNanos();
        InputStream plain = call.seen(success ? unpacked(content) : content);
        BoundedStream in = new BoundedStream(plain, success ? most : Long.MAX_VALUE, deadline);
        try {
            if (!success) {
                return new Reply(status, headers, excerpt(in, entity, call), in.count());
            }
            if (unread) {
                Body body = stored(in, String.valueOf(entity.getContentType()));
                return new Reply(status, headers, body, in.count());
            }
            WrongRecords wrong = new WrongRecords(call.skips());
            Body body = body(in, entity, wrong);
            return new Reply(status, headers, body, in.count(), wrong.all());
        } catch (BoundedStream.TooLarge | BoundedStream.TooSlow | NotReadable | Spill.Failed e) {
            call.drop(); // else the rest would be read to keep the connection
            throw e;
        }
    }

    /** RFC 1952: a gzip file begins with 1f 8b, which no other form of an answer does. */
    private InputStream unpacked(InputStream content) throws IOException {
        if (response.decompress() == Decompress.NONE || response.format() == Format.BINARY) {
            return content;
        }
        PushbackInputStream in = new PushbackInputStream(content, 2);
        byte[] first = in.readNBytes(2);
        in.unread(first);
        boolean gzip = first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
        return gzip ? new Gunzip(in) : in;
    }

    private Body body(BoundedStream in, HttpEntity entity, WrongRecords wrong) throws IOException {
        return switch (response.format()) {
            case JSON -> json(response.reader(), decoded(in, entity), in, entity);
            case NDJSON ->
                wrong.skips() ? lines(in, entity, wrong) : lines(response.reader(), decoded(in, entity), in, entity);
            case XML -> new Body.Tree(xml(in, entity));
            case SOAP -> new Body.Tree(soap(in, entity));
            case CSV -> new Body.Tree(rows(in, entity, wrong));
            case FORM -> new Body.Tree(form(in, entity));
            case TEXT -> text(in, entity);
            case BINARY -> binary(in, entity);
        };
    }

    /** RFC 8259 has JSON in UTF-8 only; another character set has to be declared by the author. */
    private @Nullable Reader decoded(BoundedStream in, HttpEntity entity) {
        return response.encoding() == null ? null : new InputStreamReader(in, strict(entity));
    }

    private static Body json(ObjectReader reader, @Nullable Reader decoded, BoundedStream in, HttpEntity entity)
            throws IOException {
        try {
            JsonNode tree = decoded == null ? reader.readTree(in) : reader.readTree(decoded);
            return tree == null || tree.isMissingNode() ? Body.EMPTY : new Body.Tree(tree);
        } catch (JsonProcessingException | CharConversionException | CharacterCodingException e) {
            throw notJson(e, in, entity);
        }
    }

    private static Body lines(ObjectReader json, @Nullable Reader decoded, BoundedStream in, HttpEntity entity)
            throws IOException {
        ArrayNode records = Json.NODES.arrayNode();
        ObjectReader reader = json.forType(JsonNode.class);
        try (MappingIterator<JsonNode> all = decoded == null ? reader.readValues(in) : reader.readValues(decoded)) {
            while (all.hasNextValue()) {
                records.add(all.nextValue());
            }
            return new Body.Tree(records);
        } catch (JsonProcessingException | CharConversionException | CharacterCodingException e) {
            throw notJson(e, in, entity);
        }
    }

    private static NotReadable notJson(IOException e, BoundedStream in, HttpEntity entity) {
        return new NotReadable("NOT_JSON", NotJson.mendable(e, in.start(), entity.getContentType()), NotJson.cut(e));
    }

    private JsonNode xml(BoundedStream in, HttpEntity entity) throws IOException {
        try {
            boolean declared = response.encoding() != null || charsetOf(entity) != null;
            return Xml.read(in, declared ? charset(entity).name() : null);
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken && !(broken instanceof CharConversionException)) {
                throw broken;
            }
            throw new NotReadable("NOT_XML", NotXml.sentence(e, in.start()), NotXml.cut(e));
        }
    }

    private JsonNode soap(BoundedStream in, HttpEntity entity) throws IOException {
        JsonNode body = SoapEnvelope.content(xml(in, entity));
        if (body.isMissingNode()) {
            throw new NotReadable("NOT_SOAP", "a SOAP envelope was expected, found other XML", false);
        }
        return body;
    }

    /** They are kept first: where one is wrong, the lines are read once more. */
    private Body lines(BoundedStream in, HttpEntity entity, WrongRecords wrong) throws IOException {
        Body kept = stored(in, "application/x-ndjson");
        try (Records values = JsonLines.open(kept, response)) {
            return new Body.Tree(wrong.readable(values, "NOT_JSON"));
        } catch (JsonProcessingException | CharConversionException | CharacterCodingException e) {
            throw notJson(e, in, entity);
        } finally {
            Spill.delete(kept);
        }
    }

    private ArrayNode rows(BoundedStream in, HttpEntity entity, WrongRecords wrong) throws IOException {
        try (Records all = Rows.open(in, charset(entity), response.csv())) {
            ArrayNode rows = wrong.readable(all, "NOT_CSV");
            refusePage(in);
            return rows;
        } catch (NotReadable e) {
            refusePage(in);
            throw e;
        }
    }

    private static void refusePage(BoundedStream in) throws NotReadable {
        refusePage(in.start());
    }

    /** An error page that says 200 would be rows. */
    static void refusePage(String start) throws NotReadable {
        String page = NotXml.page(start);
        if (page != null) {
            throw new NotReadable("NOT_CSV", "comma separated values were expected, found " + page, false);
        }
    }

    /** Fails where others put a replacement in the place of what they cannot read. */
    private CharsetDecoder strict(HttpEntity entity) {
        return charset(entity)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** application/x-www-form-urlencoded, as the URL Standard has it. */
    private ObjectNode form(BoundedStream in, HttpEntity entity) throws IOException {
        // A character for each byte, whatever they are: the codec makes bytes of them again.
        String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip();
        String page = NotXml.page(in.start());
        boolean json = text.startsWith("{") || text.startsWith("[");
        if (page != null || json || (!text.isEmpty() && text.indexOf('=') < 0)) {
            throw new NotReadable(
                    "NOT_FORM",
                    "fields of a form were expected, found " + (page != null ? page : json ? "JSON" : "other content"),
                    false);
        }
        ObjectNode fields = Json.NODES.objectNode();
        for (NameValuePair field : WWWFormCodec.parse(text, charset(entity))) {
            JsonNode value = Json.NODES.textNode(Objects.requireNonNullElse(field.getValue(), ""));
            JsonNode before = fields.get(field.getName());
            if (before instanceof ArrayNode list) {
                list.add(value);
            } else {
                fields.set(
                        field.getName(),
                        before == null
                                ? value
                                : Json.NODES.arrayNode().add(before).add(value));
            }
        }
        return fields;
    }

    private Body text(BoundedStream in, HttpEntity entity) throws IOException {
        byte[] bytes = in.readAllBytes();
        Charset charset = charset(entity);
        byte[] utf8 = charset.equals(StandardCharsets.UTF_8)
                ? bytes
                : new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
        return new Body.Bytes(utf8, "text/plain;charset=utf-8");
    }

    private Charset charset(HttpEntity entity) {
        return Objects.requireNonNullElse(
                response.encoding(), Objects.requireNonNullElse(charsetOf(entity), StandardCharsets.UTF_8));
    }

    private static @Nullable Charset charsetOf(HttpEntity entity) {
        ContentType type = MediaType.of(entity.getContentType());
        return type == null ? null : type.getCharset();
    }

    private Body binary(BoundedStream in, HttpEntity entity) throws IOException {
        ContentType parsed = MediaType.of(entity.getContentType());
        String type =
                parsed == null || parsed.getMimeType() == null ? "application/octet-stream" : parsed.getMimeType();
        return stored(in, type);
    }

    private Body stored(BoundedStream in, String type) throws IOException {
        byte[] first = in.readNBytes(IN_MEMORY);
        if (first.length < IN_MEMORY) {
            return new Body.Bytes(first, type);
        }
        Path file = Spill.store(spill, first, in, size -> {});
        return new Body.Stored(file, type, in.count());
    }

    /** What an error says, cut where it is long. */
    private static Body excerpt(BoundedStream in, HttpEntity entity, WireCall call) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        @Nullable IOException broken = null;
        while (out.size() < MOST_OF_AN_ERROR) {
            int read;
            try {
                read = in.read(buffer, 0, buffer.length);
            } catch (BoundedStream.TooSlow e) {
                throw e;
            } catch (IOException e) {
                broken = e; // the status counts more than the rest of its text
                break;
            }
            if (read < 0) {
                break;
            }
            out.write(buffer, 0, read);
        }
        if (broken != null || out.size() >= MOST_OF_AN_ERROR) {
            call.drop();
        }
        return new Body.Bytes(out.toByteArray(), String.valueOf(entity.getContentType()));
    }
}
