package io.patchbay.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.Spill;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of one endpoint: JSON is parsed from the connection, once; nothing is read beyond the bounds.
 *
 * @param format of a successful answer
 * @param most bytes of it
 * @param longest time for the whole of it
 * @param spill where binary content goes that is too large for memory
 */
record ReplyReader(Format format, long most, Duration longest, Path spill) {

    private static final int MOST_OF_AN_ERROR = 256 * 1024;
    private static final int IN_MEMORY = 256 * 1024;

    /** The content is not what was declared; the message says what was found. */
    static final class NotReadable extends IOException {
        private static final long serialVersionUID = 1L;
        private final boolean cut;

        NotReadable(String what, boolean cut) {
            super(what);
            this.cut = cut;
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
        BoundedStream in = new BoundedStream(content, success ? most : Long.MAX_VALUE, deadline);
        try {
            if (!success) {
                return new Reply(status, headers, excerpt(in, entity, call), in.count());
            }
            Body body = body(in, entity);
            return new Reply(status, headers, body, in.count());
        } catch (BoundedStream.TooLarge | BoundedStream.TooSlow | NotReadable | Spill.Failed e) {
            call.drop(); // else the rest would be read to keep the connection
            throw e;
        }
    }

    private Body body(BoundedStream in, HttpEntity entity) throws IOException {
        return switch (format) {
            case JSON -> json(in, entity);
            case NDJSON -> lines(in, entity);
            case TEXT -> text(in, entity);
            default -> binary(in, entity);
        };
    }

    private static Body json(BoundedStream in, HttpEntity entity) throws IOException {
        try {
            JsonNode tree = Json.MAPPER.readTree(in);
            return tree == null || tree.isMissingNode() ? Body.EMPTY : new Body.Tree(tree);
        } catch (JsonProcessingException | CharConversionException e) {
            throw notJson(e, in, entity);
        }
    }

    private static Body lines(BoundedStream in, HttpEntity entity) throws IOException {
        ArrayNode records = Json.NODES.arrayNode();
        try (MappingIterator<JsonNode> all =
                Json.MAPPER.readerFor(JsonNode.class).readValues(in)) {
            while (all.hasNextValue()) {
                records.add(all.nextValue());
            }
            return new Body.Tree(records);
        } catch (JsonProcessingException | CharConversionException e) {
            throw notJson(e, in, entity);
        }
    }

    private static NotReadable notJson(IOException e, BoundedStream in, HttpEntity entity) {
        return new NotReadable(NotJson.sentence(e, in.start(), entity.getContentType()), NotJson.cut(e));
    }

    private static Body text(BoundedStream in, HttpEntity entity) throws IOException {
        byte[] bytes = in.readAllBytes();
        Charset charset = charset(entity);
        byte[] utf8 = charset.equals(StandardCharsets.UTF_8)
                ? bytes
                : new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
        return new Body.Bytes(utf8, "text/plain;charset=utf-8");
    }

    private static Charset charset(HttpEntity entity) {
        ContentType type = ContentType.parseLenient(entity.getContentType());
        return type == null ? StandardCharsets.UTF_8 : type.getCharset(StandardCharsets.UTF_8);
    }

    private Body binary(BoundedStream in, HttpEntity entity) throws IOException {
        ContentType parsed = ContentType.parseLenient(entity.getContentType());
        String type =
                parsed == null || parsed.getMimeType() == null ? "application/octet-stream" : parsed.getMimeType();
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
