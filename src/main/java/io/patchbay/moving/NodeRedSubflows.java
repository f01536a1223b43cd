package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in place of each node that is a subflow the nodes of it, with ids of their own. What the node says of the subflow's properties
 * stands in its nodes then.
 */
final class NodeRedSubflows {

    /** What stands for the way into a subflow; it keeps the node's id, so that wires find it. */
    static final String ENTRY = "subflow entry";

    /** Properties of a subflow, in a node that was copied out of it: an object of values by name. */
    static final String PROPERTIES = "subflow properties";

    private static final int DEEPEST = 20;
    private static final Pattern WHOLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    /** Characters of a value after properties are put in: each level of subflows may multiply them. */
    private static final int LONGEST = 65_536;
    /** Characters of all values that stand in the nodes of subflows, once for each use: no more than a file may have. */
    private static final int MOST = SourceText.LARGEST;

    private static final Pattern TAG = Pattern.compile("\\{\\{\\{?\\s*env\\.([A-Za-z_][A-Za-z0-9_]*)\\s*}}}?");
    /** Members that hold a value, by that which holds its type. */
    private static final Map<String, String> TYPED =
            Map.of("tot", "to", "vt", "v", "v2t", "v2", "fromt", "from", "payloadType", "payload");

    private final SourceText.Document document;
    private final Report report;
    private final Map<String, JsonNode> subflows = new LinkedHashMap<>();
    private final Map<String, List<Placed>> inside = new LinkedHashMap<>();
    private final TreeSet<String> used = new TreeSet<>();
    private final List<Placed> all = new ArrayList<>();
    private long written;

    /** A node, and where it stands in the file. */
    record Placed(JsonNode node, Place at) {}

    NodeRedSubflows(SourceText.Document document, Report report) {
        this.document = document;
        this.report = report;
    }

    List<Placed> expanded(JsonNode root) {
        root.forEach(node -> {
            if (node.path("type").asText().equals("subflow")) {
                subflows.put(node.path("id").asText(), node);
            }
        });
        List<Placed> top = new ArrayList<>();
        int number = 0;
        for (JsonNode node : root) {
            Place at = node.isObject() ? document.at(node) : document.at(root).in(String.valueOf(number));
            number++;
            JsonNode subflow = subflows.get(node.path("z").asText());
            if (subflow != null && node.has("wires")) {
                inside.computeIfAbsent(subflow.path("id").asText(), id -> new ArrayList<>())
                        .add(new Placed(node, at));
            } else if (!subflows.containsKey(node.path("id").asText())) {
                top.add(new Placed(node, at));
            }
        }
        top.forEach(one -> put(one, List.of()));
        subflows.forEach((id, subflow) -> {
            if (!used.contains(id)) {
                report.lost(
                        document.at(subflow),
                        "the subflow '" + SourceText.shown(subflow.path("name").asText())
                                + "' is used by no node, and is left out with the nodes in it",
                        "export the flow that uses it");
            }
            if (!subflow.path("status").path("wires").isEmpty()) {
                report.lost(document.at(subflow), "what a subflow tells of its status is left out", null);
            }
        });
        return all;
    }

    private void put(Placed one, List<String> path) {
        String type = one.node().path("type").asText();
        JsonNode subflow = type.startsWith("subflow:") ? subflows.get(type.substring(8)) : null;
        if (all.size() > Graph.MOST_NODES) {
            throw new MovingException(document.file() + ": with its subflows written out the export has more than "
                    + Graph.MOST_NODES + " nodes");
        }
        if (subflow == null) {
            all.add(one);
            return;
        }
        String id = subflow.path("id").asText();
        if (path.contains(id) || path.size() > DEEPEST) {
            report.lost(
                    one.at(),
                    "the subflow '" + SourceText.shown(subflow.path("name").asText())
                            + "' stands within itself, and is not written out there",
                    null);
            all.add(one);
            return;
        }
        used.add(id);
        List<String> within = new ArrayList<>(path);
        within.add(id);
        instance(one, subflow, within);
    }

    private void instance(Placed one, JsonNode subflow, List<String> path) {
        String id = one.node().path("id").asText();
        ObjectNode properties = properties(subflow, one);
        boolean off = one.node().path("d").asBoolean();
        ObjectNode entry = Json.NODES
                .objectNode()
                .put("id", id)
                .put("type", ENTRY)
                .put("name", one.node().path("name").asText(subflow.path("name").asText()))
                .put("z", one.node().path("z").asText());
        ArrayNode first = entry.putArray("wires").addArray();
        if (off) {
            report.look(one.at(), "the subflow node '" + id + "' is switched off: nothing passes it", null);
        } else {
            subflow.path("in")
                    .path(0)
                    .path("wires")
                    .forEach(wire -> first.add(in(id, wire.path("id").asText(), one)));
        }
        all.add(new Placed(entry, one.at()));
        long values = 0;
        for (JsonNode property : properties) {
            values += property.path("value").asText().length();
        }
        Map<String, Placed> copies = new LinkedHashMap<>();
        for (Placed inner : inside.getOrDefault(subflow.path("id").asText(), List.of())) {
            // What code reads of them stands beside the code of each.
            count(values, inner);
            copies.put(inner.node().path("id").asText(), new Placed(copy(inner, id, properties), inner.at()));
        }
        int outlet = 0;
        for (JsonNode out : subflow.path("out")) {
            JsonNode targets = one.node().path("wires").path(outlet++);
            for (JsonNode wire : out.path("wires")) {
                Placed from = copies.get(wire.path("id").asText());
                boolean through =
                        wire.path("id").asText().equals(subflow.path("id").asText());
                if (from != null) {
                    wires(from.node(), wire.path("port").asInt(0)).addAll(list(targets));
                } else if (through && !off) {
                    first.addAll(list(targets));
                }
            }
        }
        copies.values().forEach(copy -> put(copy, path));
    }

