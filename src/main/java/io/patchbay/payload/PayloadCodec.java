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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes payloads to files and columns and reads them back: a JSON head (lineage, record path, metadata, media type), its
 * length before it, then the body with its length before it. A body that is a file stays one: {@link #write} puts down its
 * name only, {@link #writeWhole} its content too, for a reader that outlives the file.
 */
public final class PayloadCodec {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final int MAX_HEAD = 4_000_000;
    /** Stands where a body's length does, when a file's content with a length of its own follows. */
    private static final int WHOLE_FILE = -1;

    private static final String SMILE = "Smile";

    private PayloadCodec() {}

    /** Writes one payload behind what was written before. */
    public static void write(Payload payload, DataOutputStream out) throws IOException {
        byte[] body = payload.body() instanceof Body.Stored ? new byte[0] : payload.bytes();
        head(payload, out);
        out.writeInt(body.length);
        out.write(body);
    }

    /** Writes one payload with all that it holds; a file is streamed. Only {@link #readWhole} reads it back. */
    public static void writeWhole(Payload payload, DataOutputStream out) throws IOException {
        if (!(payload.body() instanceof Body.Stored stored)) {
            write(payload, out);
            return;
        }
        head(payload, out);
        out.writeInt(WHOLE_FILE);
        out.writeLong(stored.size());
        long copied = Files.copy(stored.file(), out);
        if (copied != stored.size()) {
            throw new IOException("the file of payload " + payload.lineage().text() + " holds " + copied
                    + " bytes in place of " + stored.size());
        }
    }

    /** Room for one body after the other, that is not made anew for each. Given up where one was large. */
    static final class Room extends ByteArrayOutputStream {
        private static final int KEPT = 1024 * 1024;

        private void empty() {
            if (buf.length > KEPT) {
                buf = new byte[0];
            }
            reset();
        }
    }

    /** Writes one payload to a file that does not outlive this program, its records in the binary form of {@link Smile}. */
    static void spill(Payload payload, DataOutputStream out, Room room) throws IOException {
        if (!(payload.body() instanceof Body.Tree tree)) {
            write(payload, out);
            return;
        }
        room.empty();
        if (!Smile.write(tree.tree(), room)) {
            write(payload, out);
            return;
        }
        head(payload, SMILE, out);
        out.writeInt(room.size());
        room.writeTo(out);
    }

    private static void head(Payload payload, DataOutputStream out) throws IOException {
        head(payload, payload.body().getClass().getSimpleName(), out);
    }

    private static void head(Payload payload, String kind, DataOutputStream out) throws IOException {
        ObjectNode head = Json.NODES.objectNode();
        head.put("lineage", payload.lineage().text());
        head.put("path", payload.recordPath().toString());
        head.put("type", payload.body().contentType());
        head.put("kind", kind);
        head.set("meta", Json.MAPPER.valueToTree(payload.meta()));
        if (payload.body() instanceof Body.Stored stored) {
            head.put("file", stored.file().toString())
                    .put("size", stored.size())
                    .put("records", stored.records());
        }
        byte[] headBytes = Json.MAPPER.writeValueAsBytes(head);
        out.writeInt(headBytes.length);
        out.write(headBytes);
    }

    /** Reads the next payload. @throws EOFException at the end */
    public static Payload read(DataInputStream in) throws IOException {
        JsonNode head = readHead(in);
        return payload(head, body(head, in, in.readInt()));
    }

    /** Reads what the next payload says of itself. Content that stands behind it is left there, and the payload has none. */
    public static Payload readTold(DataInputStream in) throws IOException {
        JsonNode head = readHead(in);
        boolean elsewhere = "Stored".equals(head.path("kind").asText());
        return payload(
                head,
                elsewhere
                        ? body(head, in, 0)
                        : new Body.Bytes(new byte[0], head.path("type").asText()));
    }

    /**
     * Reads the next payload, whichever way it was written.
     *
     * @param folder where the content of a file goes, as a new file that is the caller's
     * @throws EOFException at the end
     */
    public static Payload readWhole(DataInputStream in, Path folder) throws IOException {
        JsonNode head = readHead(in);
        int length = in.readInt();
        return payload(head, length == WHOLE_FILE ? file(head, in, folder) : body(head, in, length));
    }

    private static JsonNode readHead(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_HEAD) {
            throw new IOException("a stored payload is damaged: head of " + length + " bytes");
        }
        return Json.KEPT.readTree(exactly(in, length));
    }

    private static Body file(JsonNode head, DataInputStream in, Path folder) throws IOException {
        long size = in.readLong();
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "content-", ".spill");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("a stored payload ends too early");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Body.Stored(
                file, head.path("type").asText(), size, head.path("records").asInt(1));
    }

    private static Body body(JsonNode head, DataInputStream in, int length) throws IOException {
        if (length < 0) {
            throw new IOException("a stored payload is damaged: body of " + length + " bytes");
        }
        byte[] bytes = exactly(in, length);
        String type = head.path("type").asText();
        return switch (head.path("kind").asText()) {
            case "Tree" -> new Body.Tree(Json.KEPT.readTree(bytes));
            case SMILE -> new Body.Tree(Smile.read(bytes));
            case "Bytes" -> new Body.Bytes(bytes, type);
            case "Stored" ->
                new Body.Stored(
                        Path.of(head.path("file").asText()),
                        type,
                        head.path("size").asLong(),
                        head.path("records").asInt(1));
            default -> Body.EMPTY;
        };
    }

    private static Payload payload(JsonNode head, Body body) {
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
