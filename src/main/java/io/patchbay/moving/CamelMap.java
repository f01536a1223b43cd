package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.moving.CamelExport.Records;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps as one expression in jq, which makes the new record field by field. */
final class CamelMap {

    private static final Set<String> FIELDS =
            Set.of("fields", "keepOthers", "rename", "remove", "wrapOutput", "to", "explode", "group");
    private static final Set<String> EXPRESSION = Set.of("jq", "each", "to");

    /** What an expression is given by Patchbay, and by nobody else. */
    private static final Pattern GIVEN = Pattern.compile("\\$(?:meta|flow|run)\\b");

    private final CamelText texts;
    private final Lack lack;

    CamelMap(CamelText texts, Lack lack) {
        this.texts = texts;
        this.lack = lack;
    }

    /** What a payload is behind it. */
    @Nullable
    Records map(Node settings, Location at, @Nullable Records form, ArrayNode steps) {
        JsonNode of = Literals.json(settings);
        boolean expression = of.has("jq");
        of.fieldNames().forEachRemaining(key -> {
            if (!(expression ? EXPRESSION : FIELDS).contains(key)) {
                lack.add(
                        settings instanceof MapNode map ? map.place(key) : at,
                        "'" + key + "' of a map has no counterpart in plain Camel",
                        "fields, and expressions in jq, have one");
            }
        });
        if (!of.path("to").asText("json").equals("json")) {
            lack.add(at, "a map to " + of.path("to").asText(), "map to json");
        }
        lack.note(
                "numbers with a fraction are doubles in plain Camel: digits behind the fifteenth are lost, and 12.50 is"
                        + " written 12.5");
        return expression ? expression(of, at, form, steps) : fields(settings, of, at, form, steps);
    }

    private Records fields(Node settings, JsonNode of, Location at, @Nullable Records form, ArrayNode steps) {
        boolean one = form == Records.ONE;
        JqText jq = new JqText(texts, lack, steps, one);
        List<String> lines = new ArrayList<>();
        lines.add(beginning(of));
        of.path("rename")
                .properties()
                .forEach(rename -> lines.add(new JqField(jq, at)
                        .written(
                                Json.NODES
                                        .objectNode()
                                        .put("from", rename.getKey())
                                        .put("to", rename.getValue().asText()),
                                List.of())));
        if (settings instanceof MapNode map && map.get("fields") instanceof ListNode list) {
            lines.addAll(written(list, jq));
        }
        of.path("remove").forEach(path -> lines.add(removed(path.asText())));
        boolean regrouped = of.has("explode") || of.has("group");
        StringBuilder body = new StringBuilder("$payload");
        if (one) {
            body.append(regrouped ? " | [.]" : "");
        } else {
            body.append(" | if type == \"array\" then . else error(\"the payload is no list\") end");
            lack.note("of a list that is mapped, one record that fails lets all of it fail");
        }
        if (of.has("explode")) {
            body.append("\n| ").append(JqGroups.exploded(of.path("explode"), jq, at));
        }
        if (of.has("group")) {
            body.append("\n| ").append(JqGroups.grouped(of.path("group"), jq, at));
        }
        boolean list = !one || regrouped;
        body.append(list ? "\n| [.[] | " : "\n| ")
                .append(". as $record\n| ")
                .append(String.join("\n| ", lines))
                .append(list ? "\n]" : "");
        boolean wrapped = !list && of.path("wrapOutput").asBoolean();
        set(". as $payload | " + (wrapped ? "[" + body + "]" : body) + "\n| tojson", steps);
        return list || wrapped ? Records.LIST : Records.ONE;
    }

    private static String beginning(JsonNode of) {
        if (!of.path("keepOthers").asBoolean()) {
            return "{}";
        }
        StringBuilder all = new StringBuilder("$record | if type == \"object\" then . else {} end");
        of.path("rename").fieldNames().forEachRemaining(old -> all.append(" | ").append(removed(old)));
        return all.toString();
    }