    private static List<JsonNode> list(JsonNode targets) {
        List<JsonNode> list = new ArrayList<>();
        targets.forEach(list::add);
        return list;
    }

    private static ArrayNode wires(JsonNode node, int port) {
        ArrayNode wires = ((ObjectNode) node).withArray("wires");
        while (wires.size() <= port) {
            wires.addArray();
        }
        return (ArrayNode) wires.get(port);
    }

    private String in(String instance, String id, Placed node) {
        count(instance.length() + (long) id.length(), node);
        return instance + "/" + id;
    }

    private ObjectNode copy(Placed placed, String instance, ObjectNode properties) {
        JsonNode inner = placed.node();
        ObjectNode copy = (ObjectNode) filled(inner, properties, placed);
        copy.put("id", in(instance, inner.path("id").asText(), placed)).put("z", instance);
        ArrayNode wires = copy.putArray("wires");
        inner.path("wires").forEach(outlet -> {
            ArrayNode to = wires.addArray();
            outlet.forEach(target -> to.add(in(instance, target.asText(), placed)));
        });
        for (String key : List.of("links", "scope")) {
            if (inner.path(key).isArray()) {
                ArrayNode ids = copy.putArray(key);
                inner.path(key).forEach(target -> ids.add(in(instance, target.asText(), placed)));
            }
        }
        copy.set(PROPERTIES, properties);
        return copy;
    }

    /** Values by name, each as { type, value }: those of the subflow, and over them those of the node. */
    private ObjectNode properties(JsonNode subflow, Placed node) {
        ObjectNode properties = Json.NODES.objectNode();
        subflow.path("env").forEach(one -> properties.set(one.path("name").asText(), one));
        node.node().path("env").forEach(one -> properties.set(one.path("name").asText(), one));
        JsonNode outer = node.node().path(PROPERTIES);
        properties.properties().forEach(one -> {
            String type = one.getValue().path("type").asText();
            JsonNode over = outer.path(one.getValue().path("value").asText());
            if (type.equals("env") && over.isObject()) {
                one.setValue(over);
            } else if (type.equals("cred")) {
                report.lost(
                        node.at(),
                        "the property '" + SourceText.shown(one.getKey()) + "' of a subflow is a secret, which is in no"
                                + " export",
                        "let an instance prove who calls");
            }
        });
        return properties;
    }

    private JsonNode filled(JsonNode theirs, ObjectNode properties, Placed node) {
        if (theirs.isTextual()) {
            Matcher whole = WHOLE.matcher(theirs.textValue());
            JsonNode text = whole.matches() && properties.has(whole.group(1))
                    ? Translator.text(
                            properties.path(whole.group(1)).path("value").asText())
                    : tagged(theirs, properties, node);
            count(text.textValue().length(), node);
            return text;
        }
        if (theirs.isArray()) {
            ArrayNode list = Json.NODES.arrayNode();
            theirs.forEach(one -> list.add(filled(one, properties, node)));
            return list;
        }
        if (!theirs.isObject()) {
            return theirs;
        }
        ObjectNode object = Json.NODES.objectNode();
        theirs.properties().forEach(one -> object.set(one.getKey(), filled(one.getValue(), properties, node)));
        TYPED.forEach((type, value) -> {
            JsonNode property = properties.path(theirs.path(value).asText());
            if (theirs.path(type).asText().equals("env") && property.isObject()) {
                String text = property.path("value").asText();
                count(text.length(), node);
                object.put(type, property.path("type").asText("str"));
                object.put(value, text);
            }
        });
        return object;
    }

    /** A text with properties in place of their tags; the text itself, which all uses share then, where it has none. */
    private JsonNode tagged(JsonNode theirs, ObjectNode properties, Placed node) {
        String text = theirs.textValue();
        Matcher tag = TAG.matcher(text);
        if (!tag.find()) {
            return theirs;
        }
        StringBuilder filled = new StringBuilder();
        do {
            JsonNode property = properties.path(tag.group(1));
            tag.appendReplacement(
                    filled,
                    Matcher.quoteReplacement(
                            property.isMissingNode()
                                    ? tag.group()
                                    : property.path("value").asText()));
            if (filled.length() > Math.max(LONGEST, text.length())) {
                throw refused(
                        node,
                        "a value of it has more than " + LONGEST + " characters with the properties of its subflow put"
                                + " in: subflows that put each other's properties into theirs make them grow");
            }
        } while (tag.find());
        return Translator.text(tag.appendTail(filled).toString());
    }

    private void count(long characters, Placed node) {
        written += characters;
        if (written > MOST) {
            throw refused(
                    node,
                    "with it the nodes of subflows, written out for each use, have more than " + MOST / 1_000_000
                            + " million characters; export fewer tabs at once");
        }
    }

    private MovingException refused(Placed node, String what) {
        return new MovingException(document.file() + ":" + node.at().line() + ":"
                + node.at().column() + ": the node '"
                + SourceText.shown(node.node().path("id").asText()) + "': " + what);
    }
}
