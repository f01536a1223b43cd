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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts what is stored into records, which stay what they are: a lookup in a cache. What several records of a payload ask alike is
 * read once.
 *
 * @param finds what is stored under keys
 */
record LoadInto(LoadFromCacheShape.LoadFromCacheSettings settings, TargetPath into, Finds finds) {

    /** So many answers are remembered within a payload. */
    private static final int MOST_REMEMBERED = 1000;

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
        Map<String, Optional<JsonNode>> known = new HashMap<>();
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

    private JsonNode record(JsonNode record, Payload payload, Map<String, Optional<JsonNode>> known, Attempt attempt)
            throws StepException {
        KeyPattern keys = settings.cacheKey().pattern(payload, record, attempt);
        Optional<JsonNode> found = known.get(keys.toString());
        if (found == null) {
            Payload stored = finds.find(keys).orElse(null);
            found = stored == null ? Optional.empty() : Optional.of(value(stored));
            if (known.size() < MOST_REMEMBERED) {
                known.put(keys.toString(), found);
            }
        }
        if (found.isPresent()) {
            return put(record, 0, found.get());
        }
        return switch (settings.onMiss()) {
            case FAIL -> throw finds.miss(keys);
            case KEEP -> record;
            case EMPTY -> put(record, 0, Json.NODES.nullNode());
        };
    }

    /** The records that are stored: one, or the list of them. */
    private static JsonNode value(Payload stored) throws StepException {
        Payload parsed = stored.parsed();
        List<JsonNode> records = parsed.records();
        if (parsed.recordPath().each()) {
            return Json.NODES.arrayNode(records.size()).addAll(records);
        }
        return records.isEmpty() ? Json.NODES.nullNode() : records.get(0);
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
