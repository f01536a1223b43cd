package io.patchbay.shape.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.CacheRules;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists of records in caches, each a value of its own. */
public record AnswersInCaches(Caches caches) implements AnswerStore {

    @Override
    public Map<String, List<JsonNode>> find(String cache, CacheRules rules, Collection<String> keys, Attempt attempt)
            throws StepException {
        CacheSpace space = CacheSpace.of(cache, rules, attempt);
        Map<String, List<JsonNode>> found = new HashMap<>();
        for (String key : keys) {
            CacheEntry entry = caches.find(space, key).orElse(null);
            Payload list = entry == null
                    ? null
                    : caches.part(entry, 0, attempt.spillFolder()).orElse(null);
            if (list != null) {
                found.put(key, records(list));
            }
        }
        return found;
    }

    private static List<JsonNode> records(Payload list) throws StepException {
        try {
            return List.copyOf(list.records());
        } finally {
            if (list.body() instanceof Body.Stored copy) {
                delete(copy);
            }
        }
    }

    private static void delete(Body.Stored copy) throws StepException {
        try {
            Files.deleteIfExists(copy.file());
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_ROOM", "the copy of an entry cannot be deleted", e);
        }
    }

    /** Without a maker: what is put there twice is the same, so nobody need remember that it was. */
    @Override
    public void keep(String cache, CacheRules rules, Map<String, List<JsonNode>> lists, Duration time, Attempt attempt)
            throws StepException {
        List<CacheWrite> writes = new ArrayList<>();
        lists.forEach((key, records) -> {
            Body body = new Body.Tree(Json.NODES.arrayNode(records.size()).addAll(records));
            Payload list = new Payload(Lineage.ofRun(attempt.runId()), body, RecordPath.ROOT_LIST, Map.of());
            writes.add(new CacheWrite(key, CacheWrite.How.PUT, list, null));
        });
        if (!writes.isEmpty()) {
            caches.write(CacheSpace.of(cache, rules, attempt), writes, time, null);
        }
    }
}