    /** Fields of one target are tried in turn, at the place of the first. */
    private static List<String> written(ListNode list, JqText jq) {
        Map<String, List<Node>> byTarget = new LinkedHashMap<>();
        for (Node item : list.items()) {
            byTarget.computeIfAbsent(Literals.json(item).path("to").toString(), to -> new ArrayList<>())
                    .add(item);
        }
        List<String> lines = new ArrayList<>();
        for (List<Node> turns : byTarget.values()) {
            StringBuilder line = new StringBuilder();
            String last = ".";
            for (Node turn : turns) {
                JsonNode rule = Literals.json(turn);
                String written = new JqField(jq, turn.at()).written(rule, then(turn));
                if (rule.has("when")) {
                    line.append(line.length() == 0 ? "if " : " elif ")
                            .append("(")
                            .append(new JqConditions(jq, turn.at()).of(rule.path("when")))
                            .append(") then ")
                            .append(written);
                } else {
                    last = written;
                }
            }
            lines.add(line.length() == 0 ? last : line + " else " + last + " end");
        }
        return lines;
    }

    private static List<Node> then(Node field) {
        return field instanceof MapNode map && map.get("then") instanceof ListNode calls ? calls.items() : List.of();
    }

    /** Takes out what a target names, where it is. */
    private static String removed(String target) {
        StringBuilder path = new StringBuilder();
        for (TargetPath.Step step : TargetPath.of(target).steps()) {
            path.append(path.length() == 0 ? "." : "");
            if (step instanceof TargetPath.Member member) {
                path.append('[').append(JqText.quoted(member.name())).append("]?");
            } else {
                path.append(step instanceof TargetPath.Item item ? "[" + item.index() + "]?" : "[]?");
            }
        }
        return "del(" + path + ")";
    }

    private @Nullable Records expression(JsonNode of, Location at, @Nullable Records form, ArrayNode steps) {
        if (!of.path("jq").isTextual()) {
            lack.add(at, "an expression in a file of routes/scripts", "put its text into the flow");
            return form;
        }
        String text = of.path("jq").asText();
        if (GIVEN.matcher(text).find()) {
            lack.add(
                    at,
                    "$meta, $flow and $run are Patchbay's",
                    "header(\"name\") and variable(\"name\") are Camel's, and not Patchbay's");
        }
        if (text.contains("{{")) {
            lack.add(at, "the expression holds '{{', which Camel would read", "put a blank between the braces");
        }
        boolean whole = of.path("each").asText("record").equals("payload");
        boolean single = JqSingle.object(text);
        if (!whole && form == Records.ONE && !single) {
            lack.add(
                    at,
                    "an expression of which it is not known whether it gives one record of each",
                    "an expression that is one object, { … }, in which lists stand in [ … ] gives one");
        }
        if (whole) {
            set("(" + text + "\n) | tojson", steps);
            return single ? Records.ONE : null;
        }
        if (form == Records.ONE) {
            set("(" + text + "\n) | tojson", steps);
            return Records.ONE;
        }
        lack.note("of a list that is mapped, one record that fails lets all of it fail");
        set("[.[] | (" + text + "\n) | if type == \"array\" then .[] else . end | select(. != null)] | tojson", steps);
        return Records.LIST;
    }

    /** A list of the parts that a flowControl makes. */
    void chunks(JsonNode of, Location at, @Nullable Records form, ArrayNode steps) {
        int size = of.path("size").asInt(1);
        String level = of.path("level").asText();
        String list = form == Records.ONE ? "[.]" : ".";
        if (!level.isEmpty()) {
            String path = (level.startsWith("$") ? level : level.startsWith("[") ? "$" + level : "$." + level)
                    .replaceFirst("\\[\\*]$", "");
            list = new JqText(texts, lack, steps, form == Records.ONE).path(path, at)
                    + " | if type == \"array\" then . elif type == \"object\" then [.] elif . == null then empty"
                    + " else error(\"what is cut is no list\") end";
            list = ". as $payload | [" + list + "] | if length == 0 then [] else .[0] end";
        }
        boolean alone = size == 1 && !of.path("wrapSingle").asBoolean(true);
        set(
                list + (alone ? "" : " | [range(0; length; " + size + ") as $i | .[$i:$i + " + size + "]]")
                        + " | tojson",
                steps);
    }

    private static void set(String expression, ArrayNode steps) {
        List<String> all = new ArrayList<>(JqLibrary.neededBy(expression));
        all.add(expression);
        steps.addObject()
                .putObject("setBody")
                .putObject("jq")
                .put("expression", String.join("\n", all))
                .put("resultType", "java.lang.String");
    }
}
