package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.EndpointFacts;
import io.patchbay.connector.EndpointSamples;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Use;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TemplateTree;
import io.patchbay.expression.Values;
import io.patchbay.payload.StepException;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.SampleSchema;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that a shape calls: whether it is there and is given what it needs, and the call as a plan.
 *
 * @param instance name of the instance
 * @param connector with the version that the flow asks for, or null
 * @param endpoint id of the endpoint
 * @param with values for its inputs
 */
public record EndpointUse(
        String instance, @Nullable String connector, String endpoint, Map<String, TemplateTree> with) {

    private static final Pattern READABLE = Pattern.compile("[A-Za-z0-9_.:-]{1,80}");

    public EndpointUse {
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with)); // keeps the author's order
    }

    /** Fields that identify a record of its answers, as its connector says; empty where it does not say, or is not there. */
    public List<String> primaryKey(Surroundings around) {
        Endpoint found = found(around);
        return found == null || found.config().recordSelector() == null
                ? List.of()
                : found.config().recordSelector().primaryKey();
    }

    /** What the placeholders read. */
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        with.values().forEach(template -> reads.addAll(template.reads()));
        return reads;
    }

    /** Names under {@code with} whose values read the record. */
    public List<String> asking() {
        return with.entrySet().stream()
                .filter(entry -> entry.getValue().reads().stream()
                        .anyMatch(ref -> ref.root().equals("record")))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is known of it. Called only when {@link #check} found it. */
    public EndpointFacts facts(Surroundings around) {
        Instance found = catalog(around).pinned(instance, connector, Location.of(instance), new Problems());
        return Optional.ofNullable(found)
                .flatMap(known -> known.facts(endpoint))
                .orElseThrow(() -> new IllegalStateException("endpoint was not checked"));
    }

    /** What it, or else its samples, say of each record of its answers, or null. Called only when {@link #check} found it. */
    public @Nullable Described answers(Surroundings around) {
        Endpoint found = found(around);
        PayloadSchema schema = found == null ? null : found.schemas().response();
        if (schema != null) {
            return new Described(named(), schema.document(), false);
        }
        boolean samples = found != null && around.services().get(EndpointSamples.class) instanceof EndpointSamples;
        Instance of = samples ? instance(around) : null;
        List<JsonNode> given = of == null || found == null
                ? List.of()
                : around.service(EndpointSamples.class).given(of.connector(), found);
        return given.isEmpty() ? null : new Described("fixture of " + named(), SampleSchema.of(given), true);
    }

    /** What it says of each record that it is sent as it is, or null. Called only when {@link #check} found it. */
    public @Nullable Described sent(Surroundings around) {
        Endpoint found = found(around);
        PayloadSchema schema = found == null ? null : found.schemas().request();
        boolean asItIs = found != null && found.call() instanceof Endpoint.HttpCall http && http.content() == null;
        return schema == null || !asItIs ? null : new Described(named(), schema.document(), false);
    }

    /** Whether it reads, by a call that carries no content, and asks by nothing of the data. Called only when {@link #check} found it. */
    public boolean readsByItself(Surroundings around) {
        Endpoint found = found(around);
        return found != null && found.readsByItself() && !References.readsData(reads());
    }

    private String named() {
        return "endpoint '" + endpoint + "'";
    }

    private @Nullable Endpoint found(Surroundings around) {
        Instance instanceOf = instance(around);
        return instanceOf == null ? null : instanceOf.endpoint(endpoint);
    }

    private @Nullable Instance instance(Surroundings around) {
        return catalog(around).pinned(instance, connector, Location.of(instance), new Problems());
    }

    private static Catalog catalog(Surroundings around) {
        return around.services().get(Catalog.class) instanceof Catalog catalog ? catalog : Catalog.EMPTY;
    }

    /** What is known of it, when all is right with it; else null, with problems at the keys of the settings. */
    public @Nullable EndpointFacts check(Placed at, Surroundings around, Problems problems) {
        EndpointFacts facts = named(at, around, problems);
        if (facts != null) {
            checkInputs(facts, at, problems);
        }
        return facts;
    }

    /** What is known of it, when there is such an endpoint, whatever it needs; else null, with problems at the keys of the settings. */
    public @Nullable EndpointFacts named(Placed at, Surroundings around, Problems problems) {
        Catalog catalog = catalog(around);
        if (catalog.instance(instance) == null) {
            catalog.missing(instance, at.at("instance"), problems);
            return null;
        }
        Instance found = catalog.pinned(instance, connector, at.at("connector"), problems);
        if (found == null) {
            return null;
        }
        EndpointFacts facts = found.facts(endpoint).orElse(null);
        if (facts == null) {
            String by = connector == null ? "" : " by " + found.connector().named();
            problems.error(
                    at.at("endpoint"),
                    "UNKNOWN_ENDPOINT",
                    "instance '" + instance + "' has no endpoint '" + endpoint + "'" + by,
                    DidYouMean.hint(endpoint, found.connector().endpoints().keySet()));
            return null;
        }
        return facts;
    }

    private void checkInputs(EndpointFacts facts, Placed at, Problems problems) {
        Set<String> meant = new HashSet<>(with.keySet());
        for (Map.Entry<String, TemplateTree> given : with.entrySet()) {
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
            } else {
                checkForm(given.getKey(), input.type(), given.getValue(), place, facts, problems);
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

    /** What it will be, whatever its placeholders yield. */
    private static void checkForm(
            String name, ValueType type, TemplateTree value, Location place, EndpointFacts facts, Problems problems) {
        String found = value.isList()
                ? type == ValueType.ARRAY ? null : "a list"
                : value.isMapping()
                        ? type == ValueType.OBJECT ? null : "a mapping"
                        : value.isText() && (type == ValueType.ARRAY || type == ValueType.OBJECT) ? "a text" : null;
        if (found != null && type != ValueType.ANY) {
            problems.error(
                    place,
                    "BAD_VALUE",
                    "input of endpoint '" + facts.endpoint() + "': '" + name + "' must be of type "
                            + type.name().toLowerCase(Locale.ROOT) + ", found " + found,
                    type == ValueType.ARRAY
                            ? "write the items in brackets, like ['${record.id}']"
                            : type == ValueType.OBJECT
                                    ? "write its members in braces, like { id: '${record.id}' }"
                                    : null);
        }
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

    /** The call: constants that read well stand in the URI, the other values go along in the use. */
    public Plan.Endpoint plan(EndpointFacts facts, Function<Map<String, TemplateTree>, Use> use) {
        StringBuilder uri = new StringBuilder("connector:")
                .append(facts.instance())
                .append('/')
                .append(facts.endpoint())
                .append("?revision=")
                .append(facts.hash());
        Map<String, TemplateTree> others = new LinkedHashMap<>();
        with.forEach((name, value) -> {
            String text = value.constant() ? readable(value.constantValue()) : "";
            if (READABLE.matcher(text).matches() && !name.equals("revision")) {
                uri.append('&').append(name).append('=').append(text);
            } else {
                others.put(name, value);
            }
        });
        return new Plan.Endpoint(uri.toString(), retries(facts.backoff()), Map.of(Use.PROPERTY, use.apply(others)));
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
