package io.patchbay.shape.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is stored into records, which stay what they are: a lookup in a cache. What several records of a payload ask alike is
 * read once, as far as it is remembered.
 *
 * @param finds what is stored under keys
 */
record LoadInto(LoadFromCacheShape.LoadFromCacheSettings settings, TargetPath into, Finds finds) {

    /** So many answers are remembered within a payload. */
    private static final int MOST_REMEMBERED = 1000;

    /** And no more than so many bytes. */
    private static final long MOST_REMEMBERED_BYTES = 16_000_000;

    /** The largest value that a record gets: it stands in memory with its payload. */
    static final int MOST_OF_ONE = 1_000_000;

    /** What all records of a payload get together. */
    private static final long MOST_TOGETHER = 64_000_000;

    /** Looks into the cache. */
    interface Finds {
        /** What is stored; empty where nothing is. */
        Optional<Payload> find(KeyPattern keys) throws StepException;

        /** What to say where nothing is. */
        StepException miss(KeyPattern keys);
    }

    Payload apply(Payload given, Attempt attempt) throws StepException {
        Payload payload = given.parsed();
        List<JsonNode> records = payload.records();
        Known known = new Known();
        List<JsonNode> made = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            try {
                made.add(record(records.get(i), payload, known, attempt));
            } catch (StepException e) {
                if (e.retryable() || !payload.recordPath().each()) {
                    throw e;
                }
                attempt.failRecord(payload, i, records.get(i), e);
            }
        }
        return records.isEmpty()
                ? payload
                : payload.withBody(
                        new Body.Tree(payload.recordPath().with(payload.tree(), made)), payload.recordPath());
    }

    private JsonNode record(JsonNode record, Payload payload, Known known, Attempt attempt) throws StepException {
        KeyPattern keys = settings.cacheKey().pattern(payload, record, attempt);
        Value found = known.values.get(keys.written());
        StepException refused = known.refused.get(keys.written());
        if (refused != null) {
            throw refused;
        }
        if (found == null) {
            Payload stored = finds.find(keys).orElse(null);
            try {
                found = stored == null ? Value.NONE : value(stored, keys);
            } catch (StepException e) {
                known.refuse(keys.written(), e);
                throw e;
            }
            known.remember(keys.written(), found);
        }
        JsonNode node = found.node();
        if (node != null) {
            known.count(found);
            return put(record, 0, node);
        }
        return switch (settings.onMiss()) {
            case FAIL -> throw finds.miss(keys);
            case KEEP -> without(record, 0);
            case EMPTY -> put(record, 0, Json.NODES.nullNode());
        };
    }

    /** What is stored under a key, and how large it is; no node where nothing is. */
    private record Value(@Nullable JsonNode node, long bytes) {
        private static final Value NONE = new Value(null, 0);
    }

    /** What was read for records of a payload, and how much they got. */
    private static final class Known {
        private final Map<String, Value> values = new HashMap<>();
        /** What cannot be put into a record is not gathered again for the next one. */
        private final Map<String, StepException> refused = new HashMap<>();

        private long remembered;
        private long given;

        void refuse(String keys, StepException why) {
            if (!why.retryable() && refused.size() < MOST_REMEMBERED) {
                refused.put(keys, why);
            }
        }

        void remember(String keys, Value value) {
            if (values.size() < MOST_REMEMBERED && remembered + value.bytes() <= MOST_REMEMBERED_BYTES) {
                values.put(keys, value);
                remembered += value.bytes();
            }
        }

        void count(Value value) throws StepException {
            if (given + value.bytes() > MOST_TOGETHER) {
                throw new StepException(
                        Owner.LIMIT,
                        "TOO_LARGE",
                        "the records of this payload would get more than " + MOST_TOGETHER / 1_000_000
                                + " MB out of the cache together; make smaller payloads before, with flowControl");
            }
            given += value.bytes();
        }
    }

    /** A copy in a file that was made of what is stored is not left behind. */
    private Value value(Payload stored, KeyPattern keys) throws StepException {
        if (!(stored.body() instanceof Body.Stored file)) {
            return records(stored, stored.bytes().length, keys);
        }
        try {
            return records(stored, file.size(), keys);
        } finally {
            delete(file);
        }
    }

    /** The records that are stored: one, or the list of them. */
    private Value records(Payload stored, long bytes, KeyPattern keys) throws StepException {
        refuseIfLarger(settings, keys, bytes);
        Payload parsed = stored.parsed();
        List<JsonNode> records = parsed.records();
        if (parsed.recordPath().each()) {
            return new Value(Json.NODES.arrayNode(records.size()).addAll(records), bytes);
        }
        return new Value(records.isEmpty() ? Json.NODES.nullNode() : records.get(0), bytes);
    }

    private static void delete(Body.Stored file) throws StepException {
        try {
            Files.deleteIfExists(file.file());
        } catch (IOException e) {
            throw new StepException(
                    Owner.INTERNAL, "NO_ROOM", "a copy of what the cache holds cannot be deleted", e, true, null);
        }
    }

    /** Before it is read, and after: what is stored together may be much, and a record gets none of it. */
    static void refuseIfLarger(LoadFromCacheShape.LoadFromCacheSettings settings, KeyPattern keys, long bytes)
            throws StepException {
        if (bytes > MOST_OF_ONE) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_LARGE",
                    "what cache '" + settings.cache() + "' holds under '" + keys + "' has " + bytes
                            + " bytes or more, and 'into' puts at most " + MOST_OF_ONE
                            + " into a record; store what is needed only, or load it without 'into'");
        }
    }

    /** The record without what an earlier one put into the place. */
    private JsonNode without(JsonNode at, int depth) {
        String name = ((Member) into.steps().get(depth)).name();
        if (!(at instanceof ObjectNode object) || !object.has(name)) {
            return at;
        }
        boolean last = depth == into.steps().size() - 1;
        JsonNode below = last ? null : without(object.get(name), depth + 1);
        ObjectNode copy = Json.NODES.objectNode();
        copy.setAll(object);
        return below == null ? copy.without(name) : copy.set(name, below);
    }

    /** The record with a value in a place; it shares the rest. */
    private JsonNode put(JsonNode at, int depth, JsonNode value) throws StepException {
        if (depth == into.steps().size()) {
            return value;
        }
        if (!at.isObject() && !at.isMissingNode() && !at.isNull()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_FIELD",
                    "'into: " + into + "' would write over a value that is no object; name another place");
        }
        ObjectNode copy = Json.NODES.objectNode();
        if (at instanceof ObjectNode object) {
            copy.setAll(object);
        }
        String name = ((Member) into.steps().get(depth)).name();
        return copy.set(name, put(copy.path(name), depth + 1, value));
    }
}
