package io.patchbay.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.format.RowInPieces;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.KeyPattern;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a space as rows of comma separated values (RFC 4180), a row for each part. They are read while they are sent; a large
 * value is a stream, too.
 */
@SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
final class CacheCsvOut implements Enumeration<InputStream> {

    /** Whole groups of Base64 only: a multiple of three. */
    private static final int CHUNK = 48 * 1024;

    private static final int PORTION = 100;

    private final KeptCaches caches;
    private final CacheSpace space;
    private final Deque<CacheEntry> entries = new ArrayDeque<>();
    private @Nullable String last;
    private boolean all;
    private int part;
    private boolean begun;
    private @Nullable Value value;

    private CacheCsvOut(KeptCaches caches, CacheSpace space) {
        this.caches = caches;
        this.space = space;
    }

    static InputStream of(KeptCaches caches, CacheSpace space) {
        return new SequenceInputStream(new CacheCsvOut(caches, space));
    }

    /** What is left of a value that is being sent. */
    private record Value(InputStream content, boolean text) {}

    @Override
    public boolean hasMoreElements() {
        try {
            return !begun || value != null || entry() != null;
        } catch (StepException e) {
            throw new UncheckedIOException(new IOException("the cache cannot be read", e));
        }
    }

    @Override
    public InputStream nextElement() {
        try {
            if (!begun) {
                begun = true;
                return bytes(RowInPieces.whole(CacheCsvIn.COLUMNS));
            }
            if (value != null) {
                return next(value);
            }
            CacheEntry entry = entry();
            if (entry == null) {
                throw new NoSuchElementException();
            }
            return begin(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StepException e) {
            throw new UncheckedIOException(new IOException("the cache cannot be read", e));
        }
    }

    private @Nullable CacheEntry entry() throws StepException {
        if (entries.isEmpty() && !all) {
            List<CacheEntry> portion = caches.list(space, KeyPattern.ALL, last, PORTION);
            entries.addAll(portion);
            all = portion.size() < PORTION;
        }
        return entries.peek();
    }

    /** The row up to its value. One that was replaced since it was listed is left out from there on. */
    private InputStream begin(CacheEntry entry) throws StepException, IOException {
        KeptCaches.Part found = caches.part(entry, part).orElse(null);
        int number = ++part;
        if (found == null || part >= entry.parts()) {
            entries.remove();
            last = entry.key();
            part = 0;
        }
        if (found == null) {
            return InputStream.nullInputStream();
        }
        Payload payload = found.payload();
        boolean text = text(payload);
        value = new Value(found.content(), text);
        List<String> cells = List.of(
                CsvCell.guarded(entry.key()),
                entry.kind().name().toLowerCase(Locale.ROOT),
                String.valueOf(number),
                payload.body() instanceof Body.Empty
                        ? CacheCsvIn.NOTHING
                        : payload.body().contentType(),
                payload.recordPath().toString(),
                meta(payload),
                entry.writtenAt().toString(),
                entry.expiresAt().toString(),
                text ? "text" : "base64");
        return bytes(RowInPieces.before(cells) + (text && guards(payload) ? "'" : ""));
    }

    private static String meta(Payload payload) throws JsonProcessingException {
        return payload.meta().isEmpty() ? "" : Json.MAPPER.writeValueAsString(payload.meta());
    }

    private InputStream next(Value sending) throws IOException {
        byte[] read = sending.content().readNBytes(CHUNK);
        if (read.length == 0) {
            sending.content().close();
            value = null;
            return bytes(RowInPieces.END);
        }
        return new ByteArrayInputStream(
                sending.text() ? RowInPieces.piece(read) : Base64.getEncoder().encode(read));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean guards(Payload payload) throws IOException {
        try (InputStream content = payload.stream()) {
            return CsvCell.guards(content.read());
        }
    }

    /** Whether the content is UTF-8; a file is looked through for it. */
    private static boolean text(Payload payload) throws IOException {
        if (payload.body() instanceof Body.Tree) {
            return true;
        }
        char[] chars = new char[CHUNK];
        try (InputStream content = payload.stream();
                java.io.Reader reader = new java.io.InputStreamReader(content, StandardCharsets.UTF_8.newDecoder())) {
            int read = 0;
            while (read >= 0) {
                read = reader.read(chars);
                for (int i = 0; i < read; i++) {
                    if (chars[i] == 0) {
                        return false;
                    }
                }
            }
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }
}
