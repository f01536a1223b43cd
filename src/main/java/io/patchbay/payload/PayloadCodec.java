package io.patchbay.payload;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes payloads to files and columns and reads them back: a JSON head (lineage, record path, metadata, media type), its
 * length before it, then the body with its length before it. A body that is a file stays one; only its name is written.
 */
public final class PayloadCodec {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final int MAX_HEAD = 4_000_000;

    private PayloadCodec() {}

    /** Writes one payload behind what was written before. */
    public static void write(Payload payload, DataOutputStream out) throws IOException {
        ObjectNode head = Json.NODES.objectNode();
        head.put("lineage", payload.lineage().text());
        head.put("path", payload.recordPath().toString());
        head.put("type", payload.body().contentType());
        head.put("kind", payload.body().getClass().getSimpleName());
        head.set("meta", Json.MAPPER.valueToTree(payload.meta()));
        byte[] body;
        if (payload.body() instanceof Body.Stored stored) {
            head.put("file", stored.file().toString()).put("size", stored.size());
            body = new byte[0];
        } else {
            body = payload.bytes();
        }
        byte[] headBytes = Json.MAPPER.writeValueAsBytes(head);
        out.writeInt(headBytes.length);
        out.write(headBytes);
        out.writeInt(body.length);
        out.write(body);
    }

    /** Reads the next payload. @throws EOFException at the end */
    public static Payload read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_HEAD) {
            throw new IOException("a stored payload is damaged: head of " + length + " bytes");
        }
        JsonNode head = Json.MAPPER.readTree(exactly(in, length));
        byte[] bytes = exactly(in, in.readInt());
        String type = head.path("type").asText();
        Body body = switch (head.path("kind").asText()) {
            case "Tree" -> new Body.Tree(Json.MAPPER.readTree(bytes));
            case "Bytes" -> new Body.Bytes(bytes, type);
            case "Stored" ->
                new Body.Stored(
                        Path.of(head.path("file").asText()),
                        type,
                        head.path("size").asLong());
            default -> Body.EMPTY;
        };
        return new Payload(
                new Lineage(head.path("lineage").asText()),
                body,
                RecordPath.parse(head.path("path").asText()),
                Json.MAPPER.convertValue(head.path("meta"), TEXTS));
    }

    /** One payload as bytes. */
    public static byte[] toBytes(Payload payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(payload, new DataOutputStream(out));
        } catch (IOException e) {
            throw new IllegalStateException("payload " + payload.lineage() + " cannot be written", e);
        }
        return out.toByteArray();
    }

    /** The payload in bytes that {@link #toBytes} made. @throws IOException when they are damaged */
    public static Payload fromBytes(byte[] bytes) throws IOException {
        return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a stored payload ends too early");
        }
        return bytes;
    }
}
