package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;

/** Nodes that take items apart and put them together: merge, split, aggregate, batches. */
final class N8nItems {

    private final Report report;

    N8nItems(Report report) {
        this.report = report;
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
        parameters.passRest();
        return Translator.unknown(
                node,
                report,
                "mode '" + SourceText.shown(mode)
                        + "' joins items by a key or position: an enrich, or a map with group, can do it");
    }

    Made split(Node node, Fields parameters) {
        String field = parameters.text("fieldToSplitOut");
        String include = parameters.text("include");
        if (field.isBlank() || field.contains(",")) {
            return Translator.unknown(node, report, "say split: { level: PATH } with one field");
        }
        if (include.startsWith("all") || include.startsWith("sel")) {
            parameters.pass("fieldsToInclude");
            ObjectNode explode = Json.NODES.objectNode();
            explode.putObject("explode").put("list", N8nText.named(field));
            explode.putArray("fields")
                    .addObject()
                    .put("to", N8nText.named(field))
                    .put("from", N8nText.named(field));
            explode.put("keepOthers", true);
            return new Made().shape("map", explode);
        }
        report.look(
                node.place().in("parameters"),
                node.shown() + " makes of a list of plain values items {\"" + SourceText.shown(field)
                        + "\": value}; here each value is a record itself, read as ${record}",
                "a map behind the split gives it a name again");
        String destination =
                parameters.get("options").path("destinationFieldName").asText();
        if (!destination.isBlank()) {
            report.lost(
                    node.place().in("parameters"),
                    node.shown() + " puts what it splits under '" + SourceText.shown(destination)
                            + "'; here it is the record itself",
                    "put a map behind it");
        }
        return new Made().shape("split", Json.NODES.objectNode().put("level", N8nText.named(field)));
    }

    Made lists(Node node, Fields parameters) {
        String operation = parameters.text("operation");
        if (operation.isBlank() || operation.equals("splitOutItems")) {
            return split(node, parameters);
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
