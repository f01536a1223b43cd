package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Split Out as shapes. An item of a list that is an object becomes an item there; any other value becomes one under the name of its
 * field. Several lists are taken apart together, by position.
 */
final class N8nSplits {

    /** Where the items of several lists stand together before they are taken apart. */
    private static final String TOGETHER = "splitOut";

    private final Report report;

    N8nSplits(Report report) {
        this.report = report;
    }

    /**
     * A list that is taken out.
     *
     * @param from its path
     * @param to the path of a value of it in a new item
     */
    private record Part(String from, String to) {}

    Made split(Node node, Fields parameters) {
        JsonNode options = parameters.get("options");
        boolean dots = !options.path("disableDotNotation").asBoolean();
        List<String> names = names(parameters.get("fieldToSplitOut"));
        List<String> into = names(options.path("destinationFieldName"));
        List<String> beside = names(parameters.get("fieldsToInclude"));
        String include = parameters.text("include");
        boolean all = include.startsWith("all");
        boolean some = include.startsWith("selected");
        boolean odd = names.isEmpty()
                || names.contains("$binary")
                || (names + " " + into + " " + beside).contains("{{")
                || (!into.isEmpty() && into.size() != names.size())
                || (some && beside.isEmpty());
        if (odd) {
            return Translator.unknown(
                    node, report, "name the lists that it takes apart, and a destination for each or none");
        }
        if (options.path("includeBinary").asBoolean()) {
            report.lost(
                    node.place().in("parameters"),
                    node.shown() + " gives files along with each item, which no record has here",
                    "read the file where it is needed, with a connection");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            parts.add(new Part(path(name, dots), Translator.step("", into.isEmpty() ? name : into.get(i))));
        }
        ArrayNode others = Json.NODES.arrayNode();
        if (some) {
            beside.stream()
                    .map(name -> new Part(path(name, dots), Translator.step("", name)))
                    .filter(one -> parts.stream().noneMatch(part -> part.to().equals(one.to())))
                    .forEach(one -> field(others, one.to(), one.from()));
        }
        if (parts.size() > 1) {
            report.look(
                    node.place().in("parameters"),
                    node.shown() + " takes a value that is no list for a list of one; beside other lists it is left out"
                            + " here",
                    null);
            return several(parts, others, all);
        }
        Part part = parts.get(0);
        if (all || some) {
            ObjectNode map = exploded(part.from());
            field(map.putArray("fields").addAll(others), part.to(), part.from());
            if (all) {
                others(map, part.to().equals(part.from()) ? List.of() : List.of(part.from()));
            }
            return new Made().shape("map", map);
        }
        Made made = new Made().shape("split", Json.NODES.objectNode().put("level", part.from()));
        ObjectNode map = Json.NODES.objectNode();
        if (into.isEmpty()) {
            map.put("jq", "if type == \"object\" then . else {" + Translator.text(names.get(0)) + ": .} end");
            return made.shape("map", map)
                    .around(
                            FlowText.COMMENT,
                            Json.NODES
                                    .arrayNode()
                                    .add("a value that is no object stands under the name of its list; where all are"
                                            + " objects, take this out"));
        }
        field(map.putArray("fields"), part.to(), "@");
        return made.shape("map", map);
    }

    private static Made several(List<Part> parts, ArrayNode others, boolean all) {
        ObjectNode together = Json.NODES.objectNode();
        ArrayNode fields = together.putArray("fields").addAll(others);
        parts.forEach(part -> field(fields, in(TOGETHER + "[*]", part.to()), part.from() + "[*]"));
        Made made = new Made().shape("map", together);
        if (!all && others.isEmpty()) {
            return made.shape("split", Json.NODES.objectNode().put("level", TOGETHER));
        }
        ObjectNode map = exploded(TOGETHER);
        ArrayNode apart = map.putArray("fields");
        parts.forEach(part -> field(apart, part.to(), in(TOGETHER, part.to())));
        if (all) {
            others(together, parts.stream().map(Part::from).toList());
        }
        others(map, List.of(TOGETHER));
        return made.shape("map", map);
    }

    private static String in(String before, String step) {
        return before + (step.startsWith("[") ? "" : ".") + step;
    }

    private static ObjectNode exploded(String list) {
        ObjectNode map = Json.NODES.objectNode();
        map.putObject("explode").put("list", list);
        return map;
    }

    private static void field(ArrayNode fields, String to, String from) {
        fields.addObject().put("to", to).put("from", from);
    }

    /** Lets the others go along, but for these. */
    private static void others(ObjectNode map, List<String> without) {
        map.put("keepOthers", true);
        if (!without.isEmpty()) {
            without.forEach(map.putArray("remove")::add);
        }
    }

    private static String path(String name, boolean dots) {
        return dots ? N8nText.named(name) : Translator.step("", name);
    }

    /** Names with commas between them, or in the list that Item Lists had for them. */
    private static List<String> names(JsonNode theirs) {
        List<String> names = new ArrayList<>();
        if (theirs.isValueNode()) {
            for (String one : theirs.asText().replaceFirst("^=", "").split(",", -1)) {
                names.add(one.strip().replaceFirst("^\\$json\\.", ""));
            }
        }
        theirs.path("fields")
                .forEach(one -> names.add(one.path("fieldName").asText().strip()));
        names.removeIf(String::isEmpty);
        return names;
    }
}
