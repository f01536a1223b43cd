package io.patchbay.shape.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.EndpointFacts;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Use;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TemplateTree;
import io.patchbay.expression.Values;
import io.patchbay.payload.StepException;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.Retries;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls an endpoint of a connector's instance. */
public final class ConnectionShape implements ShapeType<ConnectionSettings> {

    private static final Pattern READABLE = Pattern.compile("[A-Za-z0-9_.:-]{1,80}");

    private static final ShapeSpec SPEC = new ShapeSpec(
            "connection", "Calls an endpoint of a connector's instance: reads from it, or sends to it.", """
            A read without paging answers one payload. A paged read, and a read of files by a pattern, yield a payload per page
            or file; the next one is fetched while one is worked on. A send is made for each payload, and cut into several
            requests where the endpoint takes only so many records at a time; records that the system refuses, and those of a request
            that stays failed, are failed payloads of their own, and the others go on. See [writes](../writes.md).

            A value under `with` that reads `${record.…}` makes the endpoint be called for each record. With `output: input` the
            payload goes on as it came in, with `output: { into: name }` each record gets the answer under that name.

            Where the input is a list (`type: array`), `match` asks for all records of a payload at once, each value one time:

            ```yaml
            connection:
              instance: big-store
              endpoint: variants.find-all
              with: { skus: '${record.sku}' }
              match: { record: sku, answer: sku }
              output: { into: variant }
            ```

            - `record` is where a record has what its match has too, and `answer` where a record of the answer has it. 7 and `"7"` are
              alike, `"007"` and `"7"` are not, nor are `a` and `A`. A list (`lines[*].sku`) asks for each of its values.
            - A record without a match gets `null`. Where several match it gets the first, and the run's log says how many were passed over;
              with `many: true` each record gets the list of its matches, `[]` for none. A record that has no value there is not
              asked for.
            - The input's `maxItems` bounds a call (100 where it has none): more values are asked for in several calls. The pages of a
              list are all read, and of a list that grows the whole; what nobody asked for is left out.
            - A call fails as one. The only call of a payload is tried again and fails the payload; one of several fails the records
              that it was for, and the others go on. An answer in which no record has `answer` is a failure (`NO_MATCH_KEY`), so that a
              wrong path is not taken for no match.

            `incremental` says how a list that grows is read in this flow, where that is otherwise than in the connector's file; see
            [lists](../lists.md#lists-that-grow).
            """, """
            Loses nothing. A request whose answer did not arrive is sent again, so the system may see it twice, unless its
            endpoint declares `idempotency`. After a crash at most the requests that were on their way are repeated.
            """, """
            flow: open-orders
            shapes:
              - id: orders
                connection: { instance: sandbox-shop, endpoint: orders.list, with: { status: open } }
            """);

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ConnectionSettings> settings() {
        return ConnectionSettings.class;
    }

    private static EndpointFacts facts(ConnectionSettings settings, Surroundings around) {
        Location nowhere = Location.of(settings.instance());
        Instance instance = catalog(around).pinned(settings.instance(), settings.connector(), nowhere, new Problems());
        return Optional.ofNullable(instance)
                .flatMap(found -> found.facts(settings.endpoint()))
                .orElseThrow(() -> new IllegalStateException("endpoint was not checked"));
    }

    private static Catalog catalog(Surroundings around) {
        return around.services().get(Catalog.class) instanceof Catalog catalog ? catalog : Catalog.EMPTY;
    }

    @Override
    public Contract contract(ConnectionSettings settings, Surroundings around) {
        EndpointFacts facts = facts(settings, around);
        Contract contract = (facts.many() && settings.match() == null ? Contract.many() : Contract.one())
                .reading(References.state(settings.reads()));
        return facts.actsOutside() ? contract.actingOutside() : contract;
    }

    @Override
    public void check(ConnectionSettings settings, Placed at, Surroundings around, Problems problems) {
        Catalog catalog = catalog(around);
        if (catalog.instance(settings.instance()) == null) {
            catalog.missing(settings.instance(), at.at("instance"), problems);
            return;
        }
        Instance instance = catalog.pinned(settings.instance(), settings.connector(), at.at("connector"), problems);
        if (instance == null) {
            return;
        }
        EndpointFacts facts = instance.facts(settings.endpoint()).orElse(null);
        if (facts == null) {
            String by = settings.connector() == null
                    ? ""
                    : " by " + instance.connector().named();
            problems.error(
                    at.at("endpoint"),
                    "UNKNOWN_ENDPOINT",
                    "instance '" + settings.instance() + "' has no endpoint '" + settings.endpoint() + "'" + by,
                    DidYouMean.hint(
                            settings.endpoint(),
                            instance.connector().endpoints().keySet()));
            return;
        }
        checkInputs(settings, facts, at, problems);
        ListChecks lists = new ListChecks(settings, facts, at, problems);
        lists.checkIncremental();
        if (settings.match() != null) {
            lists.checkMatch(settings.match());
        } else {
            checkYield(settings, facts, at, problems);
        }
    }

