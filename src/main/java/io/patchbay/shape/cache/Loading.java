package io.patchbay.shape.cache;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries: one payload as it was stored, or the records of several as one list. A long list goes into a file, record by
 * record, so that memory does not grow with it.
 *
 * @param caches where from
 * @param folder where large bodies go
 * @param bound what is too much, before it is read
 */
record Loading(Caches caches, Path folder, Bound bound) {

    /** A list that is longer than this goes into a file. */
    static final long IN_MEMORY = 1_000_000;

    private static final int PORTION = 200;
    private static final int TRIES = 3;

    /** Without bounds: it goes into files. */
    Loading(Caches caches, Path folder) {
        this(caches, folder, bytes -> {});
    }

    /** Is asked before something is read. */
    interface Bound {
        /**
         * Sees to what is about to be read.
         *
         * @param bytes how much it is, with all that was read before
         * @throws StepException when that is too much
         */
        void check(long bytes) throws StepException;
    }

    /** The value of a key; empty when there is none. */
    Optional<Payload> one(CacheSpace space, String key) throws StepException {
        for (int tries = 0; tries < TRIES; tries++) {
            CacheEntry entry = caches.find(space, key).orElse(null);
            if (entry == null) {
                return Optional.empty();
            }
            if (entry.kind() == CacheEntry.Kind.PAGES) {
                throw new StepException(
                        Owner.AUTHOR,
                        "CACHE_PAGES",
                        "key '" + key + "' of cache '" + space.cache() + "' holds " + entry.parts()
                                + " pages, which stay apart; load them with pages: true");
            }
            bound.check(entry.bytes());
            Optional<Payload> found =
                    entry.kind() == CacheEntry.Kind.VALUE ? caches.part(entry, 0, folder) : list(List.of(entry));
            if (found.isPresent()) {
                return found;
            }
        }
        throw changing(space, key);
    }

    /** The records of all entries whose keys fit, as one list; empty when no key does. */
    Optional<Payload> all(CacheSpace space, KeyPattern keys) throws StepException {
        List<CacheEntry> first = caches.list(space, keys, null, PORTION);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        try (Gathering gathering = new Gathering(folder)) {
            List<CacheEntry> portion = first;
            while (!portion.isEmpty()) {
                for (CacheEntry entry : portion) {
                    add(entry, gathering);
                }
                String last = portion.get(portion.size() - 1).key();
                portion = portion.size() < PORTION ? List.of() : caches.list(space, keys, last, PORTION);
            }
            return Optional.of(gathering.payload());
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    private Optional<Payload> list(List<CacheEntry> entries) throws StepException {
        try (Gathering gathering = new Gathering(folder)) {
            for (CacheEntry entry : entries) {
                if (!add(entry, gathering)) {
                    return Optional.empty();
                }
            }
            return Optional.of(gathering.payload());
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    /** Answers whether the entry was still there. One that went is left out of what is gathered. */
    private boolean add(CacheEntry entry, Gathering gathering) throws StepException, IOException {
        gathering.whole += entry.bytes();
        bound.check(gathering.whole);
        for (int part = 0; part < entry.parts(); part++) {
            Payload payload = caches.part(entry, part, folder).orElse(null);
            if (payload == null) {
                gathering.whole -= part == 0 ? entry.bytes() : 0;
                return false;
            }
            gathering.add(payload);
        }
        return true;
    }

    static StepException changing(CacheSpace space, String key) {
        return new StepException(
                Owner.LIMIT,
                "CACHE_BUSY",
                "key '" + key + "' of cache '" + space.cache() + "' changed each time it was read",
                null,
                true,
                null);
    }

    private static StepException noRoom(IOException e) {
        return new StepException(
                Owner.INTERNAL, "NO_ROOM", "what the cache holds cannot be written to a file", e, true, null);
    }

    /** A payload as it goes on in place of another one: with its place in the run, and its metadata where both have a name. */
    static Payload inPlaceOf(Payload payload, Payload loaded) {
        Map<String, String> meta = new LinkedHashMap<>(loaded.meta());
        meta.putAll(SourceRecords.without(payload.meta()));
        return new Payload(payload.lineage(), loaded.body(), loaded.recordPath(), meta);
    }

    /** A list that grows, in memory or in a file. */
    static final class Gathering implements AutoCloseable {

        private final Path folder;
        private final ArrayNode records = Json.NODES.arrayNode();
        private long whole;
        private long bytes;
        private int count;
        private @Nullable Path file;
        private @Nullable JsonGenerator out;

        Gathering(Path folder) {
            this.folder = folder;
        }

        void add(Payload payload) throws StepException, IOException {
            if (payload.body() instanceof Body.Stored stored) {
                try {
                    stream(payload, stored);
                } finally {
                    Files.deleteIfExists(stored.file());
                }
                return;
            }
            List<JsonNode> added = payload.records();
            bytes += payload.bytes().length;
            for (JsonNode record : added) {
                count++;
                if (out == null && bytes <= IN_MEMORY) {
                    records.add(record);
                } else {
                    out().writeTree(record);
                }
            }
        }

        /** Records of a list at the root, or the one document that the file is, are copied as they are read. */
        private void stream(Payload payload, Body.Stored stored) throws StepException, IOException {
            JsonGenerator into = out();
            if (!payload.recordPath().names().isEmpty()) {
                for (JsonNode record : payload.records()) {
                    count++;
                    into.writeTree(record);
                }
                return;
            }
            try (InputStream in = Files.newInputStream(stored.file());
                    JsonParser parser = Json.KEPT.createParser(in)) {
                if (parser.nextToken() == JsonToken.START_ARRAY
                        && payload.recordPath().each()) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        count++;
                        into.copyCurrentStructure(parser);
                    }
                } else if (parser.currentToken() != null) {
                    count++;
                    into.copyCurrentStructure(parser);
                }
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new StepException(Owner.AUTHOR, "NOT_JSON", "what was appended is not JSON", e);
            }
        }

        private JsonGenerator out() throws IOException {
            JsonGenerator open = out;
            if (open == null) {
                Files.createDirectories(folder);
                Path to = Files.createTempFile(folder, "loaded-", ".spill");
                file = to;
                open = Json.MAPPER.createGenerator(to.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8);
                out = open;
                open.writeStartArray();
                for (JsonNode record : records) {
                    open.writeTree(record);
                }
                records.removeAll();
            }
            return open;
        }

        Payload payload() throws IOException {
            Path to = file;
            JsonGenerator open = out;
            if (to == null || open == null) {
                return new Payload(
                        new io.patchbay.payload.Lineage(""), new Body.Tree(records), RecordPath.ROOT_LIST, Map.of());
            }
            open.writeEndArray();
            open.close();
            file = null;
            return new Payload(
                    new io.patchbay.payload.Lineage(""),
                    new Body.Stored(to, "application/json", Files.size(to), count),
                    RecordPath.ROOT_LIST,
                    Map.of());
        }

        @Override
        public void close() throws IOException {
            Path left = file;
            if (out != null) {
                out.close();
            }
            if (left != null) {
                Files.deleteIfExists(left);
            }
        }
    }
}
