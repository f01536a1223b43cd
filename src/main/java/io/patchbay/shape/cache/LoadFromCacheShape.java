package io.patchbay.shape.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes payloads out of a cache. */
public final class LoadFromCacheShape implements ShapeType<LoadFromCacheShape.LoadFromCacheSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "loadFromCache",
            "Takes what is stored in a cache, in place of each payload.",
            """
            What was stored with [addToCache](addToCache.md) goes on with the payload's metadata, and with its own where that has no such
            name. A `*` in the key stands for any characters: the records of all that fits go on as one list, in the order of the keys. One
            that comes from data is no wildcard. With `${record.…}` in the key, each record of a list is looked up for itself and replaced by
            what is found.

            With `into: stock` records stay, and each gets what is found as its member `stock`: a lookup in a cache, as `lookup` is one in a table. What
            several records of a payload ask alike is read once, for the first 1000 keys and 16 MB of a payload. A value of more than 1 MB is no
            lookup: such a record fails with code TOO_LARGE, and so does one with which the records of a payload would get more than 64 MB
            together. A map behind it reads it like any field: `{ to: available, from: stock.level }`. With
            `onMiss: keep` a record for which nothing is there goes on without the member, with `empty` the member is null.

            `onMiss` says what becomes of a payload, or of a record, for which nothing is there: it fails with code CACHE_MISS, goes on as
            it came (`keep`), or goes on without content (`empty`; a record is left out). With `pages: true` every payload that is stored under
            the key goes on by itself, in the order in which they were stored; pages are read in no other way.

            What a shape before this one puts into the same cache is there: this one waits until all payloads have passed that one. A cache
            that is neither declared nor written in the flow is a problem.
            """,
            "Nothing. What a run reads after a crash may be newer than what it read before; pages that it began to read are kept.",
            """
            flow: orders-once-more
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 7, total: 5 }, { id: 8, total: 12 } ] }
              - id: kept
                addToCache: { cache: orders, key: "order-${record.id}" }
              - id: all
                loadFromCache: { cache: orders, key: "order-*" }
            """);

    /** What happens where nothing is stored. */
    public enum OnMiss {
        /** It fails. */
        FAIL,
        /** It goes on as it came. */
        KEEP,
        /** It goes on without content; a record is left out. */
        EMPTY
    }

    /** Settings. */
    @Doc("What to load, and what to do without it")
    public record LoadFromCacheSettings(
            @Doc("Name of the cache") String cache,

            @Doc("The key; * stands for any characters, with ${record.…} each record is looked up")
            Template key,

            @Doc("What becomes of a payload or record for which nothing is there") @Default("fail")
            OnMiss onMiss,

            @Doc("Whether every payload that is stored under the key goes on by itself") @Default("false")
            boolean pages,

            @Doc("Member of each record that gets what is stored, in place of the record or payload") @Nullable
            TargetPath into) {

        CacheKey cacheKey() {
            return new CacheKey(key);
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<LoadFromCacheSettings> settings() {
        return LoadFromCacheSettings.class;
    }

    @Override
    public Contract contract(LoadFromCacheSettings settings, Surroundings around) {
        Set<StateRef> reads = new java.util.LinkedHashSet<>(References.state(reads(settings)));
        reads.add(StateRef.cache(settings.cache()));
        return (settings.pages() ? Contract.many() : Contract.one()).reading(reads);
    }

    @Override
    public Set<Ref> reads(LoadFromCacheSettings settings) {
        return settings.key().reads();
    }

    @Override
    public void check(LoadFromCacheSettings settings, Placed at, Surroundings around, Problems problems) {
        CacheKey.name(settings.cache(), at.at("cache"), problems);
        TargetPath into = settings.into();
        if (into != null && settings.pages()) {
            problems.error(
                    at.at("pages"),
                    "BAD_VALUE",
                    "pages go on by themselves, and 'into' puts them into records",
                    "take one of the two out");
        }
        if (into != null && !into.steps().stream().allMatch(TargetPath.Member.class::isInstance)) {
            problems.error(
                    at.at("into"),
                    "BAD_VALUE",
                    "'into' is one place in the record, found '" + into + "'",
                    "names only, like stock or erp.stock");
        }
        if (settings.pages() && settings.cacheKey().perRecord()) {
            problems.error(
                    at.at("pages"),
                    "BAD_VALUE",
                    "pages go on in place of the payload, and the key is of a record",
                    "take 'pages' out, or write a key without ${record.…}");
        }
    }

    @Override
    public String fingerprint(LoadFromCacheSettings settings, Surroundings around) {
        return "cache " + settings.cache() + Stores.of(around).cache(settings.cache());
    }

    @Override
    public Plan plan(LoadFromCacheSettings settings, Placed at, Surroundings around) {
        CacheRules rules = Stores.of(around).cache(settings.cache());
        if (settings.pages()) {
            return new Plan.Yielding(
                    (payload, attempt) -> pages(settings, rules, payload, attempt, around.service(Caches.class)),
                    false);
        }
        return new Plan.PerPayload((payload, attempt) -> {
            CacheSpace space = CacheSpace.of(settings.cache(), rules, attempt);
            Caches caches = around.service(Caches.class);
            TargetPath into = settings.into();
            if (into != null) {
                LoadInto.Finds finds = new InCache(settings, caches, attempt.spillFolder(), space);
                return new LoadInto(settings, into, finds).apply(payload, attempt);
            }
            Loading loading = new Loading(caches, attempt.spillFolder());
            Payload read = settings.cacheKey().readable(payload);
            if (!settings.cacheKey().perRecord()) {
                KeyPattern keys = settings.cacheKey().pattern(read, null, attempt);
                Payload found = found(loading, space, keys).orElse(null);
                return found != null ? Loading.inPlaceOf(payload, found) : missed(settings, keys, payload);
            }
            return perRecord(settings, read, attempt, loading, space);
        });
    }

    private static Pull pages(
            LoadFromCacheSettings settings, CacheRules rules, Payload payload, Attempt attempt, Caches caches)
            throws StepException {
        CacheSpace space = CacheSpace.of(settings.cache(), rules, attempt);
        KeyPattern keys = settings.cacheKey().pattern(settings.cacheKey().readable(payload), null, attempt);
        List<CacheEntry> first = PagePull.first(caches, space, keys);
        if (first.isEmpty() && attempt.resumeOrdinal() == 0) {
            return new OnePage(missed(settings, keys, payload)
                    .withLineage(payload.lineage().child(attempt.shape(), 0)));
        }
        return new PagePull(caches, space, keys, first, payload, attempt);
    }

    /** Looks into one cache. */
    private record InCache(LoadFromCacheSettings settings, Caches caches, Path folder, CacheSpace space)
            implements LoadInto.Finds {
        @Override
        public Optional<Payload> find(KeyPattern keys) throws StepException {
            Loading loading = new Loading(caches, folder, bytes -> LoadInto.refuseIfLarger(settings, keys, bytes));
            return found(loading, space, keys);
        }

        @Override
        public StepException miss(KeyPattern keys) {
            return LoadFromCacheShape.miss(settings, keys);
        }
    }

    private static Optional<Payload> found(Loading loading, CacheSpace space, KeyPattern keys) throws StepException {
        return keys.plain() ? loading.one(space, keys.prefix()) : loading.all(space, keys);
    }

    private static Payload missed(LoadFromCacheSettings settings, KeyPattern keys, Payload payload)
            throws StepException {
        return switch (settings.onMiss()) {
            case FAIL -> throw miss(settings, keys);
            case KEEP -> payload;
            case EMPTY -> payload.withBody(Body.EMPTY, RecordPath.ROOT);
        };
    }

    private static StepException miss(LoadFromCacheSettings settings, KeyPattern keys) {
        return new StepException(
                Owner.AUTHOR,
                "CACHE_MISS",
                "cache '" + settings.cache() + "' has nothing under '" + keys
                        + "'; with onMiss: keep or onMiss: empty that is no failure");
    }

    /** A list of records keeps its place; what is found for one record takes the place of that record. */
    private static Payload perRecord(
            LoadFromCacheSettings settings, Payload payload, Attempt attempt, Loading loading, CacheSpace space)
            throws StepException {
        List<JsonNode> records = payload.records();
        if (!payload.recordPath().each()) {
            KeyPattern keys = settings.cacheKey().pattern(payload, CacheKey.only(payload), attempt);
            Payload found = found(loading, space, keys).orElse(null);
            return found != null ? Loading.inPlaceOf(payload, found) : missed(settings, keys, payload);
        }
        try (Loading.Gathering left = new Loading.Gathering(attempt.spillFolder())) {
            for (int i = 0; i < records.size(); i++) {
                JsonNode record = records.get(i);
                try {
                    KeyPattern keys = settings.cacheKey().pattern(payload, record, attempt);
                    Payload found = found(loading, space, keys).orElse(null);
                    if (found != null) {
                        left.add(found);
                    } else if (settings.onMiss() == OnMiss.FAIL) {
                        throw miss(settings, keys);
                    } else if (settings.onMiss() == OnMiss.KEEP) {
                        left.add(payload.withBody(new Body.Tree(record), RecordPath.ROOT));
                    }
                } catch (StepException e) {
                    if (e.retryable()) {
                        throw e;
                    }
                    attempt.failRecord(payload, i, record, e);
                }
            }
            Payload list = left.payload();
            return new Payload(
                    payload.lineage(), list.body(), list.recordPath(), SourceRecords.without(payload.meta()));
        } catch (IOException e) {
            throw new StepException(
                    Owner.INTERNAL, "NO_ROOM", "what the cache holds cannot be written to a file", e, true, null);
        }
    }

    /** Yields one payload. */
    private static final class OnePage implements Pull {
        private final Payload payload;
        private boolean given;

        OnePage(Payload payload) {
            this.payload = payload;
        }

        @Override
        public Element next() {
            if (given) {
                return new End();
            }
            given = true;
            return new Page(payload, null);
        }

        @Override
        public void close() {
            given = true;
        }
    }
}
