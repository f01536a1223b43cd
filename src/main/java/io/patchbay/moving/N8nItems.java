package io.patchbay.moving;

import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;

/** Nodes that put items together and take them apart: merge, aggregate, batches; {@link N8nSplits} splits. */
final class N8nItems {

    private final Report report;
    private final N8nSplits splits;
    private final N8nMerges merges;

    N8nItems(Parcel parcel, Report report) {
        this.report = report;
        this.merges = new N8nMerges(parcel, report);
        this.splits = new N8nSplits(report);
    }

    /** The work on a batch begins; what comes behind the loop has been collected, see {@link N8nFile}. */
    Made batches(Node node, Fields parameters) {
        boolean newer = node.source().path("typeVersion").asDouble(1) >= 3;
        int size = parameters.whole(newer ? 1 : 10, 1_000_000, "batchSize");
        return new Made().shape("flowControl", Json.NODES.objectNode().put("size", Math.max(1, size)));
    }

    Made merge(Node node, Fields parameters) {
        String mode = parameters.text("mode");
        if (mode.isBlank() || mode.equals("append")) {
            parameters.pass("numberInputs");
            report.look(
                    node.place(),
                    node.shown() + " has no shape: what comes out of paths goes on together behind them",
                    null);
            return new Made();
        }
        return merges.merge(node, parameters);
    }

    Made split(Node node, Fields parameters) {
        return splits.split(node, parameters);
    }

    Made lists(Node node, Fields parameters) {
        String operation = parameters.text("operation");
        if (operation.isBlank() || operation.equals("splitOutItems")) {
            return splits.split(node, parameters);
        }
        parameters.passRest();
        return Translator.unknown(
                node, report, "operation '" + SourceText.shown(operation) + "' is a map, a collect or a script here");
    }

    Made aggregate(Node node, Fields parameters) {
        if (!parameters.text("aggregate").equals("aggregateAllItemData")) {
            parameters.pass("fieldsToAggregate");
            return Translator.unknown(node, report, "single fields are gathered by a map with group");
        }
        String name = parameters.text("destinationFieldName");
        if (parameters.text("include").startsWith("specified")
                || parameters.text("include").startsWith("allFieldsEx")) {
            report.lost(
                    node.place().in("parameters"),
                    node.shown() + " keeps some fields by name; all are kept",
                    "put a map before it");
        }
        parameters.pass("fieldsToInclude", "fieldsToExclude");
        return new Made()
                .shape(
                        "collect",
                        Json.NODES
                                .objectNode()
                                .put("all", true)
                                .put("into", name.isBlank() ? "data" : Names.variable(name)));
    }
}
