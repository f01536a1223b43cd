package io.patchbay.trial.dry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Redacting;
import io.patchbay.trial.Bytes;
import io.patchbay.trial.dry.Captured.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what a dry run does not do, without secrets and within bounds: what is beyond them is counted. Safe for use by several
 * threads.
 */
final class Notes {

    /** A piece of a secret at the end of what is cut would not be known: so much more is looked at. */
    private static final int SLACK = 16 * 1024;

    private final DryRunsProperties bounds;
    private final UnaryOperator<String> redact;
    private final List<Captured> kept = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long bytes;
    private boolean whole = true;

    /** @param redact takes secrets out of text */
    Notes(DryRunsProperties bounds, UnaryOperator<String> redact) {
        this.bounds = bounds;
        this.redact = redact;
    }

    /** How many bytes of content are looked at. */
    int most() {
        return most(bounds);
    }

    static int most(DryRunsProperties bounds) {
        return (int) bounds.body().toBytes() + SLACK;
    }

    /**
     * What is told of something that was not done.
     *
     * @param with what goes along by name, or null
     */
    record Note(
            String shape,
            Kind kind,
            String what,
            String target,
            Map<String, String> headers,
            @Nullable JsonNode with,
            Content content,
            String answer) {

        /** Without headers and values by name. */
        Note(String shape, Kind kind, String what, String target, Content content, String answer) {
            this(shape, kind, what, target, Map.of(), null, content, answer);
        }
    }

    /** Takes something down. */
    void add(Note note) {
        synchronized (this) {
            counts.merge(note.shape(), 1L, Long::sum);
            whole &= kept.size() < bounds.writes() && bytes < bounds.bytes().toBytes();
            if (!whole) {
                return;
            }
        }
        Captured captured = captured(note);
        long size = size(captured);
        synchronized (this) {
            whole &= kept.size() < bounds.writes()
                    && bytes + size <= bounds.bytes().toBytes();
            if (whole) {
                kept.add(captured);
                bytes += size;
            }
        }
    }

    /** How something is shown. */
    Captured captured(Note note) {
        Content content = note.content();
        int most = (int) bounds.body().toBytes();
        byte[] clean = Redacting.redacted(content.bytes(), redact);
        boolean cut = clean.length > most || content.size() > content.bytes().length;
        JsonNode body = content.size() == 0
                ? null
                : Bytes.shown(
                        clean.length > most ? whole(Arrays.copyOf(clean, most)) : clean,
                        cut ? "text/plain" : content.type());
        Map<String, String> headers = new LinkedHashMap<>();
        note.headers().forEach((name, value) -> headers.put(name, redact.apply(value)));
        return new Captured(
                note.shape(),
                note.kind(),
                note.what(),
                redact.apply(note.target()),
                headers,
                note.with() == null ? null : clean(note.with()),
                body,
                content.size() == 0 ? null : content.type(),
                content.size(),
                cut,
                note.answer());
    }

    /** Without the part of a sign of UTF-8 at its end. */
    private static byte[] whole(byte[] cut) {
        int end = cut.length;
        while (end > 0 && end > cut.length - 4 && (cut[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return end > 0 && (cut[end - 1] & 0x80) != 0 ? Arrays.copyOf(cut, end - 1) : cut;
    }

    private JsonNode clean(JsonNode tree) {
        String text = tree.toString();
        String clean = redact.apply(text);
        if (clean.equals(text)) {
            return tree;
        }
        try {
            return Json.MAPPER.readTree(clean);
        } catch (JsonProcessingException e) {
            return Json.NODES.textNode(clean); // a secret that was a number
        }
    }

    private static long size(Captured captured) {
        long size = captured.target().length();
        for (Map.Entry<String, String> header : captured.headers().entrySet()) {
            size += header.getKey().length() + header.getValue().length();
        }
        JsonNode with = captured.with();
        JsonNode body = captured.body();
        return size
                + (with == null ? 0 : with.toString().getBytes(StandardCharsets.UTF_8).length)
                + (body == null
                        ? 0
                        : Math.min(captured.bytes(), body.toString().getBytes(StandardCharsets.UTF_8).length));
    }

    /** What is kept, in order. */
    synchronized List<Captured> kept() {
        return List.copyOf(kept);
    }

    /** How much there was, by shape. */
    synchronized Map<String, Long> counts() {
        return new LinkedHashMap<>(counts);
    }

    /** Whether all is kept. */
    synchronized boolean whole() {
        return whole;
    }
}
