package io.patchbay.shape.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts payloads into a cache. */
public final class AddToCacheShape implements ShapeType<AddToCacheShape.AddToCacheSettings> {

    /** Records whose keys are written together. */
    private static final int GROUP = 500;

    private static final ShapeSpec SPEC = new ShapeSpec(
            "addToCache",
            "Stores a copy of each payload, or of each record, in a cache.",
            """
            The payload goes on unchanged. What is in a cache is read with [loadFromCache](loadFromCache.md). The cache is declared in
            [routes/stores.yaml](../files.md); one that is not declared belongs to the run. With `${record.…}` in the key, each record is
            stored under its own key. Each write replaces what stood under the key: of several payloads with one key the last one stays.
            Unless it says

            - `append: true`: the payload's records go behind those that are there, one list of JSON. Any number of runs may do so at the
              same time, and none loses what another one added;
            - `pages: true`: each payload becomes one more page under the key. The first page of a run takes the place of what stood there;
            - `increment: 1`: the number is added to the one that is there, which begins at 0. It may be a placeholder, and negative.

            A cache that is full, or would be, fails the payload with code CACHE_FULL. What follows an answer is a run of its own: a cache
            of the run begins empty there.
            """,
            "Nothing: what was put into the cache for a payload is not put there again when the run is taken up after a crash or"
                    + " the shape is tried again. A replay is another run, which appends again. An entry goes when its time is over.",
            """
            flow: orders-by-number
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 7, total: 5 }, { id: 8, total: 12 } ] }
              - id: kept
                addToCache: { cache: orders, key: "order-${record.id}" }
              - id: counted
                addToCache: { cache: orders, key: total, increment: "${record.total}" }
              - id: sum
                loadFromCache: { cache: orders, key: total }
            """);

