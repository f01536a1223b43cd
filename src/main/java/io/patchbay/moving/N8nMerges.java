package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merge of n8n where it joins items: what comes into each of its inputs says by which, all of it is collected, and a script with the
 * node's settings joins it.
 */
final class N8nMerges {

    /** What stands for an input of a merge. */
    static final String INPUT = "merge input";

    private static final Set<String> JOINS =
            Set.of("keepMatches", "keepNonMatches", "keepEverything", "enrichInput1", "enrichInput2");
    private static final Set<String> CLASHES = Set.of("preferInput1", "preferInput2", "preferLast", "addSuffix");
    private static final int USUAL_INPUTS = 2;
    private static final int MOST_INPUTS = 10;

    private final Parcel parcel;
    private final Report report;

    N8nMerges(Parcel parcel, Report report) {
        this.parcel = parcel;
        this.report = report;
    }

    /** Whether a node has to know by which input an item came. */
    static boolean joins(Node node) {
        String mode = node.source().path("parameters").path("mode").asText();
        return N8nShapes.kind(node.type()).equals("merge") && !mode.isBlank() && !mode.equals("append");
    }

    /** How many ways in a node has that joins. */
    static int inputs(Node node) {
        return inputs(new Fields(node.source().path("parameters")));
    }

    private static int inputs(Fields parameters) {
        int written = parameters.get("numberInputs").asInt(USUAL_INPUTS);
        return Math.min(MOST_INPUTS, Math.max(USUAL_INPUTS, written));
    }

    static Made input(Node node) {
        ObjectNode map = Json.NODES.objectNode();
        ArrayNode fields = map.putArray("fields");
        fields.addObject()
                .put("to", "input")
                .put("value", node.source().path("input").asInt());
        fields.addObject().put("to", "json").put("from", "@");
        return new Made().shape("map", map);
    }

    Made merge(Node node, Fields parameters) {
        String mode = parameters.text("mode");
        double version = node.source().path("typeVersion").asDouble(1);
        Fields options = parameters.in("options");
        ObjectNode settings = switch (mode) {
            case "combine" -> combined(parameters, options, version);
            case "chooseBranch", "passThrough", "wait" -> chosen(mode, parameters);
            case "mergeByIndex", "multiplex", "keepKeyMatches", "removeKeyMatches", "mergeByKey" ->
                first(mode, parameters);
            default -> null;
        };
        if (settings == null) {
            parameters.passRest();
            return Translator.unknown(
                    node,
                    report,
                    "mode '" + SourceText.shown(mode) + "' with these settings is not known: an enrich, a map with"
                            + " group, or a script behind a collect can do it");
        }
        if (options.flag(false, "fuzzyCompare")) {
            report.lost(
                    node.place().in("parameters"),
                    node.shown() + " takes 5 and '5' for the same; its script does not",
                    "let a map before each input make them alike");
        }
        Translator.left(node, options, node.place().in("parameters").in("options"), report);
        settings.put("inputs", inputs(parameters));
        report.look(
                node.place(),
                node.shown() + " is a script that joins what was collected, in memory: numbers in it are doubles",
                "for large lists, an enrich asks for what is missing record by record");
        String script = parcel.script(
                node.id(),
                node.name(),
                ".js",
                N8nMergeScript.of("node '" + node.name() + "' of a workflow of n8n", settings));
        return new Made()
                .shape("collect", Json.NODES.objectNode().put("all", true))
                .shape("script", Json.NODES.objectNode().put("file", script))
                .endsEmpty();
    }

    private static @Nullable ObjectNode combined(Fields parameters, Fields options, double version) {
        String by = parameters.text(version < 3 ? "combinationMode" : "combineBy");
        ObjectNode settings = Json.NODES.objectNode();
        boolean clear = clashes(options.get("clashHandling").path("values"), settings);
        switch (by.isBlank() ? "combineByFields" : by) {
            case "combineByFields", "mergeByFields" -> {
                settings.put("by", "fields");
                clear &= fields(parameters, options, version, settings);
            }
            case "combineByPosition", "mergeByPosition" ->
                settings.put("by", "position")
                        .put("until", options.flag(false, "includeUnpaired") ? "longest" : "shortest");
            case "combineAll", "multiplex" -> settings.put("by", "all");
            default -> clear = false;
        }
        return clear ? settings : null;
    }

