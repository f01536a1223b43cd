package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.DeletesConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.Completeness;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.definition.PartitionConfig;
import io.patchbay.connector.definition.RecordSelectorConfig;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.problem.DidYouMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks and compiles how deletes of a list are known. What is missing is told only of a list that is surely whole: a record that
 * is wrongly taken for deleted is worse than one that is never told.
 */
final class DeletesCompiler {

    private static final Set<Format> WITHOUT_RECORDS = Set.of(Format.TEXT, Format.BINARY);
    private static final Set<String> OF_A_PAYLOAD = Set.of("payload", "record", "meta");

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;

    DeletesCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
    }

    /** Whether an endpoint is a list of records over HTTP. */
    static boolean isList(EndpointConfig endpoint) {
        return !endpoint.kind().acts()
                && endpoint.method() != null
                && (endpoint.paginator() != null || endpoint.inPieces());
    }

    /** Where the placeholders of an endpoint read: the records of another payload would be another list. */
    static Where reads(EndpointConfig endpoint, Where where) {
        DeletesConfig deletes = endpoint.deletes();
        return deletes != null && deletes.type() == DeletesConfig.Type.MISSING_IN_FULL
                ? where.without(OF_A_PAYLOAD)
                : where;
    }

    /** @param errors what the answers of the endpoint mean */
    @Nullable
    Deletes compile(String id, EndpointConfig endpoint, ErrorRules errors, String[] of) {
        if (endpoint.completeness() != null && !isList(endpoint)) {
            needsList(Compiling.below(of, "completeness"), "'completeness'");
        }
        DeletesConfig config = endpoint.deletes();
        if (config == null || config.type() == DeletesConfig.Type.NONE) {
            return null;
        }
        String[] keys = Compiling.below(of, "deletes");
        if (!isList(endpoint)) {
            needsList(keys, "'deletes'");
            return null;
        }
        return switch (config.type()) {
            case TOMBSTONE_FIELD -> tombstones(endpoint, config, keys);
            case MISSING_IN_FULL -> missing(endpoint, config, errors, of);
            case DELETED_ENDPOINT -> told(id, endpoint, config, keys);
            case NONE -> null;
        };
    }

    private void needsList(String[] keys, String what) {
        wrong(
                keys,
                what + " belongs to a list that is read",
                "give the endpoint a paginator; { type: none } where one answer is all");
    }

    private Deletes tombstones(EndpointConfig endpoint, DeletesConfig config, String[] keys) {
        if (endpoint.response() != null
                && WITHOUT_RECORDS.contains(endpoint.response().format())) {
            wrong(keys, "an answer of this format has no records with fields", "say response: { format: json }");
        }
        Place field = compiling.parsed("$." + config.field(), Place::parse, Compiling.below(keys, "field"));
        return new Deletes(config, field, Map.of());
    }

    private Deletes missing(EndpointConfig endpoint, DeletesConfig config, ErrorRules errors, String[] of) {
        String[] keys = Compiling.below(of, "deletes");
        checkWhole(endpoint, of);
        for (Map.Entry<String, io.patchbay.connector.definition.InputConfig> input :
                endpoint.inputs().entrySet()) {
            if (input.getValue().type() == ValueType.INSTANT) {
                wrong(
                        Compiling.below(of, "inputs", input.getKey()),
                        "a list that is asked for with a time is not whole, and what is missing in it was not deleted",
                        "give the flow two endpoints, one of them without this input");
            }
        }
        boolean ignores =
                errors.rules().stream().anyMatch(rule -> rule.verdict().action() == Action.IGNORE);
        if (ignores) {
            wrong(
                    keys,
                    "a rule of errorHandler ignores answers, and a list ends where one is ignored: what is missing then was not"
                            + " deleted",
                    "give this endpoint an errorHandler without action: ignore");
        }
        if (endpoint.partition() != null) {
            checkParent(endpoint.partition(), keys);
        }
        RecordSelectorConfig selector = endpoint.recordSelector();
        List<String> primary = selector == null ? List.of() : selector.primaryKey();
        if (primary.isEmpty()) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    "what is missing is known by the key of a record: missingInFull needs recordSelector.primaryKey",
                    "like recordSelector: { path: '$.orders[*]', primaryKey: [id] }");
        }
        if (selector != null && selector.expand() != null) {
            wrong(
                    keys,
                    "the items of a record ('expand') are not known one by one, so nobody can say which are missing",
                    "take 'expand' out; a split behind the connection does the same");
        }
        Map<String, Place> places = new LinkedHashMap<>();
        for (String name : primary) {
            Place place =
                    compiling.parsed("$." + name, Place::parse, Compiling.below(of, "recordSelector", "primaryKey"));
            if (place != null) {
                places.put(name, place);
            }
        }
        return new Deletes(config, null, places);
    }

    private void checkWhole(EndpointConfig endpoint, String[] of) {
        String[] keys = Compiling.below(of, "deletes");
        if (endpoint.completeness() == null) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    "what is missing can be told of a list only that is whole: missingInFull needs completeness: full",
                    "say completeness: full when one pull of the list holds all that there is");
        } else if (endpoint.completeness() != Completeness.FULL) {
            wrong(
                    keys,
                    "a list with completeness: "
                            + (endpoint.completeness() == Completeness.WINDOW ? "window" : "topN")
                            + " is not whole, and what is missing in it was not deleted",
                    "use tombstoneField or deletedEndpoint, or a list that is whole");
        }
        if (endpoint.incremental() != null) {
            wrong(
                    keys,
                    "with 'incremental' only what is new is read, and what is missing then was not deleted",
                    "take 'incremental' out, or use tombstoneField or deletedEndpoint");
        }
    }

    /** A record whose parent is gone is gone, too; but a parent that is left out is there. */
    private void checkParent(PartitionConfig partition, String[] keys) {
        EndpointConfig parent = endpoints.get(partition.parent());
        if (parent == null) {
            return; // said where the partition is compiled
        }
        boolean filters =
                parent.recordSelector() != null && parent.recordSelector().filter() != null;
        if (parent.completeness() != Completeness.FULL || parent.incremental() != null || filters) {
            wrong(
                    keys,
                    "the list is read once for each record of '" + partition.parent()
                            + "', which is not whole: the records of those that it leaves out were not deleted",
                    "let '" + partition.parent() + "' have completeness: full, no 'incremental' and no filter");
        }
    }

    private Deletes told(String id, EndpointConfig endpoint, DeletesConfig config, String[] keys) {
        String name = Objects.requireNonNull(config.endpoint());
        String[] place = Compiling.below(keys, "endpoint");
        EndpointConfig other = endpoints.get(name);
        if (other == null || name.equals(id)) {
            compiling.error(
                    compiling.at(place),
                    "UNKNOWN_ENDPOINT",
                    "'" + name + "' is not another endpoint of this connector",
                    DidYouMean.hint(name, endpoints.keySet()));
            return new Deletes(config, null, Map.of());
        }
        boolean plain = other.deletes() == null || other.deletes().type() == DeletesConfig.Type.NONE;
        if (!isList(other) || other.partition() != null || !plain) {
            wrong(
                    place,
                    "'" + name + "' is no list of its own",
                    "name an endpoint of kind read with a paginator, without partition and deletes");
        }
        other.inputs().forEach((input, declared) -> {
            if (declared.mandatory() && !endpoint.inputs().containsKey(input)) {
                wrong(
                        place,
                        "'" + name + "' needs the input '" + input + "', which this endpoint has not",
                        "an input of the same name is passed on");
            }
        });
        return new Deletes(config, null, Map.of());
    }

    private void wrong(String[] keys, String what, @Nullable String hint) {
        compiling.error(compiling.at(keys), "BAD_VALUE", what, hint);
    }
}