    private static void checkInputs(ConnectionSettings settings, EndpointFacts facts, Placed at, Problems problems) {
        Set<String> meant = new HashSet<>(settings.with().keySet());
        for (Map.Entry<String, TemplateTree> given : settings.with().entrySet()) {
            Location place = at.key("with", given.getKey());
            InputConfig input = facts.inputs().get(given.getKey());
            if (input == null) {
                problems.error(
                        place,
                        "UNKNOWN_INPUT",
                        "endpoint '" + facts.endpoint() + "' has no input '" + given.getKey() + "'",
                        Inputs.hint(given.getKey(), facts.inputs().keySet()));
                DidYouMean.nearest(given.getKey(), facts.inputs().keySet()).ifPresent(meant::add);
            } else if (given.getValue().constant()) {
                checkConstant(given.getKey(), input, given.getValue(), place, facts, problems);
            }
        }
        facts.inputs().forEach((name, input) -> {
            if (input.mandatory() && !meant.contains(name)) {
                problems.error(
                        at.at("with"),
                        "MISSING_INPUT",
                        "endpoint '" + facts.endpoint() + "' needs the input '" + name + "'",
                        input.description());
            }
        });
    }

    private static void checkConstant(
            String name,
            InputConfig input,
            TemplateTree value,
            Location place,
            EndpointFacts facts,
            Problems problems) {
        try {
            new Inputs(facts.endpoint(), Map.of(name, input))
                    .complete(Map.of(name, value.constantValue()), Instant.EPOCH);
        } catch (StepException e) {
            problems.error(place, "BAD_VALUE", String.valueOf(e.getMessage()));
        }
    }

    private static void checkYield(ConnectionSettings settings, EndpointFacts facts, Placed at, Problems problems) {
        if (facts.many() && !(settings.output().output() instanceof Use.Response)) {
            problems.error(
                    at.at("output"),
                    "BAD_VALUE",
                    "endpoint '" + facts.endpoint() + "' yields any number of payloads, so only its answers can go on",
                    null);
        }
        if (facts.many() && settings.perRecord()) {
            problems.error(
                    at.at("with"),
                    "NOT_THERE_YET",
                    "an endpoint that yields any number of payloads cannot be called for each record yet",
                    "where it takes a list, ask for all records at once: match: { record: sku, answer: sku }; else put"
                            + " flowControl { size: 1, wrapSingle: false } before it and read ${payload...} in place of"
                            + " ${record...}");
        }
    }

    @Override
    public Set<Ref> reads(ConnectionSettings settings) {
        return settings.reads();
    }

    @Override
    public @Nullable String oneByOne(ConnectionSettings settings, Surroundings around) {
        EndpointFacts facts = facts(settings, around);
        return facts.perKey()
                ? "endpoint '" + facts.endpoint() + "' sends records of one key in order (ordering: perKey)"
                : null;
    }

    @Override
    public String fingerprint(ConnectionSettings settings, Surroundings around) {
        return facts(settings, around).hash();
    }

    @Override
    public Plan plan(ConnectionSettings settings, Placed at, Surroundings around) {
        EndpointFacts facts = facts(settings, around);
        StringBuilder uri = new StringBuilder("connector:")
                .append(facts.instance())
                .append('/')
                .append(facts.endpoint())
                .append("?revision=")
                .append(facts.hash());
        Map<String, TemplateTree> others = new LinkedHashMap<>();
        settings.with().forEach((name, value) -> {
            String text = value.constant() ? readable(value.constantValue()) : "";
            if (READABLE.matcher(text).matches() && !name.equals("revision")) {
                uri.append('&').append(name).append('=').append(text);
            } else {
                others.put(name, value);
            }
        });
        ListChecks lists = new ListChecks(settings, facts, at, new Problems());
        Use use = new Use(others, settings.output().output(), settings.perRecord(), lists.matching(), lists.growing());
        return new Plan.Endpoint(uri.toString(), retries(facts.backoff()), Map.of(Use.PROPERTY, use));
    }

    private static String readable(JsonNode value) {
        return value.isContainerNode() || Values.absent(value) ? "" : Values.text(value);
    }

    private static Retries retries(Backoff backoff) {
        boolean constant = backoff.type() == Backoff.Type.CONSTANT;
        boolean capped = backoff.max().compareTo(backoff.initial()) > 0;
        return new Retries(
                backoff.maxAttempts() - 1,
                backoff.initial(),
                constant ? 1 : backoff.factor(),
                capped ? backoff.max() : backoff.initial());
    }
}
