package io.patchbay.shape.enrich;

import io.patchbay.connector.Endpoint.Growth;
import io.patchbay.connector.EndpointFacts;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Join;
import io.patchbay.connector.Use;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.expression.Ref;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.enrich.EnrichSettings.CacheSettings;
import io.patchbay.shape.enrich.EnrichSettings.MatchSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins what an endpoint answers into records. */
public final class EnrichShape implements ShapeType<EnrichSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "enrich",
            "Asks an endpoint for what belongs to each record, and puts the answer into the record.",
            """
            The endpoint is called with what `with` reads of a record, and the record gets what is found at `into`. What several records
            of a payload ask alike is asked once: 10,000 records with 100 different customers make 100 requests. The records keep their
            order.

            `match` says which records of an answer belong to a record:

            ```yaml
            enrich:
              instance: big-store
              endpoint: variants.find-all
              with: { skus: '${record.sku}' }
              match: { record: sku, answer: code }
              into: variant
            ```

            - Where the input that reads the record is a list (`type: array`), many values are asked for in one request: at most `batch`,
              else the input's `maxItems`, or 100. The records of the answer are put back by what they have in common with those that asked.
            - Where nothing under `with` reads the record, the whole list is asked for once for each payload, and each record gets its matches.
            - 7 and `"7"` are alike, `"007"` and `"7"` are not, nor are `a` and `A`. A list (`lines[*].sku`) matches by each of its values. A
              record that has no value there is not asked for, and nothing is found for it. An answer in which no record has `answer` is a
              failure (`NO_MATCH_KEY`), so that a wrong path is not taken for no match.
            - Without `match`, all that is answered belongs to who asked.

            What becomes of a record:

            - `onNone` says what happens where nothing is found: `keep` (it goes on with `null`, or `[]` with `onMany: all`), `drop`, or `fail`
              (a failed payload of its own, code `NO_MATCH`). An answer that the connector's error rules ignore is none, and so is a 404
              where one thing is asked for and no error rule speaks of 404.
            - `onMany` says what happens where several are found: `first` (the run's log says how many were passed over), `all` (`into` is
              always a list), or `fail` (`SEVERAL_MATCHES`).
            - `onFailure` says what happens where a request stays failed: `record` (each record that asked is a failed payload of its own,
              and the others go on), `payload` (the payload fails), or `keep` (as if nothing had been found, and the log says so). An outage is
              not tried again for each question: it fails the rest at once, and the payload where nothing was answered at all.

            The connector's limits, error rules and back-off hold as for a [connection](connection.md). All pages of a list are read; without
            `match`, no more than are needed for `onMany`. `most` bounds what one answer may have and what is kept for a payload (code
            `TOO_MANY_MATCHES`). `concurrency` lets several requests of a payload go at the same time. The endpoint must read: to create
            what is not there, put a `route` behind the enricher, and a connection on its path. What it reads hangs on its inputs alone; it
            is given no payload.

            `cache: { keepFor: 10m }` keeps answers over payloads and runs; for `missesFor`, also that nothing was found. Failures are never
            kept, and what was answered by an instance or connector that was changed since is not used. They are kept in the memory of this
            process, until the flow changes: their bytes are bounded by `most`, beyond which those that are used least go. With `name` they are
            kept in that cache of [routes/stores.yaml](../files.md), of scope `flow` or `company`: all replicas share them, and they outlive a restart.
            An answer of more than 1 MB is not kept there, and where the cache is full or does not answer, the log says so and the
            endpoint is asked.
            """,
            "Loses nothing. After a crash, and when a payload is tried again, what is not kept is asked for again: the answers may be newer"
                    + " than before.",
            """
            flow: orders-whole
            shapes:
              - id: orders
                connection: { instance: sandbox-shop, endpoint: orders.list, with: { status: open } }
              - id: whole
                enrich:
                  instance: sandbox-shop
                  endpoint: variants.read
                  with: { sku: '${record.line_items[0].sku}' }
                  into: article
                  cache: { keepFor: 1m }
            """);

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<EnrichSettings> settings() {
        return EnrichSettings.class;
    }

    @Override
    public Contract contract(EnrichSettings settings, Surroundings around) {
        return Contract.atMostOne().reading(References.state(reads(settings)));
    }

    @Override
    public Set<Ref> reads(EnrichSettings settings) {
        return settings.use().reads();
    }

    @Override
    public String fingerprint(EnrichSettings settings, Surroundings around) {
        CacheSettings cache = settings.cache();
        String kept = cache == null || cache.name() == null
                ? ""
                : " cache " + cache.name() + Stores.of(around).cache(cache.name());
        return settings.use().facts(around).hash() + kept;
    }

    @Override
    public void check(EnrichSettings settings, Placed at, Surroundings around, Problems problems) {
        checkInto(settings.into(), at, problems);
        MatchSettings match = settings.match();
        if (match != null) {
            refuseRoot(match.record(), "record", at, problems);
            refuseRoot(match.answer(), "answer", at, problems);
        }
        EndpointFacts facts = settings.use().check(at, around, problems);
        if (facts == null) {
            return;
        }
        checkEndpoint(facts, at, problems);
        if (match == null && settings.use().asking().isEmpty()) {
            problems.error(
                    at.at("with"),
                    "BAD_VALUE",
                    "no value under 'with' reads the record and there is no 'match', so all records would get the same answer",
                    "like with: { email: '${record.email}' }, or match: { record: sku, answer: sku }");
        }
        if (settings.cache() != null && settings.cache().name() != null) {
            checkCache(settings.cache().name(), Stores.of(around), at, problems);
        }
        if (settings.batch() != null) {
            checkBatch(settings, settings.batch(), facts, at, problems);
        }
    }

    private static void checkInto(TargetPath into, Placed at, Problems problems) {
        if (!into.steps().stream().allMatch(TargetPath.Member.class::isInstance)) {
            problems.error(
                    at.at("into"),
                    "BAD_VALUE",
                    "'into' is one place in the record, found '" + into + "'",
                    "names only, like customer or erp.customer; for each item of a list, cut that out with split first");
        }
    }

    private static void refuseRoot(SourcePath path, String key, Placed at, Problems problems) {
        if (path.fromRoot()) {
            problems.error(
                    at.key("match", key),
                    "BAD_VALUE",
                    "match." + key + " is read in each record, found '" + path + "'",
                    "leave the $. out");
        }
    }

    private static void checkEndpoint(EndpointFacts facts, Placed at, Problems problems) {
        if (facts.actsOutside()) {
            problems.error(
                    at.at("endpoint"),
                    "NOT_HERE",
                    "'" + facts.endpoint()
                            + "' changes something, and what an enricher asks may be asked again or not at all",
                    "call it with a connection: output: { into: name } puts its answer into the record");
        }
        Growth growth = facts.growth();
        if (growth != null && growth.windows()) {
            problems.error(
                    at.at("endpoint"),
                    "NOT_HERE",
                    "'" + facts.endpoint()
                            + "' is read in windows of time, so it cannot be asked for a record of any time",
                    null);
        }
    }

    private static void checkCache(String name, Stores stores, Placed at, Problems problems) {
        CacheRules rules = stores.declaredCache(name);
        if (rules == null) {
            String hint = DidYouMean.hint(name, stores.caches().keySet());
            problems.error(
                    at.key("cache", "name"),
                    "UNKNOWN_CACHE",
                    "cache '" + name + "' is not declared",
                    hint == null ? "declare it in routes/stores.yaml under caches:" : hint);
        } else if (rules.scope() == CacheRules.Scope.RUN) {
            problems.error(
                    at.key("cache", "name"),
                    "BAD_VALUE",
                    "cache '" + name + "' belongs to one run, and answers are kept for the next one",
                    "give it scope: flow or company in routes/stores.yaml, or take 'name' out: answers are kept in memory then");
        }
    }

    private static void checkBatch(
            EnrichSettings settings, int batch, EndpointFacts facts, Placed at, Problems problems) {
        List<String> asking = settings.use().asking();
        if (settings.match() == null) {
            problems.error(
                    at.at("batch"),
                    "MISSING_KEY",
                    "'batch' asks for many values at once, and nothing says which records of the answer belong to which",
                    "like match: { record: sku, answer: sku }");
        }
        if (asking.size() > 1) {
            problems.error(
                    at.at("with"),
                    "BAD_VALUE",
                    "with 'batch' one value reads the record, found " + String.join(", ", asking),
                    "like with: { skus: '${record.sku}' }");
        }
        if (asking.size() != 1) {
            return;
        }
        InputConfig input = facts.inputs().get(asking.get(0));
        if (input != null && input.type() != ValueType.ARRAY && batch > 1) {
            problems.error(
                    at.at("batch"),
                    "NOT_A_LIST",
                    "input '" + asking.get(0) + "' of '" + facts.endpoint()
                            + "' takes one value, and 'batch' asks for many at once",
                    "take 'batch' out to ask for one at a time, or an endpoint whose input is of type array");
        } else if (input != null && input.maxItems() != null && batch > input.maxItems()) {
            problems.error(
                    at.at("batch"),
                    "BAD_VALUE",
                    "input '" + asking.get(0) + "' of '" + facts.endpoint() + "' takes at most " + input.maxItems()
                            + " values, found " + batch,
                    "take 'batch' out: the endpoint's own bound holds then");
        }
    }

    /** The input that takes values of many records; null when each question is asked alone. */
    private static @Nullable InputConfig list(EnrichSettings settings, EndpointFacts facts) {
        List<String> asking = settings.use().asking();
        if (settings.match() == null || asking.size() != 1) {
            return null;
        }
        InputConfig input = facts.inputs().get(asking.get(0));
        return input == null || input.type() != ValueType.ARRAY ? null : input;
    }

    @Override
    public Plan plan(EnrichSettings settings, Placed at, Surroundings around) {
        EndpointFacts facts = settings.use().facts(around);
        MatchSettings match = settings.match();
        InputConfig list = list(settings, facts);
        Use.Match together = list == null || match == null
                ? null
                : new Use.Match(settings.use().asking().get(0), match.record(), match.answer(), true);
        CacheSettings cache = settings.cache();
        Join join = new Join(
                match == null ? null : match.by(),
                settings.into(),
                settings.onNone(),
                settings.onMany(),
                settings.onFailure(),
                new Join.Bounds(batch(settings, list), settings.concurrency(), settings.most()),
                cache == null ? null : answers(settings, cache, around));
        boolean perRecord = !settings.use().asking().isEmpty();
        return settings.use()
                .plan(facts, with -> new Use(with, new Use.Joined(join), perRecord, together, Growing.OFF));
    }

    private static Join.Answers answers(EnrichSettings settings, CacheSettings cache, Surroundings around) {
        String name = cache.name();
        if (name == null) {
            return new KeptAnswers(around.clock(), cache);
        }
        MatchSettings match = settings.match();
        String way = settings.onMany() + " " + (match == null ? "" : match.answer()) + " " + settings.batch();
        return new StoredAnswers(
                () -> around.service(AnswerStore.class),
                name,
                Stores.of(around).cache(name),
                cache,
                settings.instance() + "/" + settings.endpoint(),
                way);
    }

    private static int batch(EnrichSettings settings, @Nullable InputConfig list) {
        if (settings.batch() != null) {
            return settings.batch();
        }
        return list == null || list.maxItems() == null ? InputConfig.USUAL_ITEMS : list.maxItems();
    }
}
