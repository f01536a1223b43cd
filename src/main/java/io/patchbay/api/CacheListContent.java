package io.patchbay.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.cache.CacheEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;

/** The records of an entry that was appended to, as one JSON list that is read while it is sent. */
final class CacheListContent extends InPieces {

    private static final int PORTION = 64 * 1024;

    private final KeptCaches caches;
    private final CacheEntry entry;
    private Iterator<JsonNode> records = Collections.emptyIterator();
    private int part;
    private boolean begun;
    private boolean any;

    private CacheListContent(KeptCaches caches, CacheEntry entry) {
        this.caches = caches;
        this.entry = entry;
    }

    static InputStream of(KeptCaches caches, CacheEntry entry) {
        return new CacheListContent(caches, entry).stream();
    }

    @Override
    byte[] piece() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        if (!begun) {
            begun = true;
            text.write('[');
        }
        while (text.size() < PORTION && more()) {
            text.writeBytes((any ? "," : "").getBytes(StandardCharsets.UTF_8));
            text.writeBytes(Json.MAPPER.writeValueAsBytes(records.next()));
            any = true;
        }
        if (text.size() < PORTION) {
            end();
            text.write(']');
        }
        return text.toByteArray();
    }

    private boolean more() throws IOException {
        while (!records.hasNext() && part < entry.parts()) {
            records = records(part++);
        }
        return records.hasNext();
    }

    @SuppressWarnings("MustBeClosedChecker") // the iterator of a file is closed at its end
    private Iterator<JsonNode> records(int number) throws IOException {
        try {
            KeptCaches.Part found = caches.part(entry, number)
                    .orElseThrow(() -> new IOException("the entry was replaced while it was read"));
            Payload payload = found.payload();
            boolean streams = payload.body() instanceof Body.Stored
                    && payload.recordPath().names().isEmpty()
                    && payload.recordPath().each();
            if (streams) {
                return Json.LAST.forType(JsonNode.class).readValues(found.content());
            }
            try (found) {
                return payload.records().iterator();
            }
        } catch (JsonProcessingException | StepException e) {
            throw new IOException("the entry cannot be read: " + e.getMessage(), e);
        }
    }
}