    private static boolean clashes(JsonNode clashes, ObjectNode settings) {
        String resolve = clashes.path("resolveClash").asText();
        String merge = clashes.path("mergeMode").asText("deepMerge");
        settings.put("prefer", resolve)
                .put("deep", !merge.equals("shallowMerge"))
                .put("keepFilled", clashes.path("overrideEmpty").asBoolean());
        return (resolve.isBlank() || CLASHES.contains(resolve))
                && Set.of("deepMerge", "shallowMerge").contains(merge);
    }

    private static boolean fields(Fields parameters, Fields options, double version, ObjectNode settings) {
        String join = parameters.text("joinMode");
        String from = parameters.text("outputDataFrom");
        String matches = options.text("multipleMatches");
        List<String[]> pairs = new ArrayList<>();
        JsonNode values = parameters.get("mergeByFields").path("values");
        String names = parameters.text("fieldsToMatchString");
        if (parameters.flag(version < 3 && names.isBlank(), "advanced")) {
            values.forEach(one -> pairs.add(new String[] {
                one.path("field1").asText(), one.path("field2").asText()
            }));
        } else {
            for (String one : names.split(",", -1)) {
                pairs.add(new String[] {one.strip(), one.strip()});
            }
        }
        settings.put("join", join.isBlank() ? "keepMatches" : join)
                .put("output", from.isBlank() ? "both" : from)
                .put("matches", matches.isBlank() ? "all" : matches)
                .put("dots", !options.flag(false, "disableDotNotation"));
        pair(settings, pairs);
        return (join.isBlank() || JOINS.contains(join))
                && Set.of("", "both", "input1", "input2").contains(from)
                && Set.of("", "all", "first").contains(matches)
                && pairs.stream().allMatch(N8nMerges::plain);
    }

    private static @Nullable ObjectNode chosen(String mode, Fields parameters) {
        String output = parameters.text("output");
        String wait = parameters.text("chooseBranchMode");
        String number = parameters.text("useDataOfInput");
        String input = output.matches("input[1-9]") ? output.substring(5) : number.isBlank() ? "1" : number;
        boolean empty = output.equals("empty") || mode.equals("wait");
        boolean known = Set.of("", "waitForAll").contains(wait)
                && input.matches("[1-9]|10")
                && (Set.of("", "specifiedInput", "empty").contains(output) || output.matches("input[1-9]"));
        return known
                ? Json.NODES.objectNode().put("by", "choice").put("use", empty ? 0 : Integer.parseInt(input))
                : null;
    }

    /** The modes of version 1. */
    private static @Nullable ObjectNode first(String mode, Fields parameters) {
        ObjectNode settings =
                Json.NODES.objectNode().put("prefer", "").put("deep", false).put("keepFilled", false);
        String overwrite = parameters.text("overwrite");
        String join = parameters.text("join");
        String[] pair = {parameters.text("propertyName1"), parameters.text("propertyName2")};
        return switch (mode) {
            case "multiplex" -> settings.put("by", "all");
            case "mergeByIndex" ->
                settings.put("by", "position")
                        .put("until", join.equals("inner") ? "shortest" : join.equals("outer") ? "longest" : "first");
            default -> {
                pair(settings.put("by", "key"), List.<String[]>of(pair));
                settings.put("join", mode.replace("KeyMatches", "").replace("mergeByKey", "merge"))
                        .put("overwrite", overwrite.isBlank() ? "always" : overwrite);
                yield plain(pair) && Set.of("", "always", "blank", "undefined").contains(overwrite) ? settings : null;
            }
        };
    }

    /** Whether both are names, and no expressions. */
    private static boolean plain(String[] pair) {
        return !pair[0].isBlank() && !pair[1].isBlank() && !pair[0].startsWith("=") && !pair[1].startsWith("=");
    }

    private static void pair(ObjectNode settings, List<String[]> pairs) {
        ArrayNode fields = settings.putArray("fields");
        pairs.forEach(one -> fields.addArray().add(one[0]).add(one[1]));
    }
}