    /** Settings. */
    @Doc("What to store, and where")
    public record AddToCacheSettings(
            @Doc("Name of the cache") String cache,

            @Doc("The key, at most 400 characters; with ${record.…} each record has its own")
            Template key,

            @Doc("Whether the records go behind those that are there") @Default("false")
            boolean append,

            @Doc("Whether each payload becomes one more page") @Default("false")
            boolean pages,

            @Doc("A number that is added to the one that is there, in place of the payload") @Nullable
            Template increment) {

        public AddToCacheSettings {
            if ((append ? 1 : 0) + (pages ? 1 : 0) + (increment != null ? 1 : 0) > 1) {
                throw new WrongValueException(
                        "only one of 'append', 'pages' and 'increment' can be given",
                        "take the others out, or put them into a shape of their own");
            }
        }

        CacheKey cacheKey() {
            return new CacheKey(key);
        }

        Set<Ref> reads() {
            Set<Ref> reads = new LinkedHashSet<>(key.reads());
            if (increment != null) {
                reads.addAll(increment.reads());
            }
            return reads;
        }

        boolean perRecord() {
            return reads().stream().anyMatch(ref -> ref.root().equals("record"));
        }

        CacheWrite.How how() {
            if (increment != null) {
                return CacheWrite.How.ADD;
            }
            return append ? CacheWrite.How.APPEND : pages ? CacheWrite.How.PAGE : CacheWrite.How.PUT;
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<AddToCacheSettings> settings() {
        return AddToCacheSettings.class;
    }

    @Override
    public Contract contract(AddToCacheSettings settings, Surroundings around) {
        return Contract.one()
                .reading(References.state(settings.reads()))
                .writing(Set.of(StateRef.cache(settings.cache())));
    }

    @Override
    public Set<Ref> reads(AddToCacheSettings settings) {
        return settings.reads();
    }

    @Override
    public void check(AddToCacheSettings settings, Placed at, Surroundings around, Problems problems) {
        CacheKey.name(settings.cache(), at.at("cache"), problems);
        settings.cacheKey().one(at.at("key"), problems);
        if (settings.pages() && settings.perRecord()) {
            problems.error(
                    at.at("pages"),
                    "BAD_VALUE",
                    "a page is a whole payload, and the key is of a record",
                    "take 'pages' out: each record has a key of its own then; or write a key without ${record.…}");
        }
        Template increment = settings.increment();
        if (increment != null
                && increment.constant()
                && !increment.constantValue().isNumber()) {
            problems.error(
                    at.at("increment"),
                    "BAD_VALUE",
                    "'increment' must be a number, found '" + increment + "'",
                    "write it like increment: 1, or as a placeholder that yields a number");
        }
    }

    @Override
    public String fingerprint(AddToCacheSettings settings, Surroundings around) {
        return "cache " + settings.cache() + Stores.of(around).cache(settings.cache());
    }

    @Override
    public boolean keepsRecords(AddToCacheSettings settings) {
        return true;
    }

    @Override
    public Plan plan(AddToCacheSettings settings, Placed at, Surroundings around) {
        CacheRules rules = Stores.of(around).cache(settings.cache());
        return new Plan.PerPayload((payload, attempt) -> {
            Caches caches = around.service(Caches.class);
            CacheSpace space = CacheSpace.of(settings.cache(), rules, attempt);
            if (settings.perRecord()) {
                return new Records(settings, attempt, caches, space).write(payload);
            }
            Payload read = References.readsData(settings.reads()) ? payload.parsed() : payload;
            String key = settings.cacheKey().of(read, null, attempt);
            caches.write(
                    space,
                    List.of(write(settings, key, read, null, attempt)),
                    null,
                    new Caches.Maker(attempt.runId(), mark(attempt, payload, 0)));
            return payload;
        });
    }

    private static String mark(Attempt attempt, Payload payload, int from) {
        return attempt.shape() + "|" + payload.lineage().text() + "|" + from;
    }

    private static CacheWrite write(
            AddToCacheSettings settings, String key, Payload payload, @Nullable JsonNode record, Attempt attempt)
            throws StepException {
        Template increment = settings.increment();
        if (increment != null) {
            return new CacheWrite(key, settings.how(), null, number(increment, payload, record, attempt));
        }
        if (settings.append() && record == null && !(payload.body() instanceof Body.Stored)) {
            payload = payload.parsed(); // what is no JSON is found here, not by whoever reads it
        }
        Payload stored = record == null ? payload : payload.withBody(new Body.Tree(record), RecordPath.of(record));
        return new CacheWrite(key, settings.how(), stored, null);
    }

    private static BigDecimal number(Template increment, Payload payload, @Nullable JsonNode record, Attempt attempt)
            throws StepException {
        JsonNode value;
        try {
            value = increment.value(attempt.scope(payload, record));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        try {
            if (value.isNumber() || value.isTextual()) {
                return value.isNumber()
                        ? value.decimalValue()
                        : new BigDecimal(value.asText().strip());
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new StepException(
                Owner.AUTHOR,
                "NOT_A_NUMBER",
                "'increment' yields " + value.getNodeType().toString().toLowerCase(java.util.Locale.ROOT)
                        + " where a number is expected");
    }

    /** Stores records under keys of their own, many at a time. */
    private record Records(AddToCacheSettings settings, Attempt attempt, Caches caches, CacheSpace space) {

        Payload write(Payload payload) throws StepException {
            Payload parsed = payload.parsed();
            List<JsonNode> records = parsed.records();
            List<JsonNode> left = new ArrayList<>(records.size());
            for (int from = 0; from < records.size(); from += GROUP) {
                List<CacheWrite> writes = new ArrayList<>();
                for (int i = from; i < Math.min(records.size(), from + GROUP); i++) {
                    JsonNode record = records.get(i);
                    try {
                        String key = settings.cacheKey().of(parsed, record, attempt);
                        writes.add(AddToCacheShape.write(settings, key, parsed, record, attempt));
                        left.add(record);
                    } catch (StepException e) {
                        if (!parsed.recordPath().each()) {
                            throw e;
                        }
                        attempt.failRecord(parsed, i, record, e);
                    }
                }
                if (!writes.isEmpty()) {
                    caches.write(space, writes, null, new Caches.Maker(attempt.runId(), mark(attempt, payload, from)));
                }
            }
            return left.size() == records.size() ? payload : parsed.withRecords(left);
        }
    }
}
