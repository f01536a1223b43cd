package io.patchbay.connector;

import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.PartitionConfig;
import io.patchbay.problem.DidYouMean;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks lists that are read once for each record of another one. */
final class PartitionCompiler {

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;

    PartitionCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
    }

    void check(EndpointConfig endpoint, String[] of) {
        PartitionConfig partition = endpoint.partition();
        if (partition == null) {
            return;
        }
        String[] keys = Compiling.below(of, "partition");
        if (!DeletesCompiler.isList(endpoint)) {
            wrong(
                    keys,
                    "a partition belongs to a list",
                    "give the endpoint a paginator; { type: none } where one answer is all");
        }
        if (endpoint.incremental() != null) {
            wrong(keys, "a list that grows cannot be read in partitions", "take 'incremental' or 'partition' out");
        }
        compiling.parsed("$." + partition.key(), Place::parse, Compiling.below(keys, "key"));
        InputConfig input = endpoint.inputs().get(partition.input());
        if (input == null) {
            wrong(
                    Compiling.below(keys, "input"),
                    "'" + partition.input() + "' is not an input of this endpoint",
                    DidYouMean.hint(partition.input(), endpoint.inputs().keySet()));
        } else if (input.mandatory()) {
            wrong(
                    Compiling.below(keys, "input"),
                    "the input '" + partition.input() + "' is asked of every flow",
                    "declare it with required: false");
        }
        checkParent(partition, Compiling.below(keys, "parent"));
    }

    private void checkParent(PartitionConfig partition, String[] keys) {
        EndpointConfig parent = endpoints.get(partition.parent());
        if (parent == null) {
            wrong(
                    keys,
                    "there is no endpoint '" + partition.parent() + "'",
                    DidYouMean.hint(partition.parent(), endpoints.keySet()));
            return;
        }
        if (!DeletesCompiler.isList(parent) || parent.partition() != null) {
            wrong(
                    keys,
                    "'" + partition.parent() + "' is no list of its own",
                    "name an endpoint with a paginator and no partition");
        }
        parent.inputs().forEach((name, input) -> {
            if (input.mandatory()) {
                wrong(keys, "'" + partition.parent() + "' needs the input '" + name + "', and nobody gives it", null);
            }
        });
    }

    private void wrong(String[] keys, String what, @Nullable String hint) {
        compiling.error(compiling.at(keys), "BAD_VALUE", what, hint);
    }
}
