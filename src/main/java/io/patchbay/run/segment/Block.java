package io.patchbay.run.segment;

import io.patchbay.payload.Json;
import io.patchbay.run.CapturedPayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Payloads one after the other, as bytes. Bytes that one payload shares with one before it, which came out of the shape before, stand once. */
final class Block {

    /** In the order of the bytes that say them. */
    private static final List<CapturedPayload.Direction> DIRECTIONS = List.of(
            CapturedPayload.Direction.IN,
            CapturedPayload.Direction.OUT,
            CapturedPayload.Direction.SENT,
            CapturedPayload.Direction.RECEIVED);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final IdentityHashMap<byte[], Integer> seen = new IdentityHashMap<>();

    /**
     * A payload in a block.
     *
     * @param taken grows from payload to payload
     */
    record Entry(long taken, CapturedPayload payload) {

        Instant until() {
            return payload.at().plus(payload.keep());
        }
    }

    /** How many bytes there are so far. */
    int size() {
        return bytes.size();
    }

    /** Adds a payload; returns how many bytes it takes. */
    int add(Entry entry) {
        int before = bytes.size();
        try {
            write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.size() - before;
    }

    private void write(Entry entry) throws IOException {
        CapturedPayload payload = entry.payload();
        out.writeLong(entry.taken());
        text(payload.runId());
        text(payload.shape());
        out.writeByte(DIRECTIONS.indexOf(payload.direction()));
        text(payload.lineage());
        text(
                payload.about().equals(CapturedPayload.About.NOTHING)
                        ? ""
                        : Json.MAPPER.writeValueAsString(payload.about()));
        text(payload.contentType());
        out.writeLong(payload.size());
        Instant at = payload.at();
        out.writeLong(at.getEpochSecond());
        out.writeInt(at.getNano());
        out.writeLong(payload.keep().toMillis());
        Integer same = seen.putIfAbsent(payload.bytes(), seen.size());
        if (same == null) {
            out.writeInt(payload.bytes().length);
            out.write(payload.bytes());
        } else {
            out.writeInt(-1 - same);
        }
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /** All that was added. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** What {@link #add} added. */
    static List<Entry> read(byte[] block) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<byte[]> seen = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(block))) {
            while (in.available() > 0) {
                entries.add(entry(in, seen));
            }
        }
        return entries;
    }

    private static Entry entry(DataInputStream in, List<byte[]> seen) throws IOException {
        long taken = in.readLong();
        String run = text(in);
        String shape = text(in);
        CapturedPayload.Direction direction = direction(in.readUnsignedByte());
        String lineage = text(in);
        String about = text(in);
        String type = text(in);
        long size = in.readLong();
        Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
        Duration keep = Duration.ofMillis(in.readLong());
        int length = in.readInt();
        byte[] bytes = length < 0 ? seen.get(-1 - length) : bytes(in, length);
        if (length >= 0) {
            seen.add(bytes);
        }
        CapturedPayload.About goesWith = about.isEmpty()
                ? CapturedPayload.About.NOTHING
                : Json.MAPPER.readValue(about, CapturedPayload.About.class);
        return new Entry(
                taken, new CapturedPayload(run, shape, direction, lineage, goesWith, type, size, bytes, at, keep));
    }

    private static CapturedPayload.Direction direction(int number) throws IOException {
        if (number >= DIRECTIONS.size()) {
            throw new IOException("the block has a direction that this version does not know: " + number);
        }
        return DIRECTIONS.get(number);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in, in.readInt()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the block ends within a payload");
        }
        return bytes;
    }
}
