package io.patchbay.run.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.cache.KeyPattern;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** Caches as the runtime has them, for tests of shapes and flows: those of run {@code run-1}. */
@SuppressWarnings("try") // a test that is interrupted while it closes a store ends
public record RunCaches(Store store, JdbcCaches caches, Path folder) implements AutoCloseable {

    private static final CacheSpace SPACE = new CacheSpace("c", CacheRules.DEFAULT, "run-1");

    /** On a store. */
    public static Caches on(Store store, Clock clock) {
        return new JdbcCaches(store, clock);
    }

    /** In a folder. */
    public static RunCaches in(Path folder) throws Exception {
        Store store = Store.open(StoreProperties.embedded(), folder, Clock.systemUTC());
        return new RunCaches(store, new JdbcCaches(store, Clock.systemUTC()), folder);
    }

    /** What shapes are given. */
    public Caches all() {
        return caches;
    }

    /** Begins with this in cache {@code c}: an entry by key, pages where it is {@code { pages: […] }}. */
    public void begin(JsonNode stored) {
        caches.sweep().free("run-1");
        for (Map.Entry<String, JsonNode> entry : stored.properties()) {
            JsonNode pages = entry.getValue().path("pages");
            for (JsonNode value : pages.isArray() ? pages : List.of(entry.getValue())) {
                CacheWrite.How how = pages.isArray() ? CacheWrite.How.PAGE : CacheWrite.How.PUT;
                try {
                    caches.write(
                            SPACE,
                            List.of(new CacheWrite(entry.getKey(), how, Payload.of(new Lineage("x"), value), null)),
                            null,
                            null);
                } catch (StepException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Deletes everything. */
    public void clear() {
        try {
            for (KeptCaches.Space space : caches.kept().spaces(null, null, 1_000)) {
                CacheRules rules = new CacheRules(space.scope(), Duration.ofDays(1), DataSize.ofMegabytes(50), 1_000);
                caches.delete(new CacheSpace(space.cache(), rules, space.owner()), KeyPattern.ALL);
            }
        } catch (StepException e) {
            throw new AssertionError(e);
        }
    }

    /** What stands under a key: the payloads that it is made of. */
    public JsonNode under(String key) {
        ArrayNode parts = Json.NODES.arrayNode();
        try {
            CacheEntry entry = caches.find(SPACE, key).orElseThrow();
            for (int i = 0; i < entry.parts(); i++) {
                parts.add(caches.part(entry, i, folder).orElseThrow().tree());
            }
        } catch (StepException e) {
            throw new AssertionError(e);
        }
        return parts;
    }

    @Override
    public void close() throws Exception {
        store.close();
    }
}
