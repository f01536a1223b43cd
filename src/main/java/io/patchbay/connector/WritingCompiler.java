package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.BodyConfig;
import io.patchbay.connector.definition.EndpointConfig.Ordering;
import io.patchbay.connector.definition.IdempotencyConfig;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.expression.Template;
import io.patchbay.problem.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks and compiles how records are sent. */
final class WritingCompiler {

    /** Names that lead to a member of a JSON value. */
    static final Pattern NAMES = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*");

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;

    WritingCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
    }

    Writing compile(EndpointConfig endpoint, boolean body, Where where, String... keys) {
        boolean acts = endpoint.kind().acts();
        if (endpoint.batch() != null && (!acts || !body)) {
            notHere("'batch' belongs to writes that send a body", keys, "batch");
        }
        if (endpoint.partialResult() != null && !acts) {
            notHere("'partialResult' belongs to writes", keys, "partialResult");
        }
        if (endpoint.ordering() != Ordering.NONE && !acts) {
            notHere("'ordering' belongs to writes", keys, "ordering");
        }
        BatchConfig batch = endpoint.batch();
        IdempotencyConfig idempotency = endpoint.idempotency();
        return new Writing(
                batch,
                batch == null || batch.at() == null ? List.of() : at(endpoint, batch, batch.at(), keys),
                endpoint.partialResult() == null ? null : new PartialResult(endpoint.partialResult()),
                idempotency == null || idempotency.lookup() == null
                        ? null
                        : lookup(idempotency, idempotency.lookup(), where, keys),
                idempotency != null
                        && idempotency.type() == IdempotencyConfig.Type.NONE
                        && idempotency.lookup() == null,
                idempotency == null ? null : idempotency.ttl(),
                endpoint.concurrency(),
                endpoint.ordering(),
                orderingKey(endpoint, where, keys));
    }

    private void notHere(String what, String[] keys, String... more) {
        compiling.error(compiling.at(Compiling.below(keys, more)), "NOT_HERE", what, null);
    }

    private List<String> at(EndpointConfig endpoint, BatchConfig batch, String at, String[] keys) {
        BodyConfig body = endpoint.request() == null ? null : endpoint.request().body();
        boolean formed = endpoint.request() != null && endpoint.request().content() != null;
        boolean json = !formed
                && (body == null || body.type() == BodyConfig.Type.JSON || body.type() == BodyConfig.Type.GRAPHQL);
        String[] place = Compiling.below(keys, "batch", "at");
        boolean text = batch.mode() == BatchConfig.Mode.NDJSON || batch.mode() == BatchConfig.Mode.CSV;
        if (text || (batch.mode() == BatchConfig.Mode.ARRAY && !json)) {
            compiling.error(
                    compiling.at(place),
                    "NOT_HERE",
                    "'at' is a place in a json or graphql body",
                    "leave it out: the lines, or ${payload}, are the records");
        } else if (!NAMES.matcher(at).matches()) {
            compiling.error(
                    compiling.at(place), "BAD_PATH", "'" + at + "' must be names with dots", "like input.quantities");
        }
        return batch.mode() == BatchConfig.Mode.MULTIPART ? List.of(at) : List.of(at.split("\\."));
    }

    private @Nullable Template orderingKey(EndpointConfig endpoint, Where where, String[] keys) {
        Text key = endpoint.orderingKey();
        if ((endpoint.ordering() == Ordering.PER_KEY) != (key != null)) {
            compiling.error(
                    compiling.at(Compiling.below(keys, key == null ? "ordering" : "orderingKey")),
                    key == null ? "MISSING_KEY" : "NOT_HERE",
                    key == null
                            ? "ordering: perKey needs an 'orderingKey'"
                            : "'orderingKey' belongs to ordering: perKey",
                    "like orderingKey: '${record.customer.id}'");
        }
        return compiling.optional(key, where);
    }

    private Writing.Lookup lookup(
            IdempotencyConfig idempotency, IdempotencyConfig.Lookup lookup, Where where, String[] keys) {
        String[] place = Compiling.below(keys, "idempotency", "lookup");
        EndpointConfig found = endpoints.get(lookup.endpoint());
        if (found == null || found.kind().acts()) {
            compiling.error(
                    compiling.at(Compiling.below(place, "endpoint")),
                    "UNKNOWN_ENDPOINT",
                    "'" + lookup.endpoint() + "' is not an endpoint of kind read of this connector",
                    DidYouMean.hint(lookup.endpoint(), endpoints.keySet()));
        }
        if (found != null && found.asyncJob() != null) {
            compiling.error(
                    compiling.at(Compiling.below(place, "endpoint")),
                    "NOT_HERE",
                    "'" + lookup.endpoint() + "' has a job made, and a lookup is one call",
                    "name an endpoint that answers at once");
        }
        Map<String, InputConfig> inputs = found == null ? Map.of() : found.inputs();
        Map<String, Template> with = new LinkedHashMap<>();
        lookup.with().forEach((name, text) -> {
            if (found != null && !inputs.containsKey(name)) {
                compiling.error(
                        text.at(),
                        "UNKNOWN_INPUT",
                        "endpoint '" + lookup.endpoint() + "' has no input '" + name + "'",
                        DidYouMean.hint(name, inputs.keySet()));
            }
            with.put(name, compiling.template(text, where));
            checkOne(lookup, name, inputs.get(name), with.get(name), text);
        });
        Text from = idempotency.from();
        if (with.isEmpty() && from != null && inputs.size() == 1) {
            String only = inputs.keySet().iterator().next();
            with.put(only, compiling.template(from, where));
            checkOne(lookup, only, inputs.get(only), with.get(only), from);
        }
        if (with.isEmpty() && found != null) {
            compiling.error(
                    compiling.at(place),
                    "MISSING_KEY",
                    "a lookup needs to know what to look for",
                    "with: { reference: '${record.id}' }, or 'from' and an endpoint with one input");
        }
        Template known = lookup.with().isEmpty() ? null : compiling.optional(from, where);
        return new Writing.Lookup(lookup.endpoint(), with, known, lookup.when());
    }

    /** What is given for an input that is a list: one record is looked for, so that it most often is one value. */
    private void checkOne(
            IdempotencyConfig.Lookup lookup,
            String name,
            @Nullable InputConfig input,
            @Nullable Template given,
            Text text) {
        if (input == null || given == null || input.type() != ValueType.ARRAY) {
            return;
        }
        String what = "input '" + name + "' of '" + lookup.endpoint() + "' is a list, and a lookup asks for one record";
        String hint = "name an endpoint whose input is one value; one record of its answer is enough";
        if (given.single()) {
            compiling
                    .problems()
                    .warning(
                            text.at(),
                            "LOOKUP_ASKS_LIST",
                            what + ": the call fails unless " + given + " is a list",
                            hint);
        } else {
            compiling.error(text.at(), "LOOKUP_ASKS_LIST", what + ": '" + given + "' is a text", hint);
        }
    }

    /** Words about sending that no other kind of call has. */
    static final Set<String> WORDS =
            Set.of("batch", "partialResult", "concurrency", "ordering", "orderingKey", "idempotency");
}
