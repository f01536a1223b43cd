package io.patchbay.shape.cache;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
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
import io.patchbay.shape.Step;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works a payload out once per key: the others take what was kept. */
public final class CachedShape implements ShapeType<CachedShape.CachedSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "cached",
            "Works out what stands under a key of a cache once; other payloads with that key take it.",
            """
            Where something stands under the key, it goes on in place of the payload, and `shapes` are skipped. Where nothing does, the payload
            goes through `shapes`, and what comes out is kept and goes on. While one payload works a key out, others with the same key wait,
            whatever run and replica they are of; no thread waits with them. When that one fails, is dropped inside, or dies with its
            program, one that waits takes over.

            What is kept is one payload with its content, and the metadata that `shapes` gave to it; other metadata stays each payload's own. A
            payload that comes out without content is kept so; one that is dropped inside leaves nothing behind. With `${record.…}` in the
            key a payload must have one record: put `flowControl: { size: 1 }` before it. Let the key name all that the result hangs on.

            `within` is how long one payload has the key for itself: put it above the time that `shapes` take. One that is not
            done by then goes on, and one that waits begins to work the key out, too. A payload that waited as long as `wait` says fails with code
            CACHE_WAIT. The shape's `timeout` is of one look with its wait, not of `shapes`, which have their own.

            Where the result cannot be kept, because the cache is full or the store does not answer, it goes on all the same, and the
            run's log warns. The [declaration](../files.md#what-flows-share-routesstoresyaml) of the cache says who shares it, how long and how much is
            kept at most; one that is not declared is the run's own.

            Inside stand shapes that give at most one payload for one: no list that is read in pages, no split, no route, branch or
            try, nothing that works on all payloads at once. A `try` may stand around it. With `delivery: staged` each payload goes
            through all of `shapes` before the next one. A replay that enters at a shape inside keeps nothing.
            """,
            "Nothing. A key may be worked out more than once: when it takes longer than `within`, when its entry goes, and by a run"
                    + " that is taken up again after a crash, which does not send anew what was sent inside.",
            """
            flow: customers-once
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, customer: c7 }, { id: 2, customer: c7 } ] }
              - id: one-by-one
                flowControl: { size: 1, wrapSingle: false }
              - id: customer
                cached:
                  cache: customers
                  key: "customer-${record.customer}"
                  keepFor: 1h
                  shapes:
                    - id: looked-up
                      map: { fields: [ { to: customer, from: customer }, { to: found, value: true } ] }
              - id: told
                notify: { per: record, log: info, text: "customer ${record.customer} is known" }
            """);

    private static final Duration LONGEST = Duration.ofDays(1);

    /** Settings. */
    @Doc("Which key is worked out, and by what")
    public record CachedSettings(
            @Doc("Name of the cache") String cache,

            @Doc("The key, at most 400 characters; payloads that have the same one share a result")
            Template key,

            @Doc("How long a result is kept; the cache's own time where that is shorter or nothing is said") @Nullable
            Duration keepFor,

            @Doc("How long a payload that works a result out has the key for itself, 1s to 1d") @Default("1m")
            Duration within,

            @Doc("How long a payload waits for others that work its key out, at most 1d; then it fails")
            @Default("5m")
            @Key("wait")
            Duration patience,

            @Doc("What works a result out") List<Step> shapes) {

        public CachedSettings {
            if (keepFor != null && keepFor.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new WrongValueException("'keepFor' must be at least 1s", "write it like keepFor: 1h");
            }
            if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(LONGEST) > 0) {
                throw new WrongValueException(
                        "'within' must be at least 1s and at most 1d", "write it like within: 1m");
            }
            if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
                throw new WrongValueException("'wait' must be at most 1d", "write it like wait: 5m");
            }
        }

        CacheKey cacheKey() {
            return new CacheKey(key);
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<CachedSettings> settings() {
        return CachedSettings.class;
    }

    @Override
    public Contract contract(CachedSettings settings, Surroundings around) {
        Set<StateRef> reads = new LinkedHashSet<>(References.state(reads(settings)));
        StateRef cache = StateRef.cache(settings.cache());
        reads.add(cache);
        return Contract.atMostOne().reading(reads).writing(Set.of(cache));
    }

    @Override
    public Set<Ref> reads(CachedSettings settings) {
        return settings.key().reads();
    }

    @Override
    public boolean anyOrder(CachedSettings settings) {
        return true;
    }

    @Override
    public void check(CachedSettings settings, Placed at, Surroundings around, Problems problems) {
        CacheKey.name(settings.cache(), at.at("cache"), problems);
        settings.cacheKey().one(at.at("key"), problems);
        if (settings.shapes().isEmpty()) {
            problems.error(
                    at.at("shapes"),
                    "NOTHING_CACHED",
                    "'" + at.id() + "' works nothing out, so it would keep each payload as it came",
                    "put the shapes there that make the result");
        }
    }

    @Override
    public List<Plan.Path> paths(CachedSettings settings) {
        return List.of(new Plan.Path("unknown", settings.shapes()));
    }

    @Override
    public String fingerprint(CachedSettings settings, Surroundings around) {
        return "cache " + settings.cache() + Stores.of(around).cache(settings.cache());
    }

    @Override
    public Plan plan(CachedSettings settings, Placed at, Surroundings around) {
        CacheRules rules = Stores.of(around).cache(settings.cache());
        return new Plan.Unless(
                paths(settings).get(0),
                (payload, attempt) -> looking(settings, rules, around.service(Caches.class), payload, attempt)
                        .begin());
    }

    private static Looking looking(
            CachedSettings settings, CacheRules rules, Caches caches, Payload payload, Attempt attempt)
            throws StepException {
        CacheKey key = settings.cacheKey();
        Payload read = key.perRecord() ? payload.parsed() : key.readable(payload);
        String text = key.of(read, key.perRecord() ? CacheKey.only(read) : null, attempt);
        return new Looking(settings, caches, CacheSpace.of(settings.cache(), rules, attempt), text, payload, attempt);
    }
}
