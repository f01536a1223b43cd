package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Every;
import io.patchbay.expression.TargetPath.Item;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;

/** One field of a map in jq: a filter from the record that is being made to the same with the field. */
final class JqField {

    private final JqText texts;
    private final JqFunctions functions;
    private final Location at;

    JqField(JqText texts, Location at) {
        this.texts = texts;
        this.functions = new JqFunctions(texts);
        this.at = at;
    }

    /** @param then its functions, which have places of their own */
    String written(JsonNode rule, List<Node> then) {
        List<TargetPath> targets = new ArrayList<>();
        for (JsonNode to : rule.path("to").isArray() ? rule.path("to") : List.of(rule.path("to"))) {
            targets.add(TargetPath.of(to.asText()));
        }
        TargetPath first = targets.get(0);
        int wildcards = first.wildcards();
        if (wildcards == 0) {
            List<String> puts = new ArrayList<>();
            targets.forEach(to -> puts.add("setpath(" + place(to.steps()) + "; $v)"));
            return "reduce (" + value(source(rule), rule, then) + ") as $v (.; " + String.join(" | ", puts) + ")";
        }
        if (targets.size() > 1) {
            return texts.refused(at, "several targets with [*]", "write a field for each");
        }
        boolean walks =
                rule.path("from").isTextual() && rule.path("from").asText().contains("*");
        return walks ? lined(first, rule, then) : over(first, rule, then);
    }

    /** What it begins with: one value, or none. */
    private String source(JsonNode rule) {
        JsonNode from = rule.path("from");
        if (from.isArray()) {
            List<String> each = new ArrayList<>();
            from.forEach(path -> each.add("[" + texts.path(path.asText(), at) + "]"));
            return "[" + String.join(", ", each) + "] | if all(.[]; length == 0) then empty else map(.[0]) end";
        }
        if (from.isTextual()) {
            return texts.path(from.asText(), at);
        }
        return rule.has("template")
                ? texts.template(
                        rule.path("template"),
                        at,
                        rule.has("then")
                                || rule.has("default")
                                || rule.path("required").asBoolean())
                : rule.has("value") ? texts.constant(rule.path("value"), at) : "empty";
    }

    /** Through its functions, and what stands in at the end. */
    private String value(String source, JsonNode rule, List<Node> then) {
        String value = source;
        for (Node call : then) {
            value = functions.apply(value, Literals.json(call), call.at());
        }
        boolean required = rule.path("required").asBoolean();
        if (!required && !rule.has("default")) {
            return value;
        }
        String otherwise = rule.has("default") ? texts.template(rule.path("default"), at, required) : ".[]";
        value = "[" + value + "] | if nothing then " + otherwise + " else .[0] end";
        return required
                ? "[" + value + "] | if nothing then error("
                        + JqText.quoted("field '" + rule.path("to").asText() + "' is required, and there is no value")
                        + ") else .[0] end"
                : value;
    }

    /** A field whose {@code [*]} is over the items that fields before it made. */
    private String over(TargetPath to, JsonNode rule, List<Node> then) {
        List<List<TargetPath.Step>> sections = sections(to.steps());
        if (sections.size() > 2
                || sections.get(0).stream().anyMatch(Item.class::isInstance)
                || rule.path("from").isArray()) {
            return texts.refused(
                    at, "a target with [*] whose source is lined up otherwise", "write it with one [*] and one source");
        }
        List<TargetPath.Step> list = sections.get(0);
        String parents = list.size() > 1 ? "put([\"object\", " + place(list.subList(0, list.size() - 1)) + "]) | " : "";
        return parents + "reduce range(getpath(" + place(list)
                + ") | if type == \"array\" then length else 0 end) as $i (.; reduce ("
                + value(source(rule), rule, then) + ") as $v (.; setpath(" + place(list) + " + [$i] + "
                + place(sections.get(1)) + "; $v)))";
    }

    /** A field whose {@code [*]} are lined up with those of its source, from the outside. */
    private String lined(TargetPath to, JsonNode rule, List<Node> then) {
        SourcePath from = texts.read(rule.path("from").asText(), at);
        if (from == null) {
            return ".";
        }
        List<List<TargetPath.Step>> targets = sections(to.steps());
        List<List<TargetPath.Step>> sources = sections(from.steps());
        int paired = targets.size() - 1;
        if (sources.size() - 1 < paired) {
            return texts.refused(at, "a target with more [*] than its source", "'patchbay check' says more");
        }
        List<String> items = new ArrayList<>();
        int walked = rule.path("flatten").asBoolean() ? sources.size() - 1 - paired : 0;
        if (walked > 0) {
            items.add("found(" + JqText.walked(upTo(from.steps(), walked + 1)) + ")");
            sources.subList(walked + 1, walked + paired).forEach(section -> items.add(items(section)));
        } else {
            sources.subList(0, paired).forEach(section -> items.add(items(section)));
        }
        String last = JqText.along(after(from.steps(), walked + paired));
        String entries = level(0, targets, items, last, rule, then);
        return "reduce (" + (from.fromRoot() ? "$payload" : "$record") + " | " + entries + ") as $e (.; put($e))";
    }

    /** The items as a list, where there is a list or an object. */
    private static String items(List<TargetPath.Step> section) {
        return JqText.walked(section) + " | select(holder) | [.[]]";
    }

    /** What is put from a level on, as places and values; works on where the source stands. */
    private String level(
            int level,
            List<List<TargetPath.Step>> targets,
            List<String> items,
            String last,
            JsonNode rule,
            List<Node> then) {
        String outer = level == 0 ? "" : "$p" + (level - 1) + " + ";
        String here = outer + place(targets.get(level));
        List<TargetPath.Step> next = targets.get(level + 1);
        boolean ends = level + 1 == targets.size() - 1;
        String list = "(" + here + ") as $p" + level + "_ | (" + items.get(level) + ") as $l" + level + " | ";
        String inner;
        if (ends && next.isEmpty()) {
            inner = value(last, rule, then) + " | [\"add\", $p" + level + "_, .]";
        } else {
            String object = !next.isEmpty() && next.get(0) instanceof Member ? "[\"object\", $p" + level + "], " : "";
            String deeper = ends
                    ? "(" + value(last, rule, then) + " | [\"set\", $p" + level + " + " + place(next) + ", .])"
                    : "(" + level(level + 1, targets, items, last, rule, then) + ")";
            inner = "($p" + level + "_ + [$i" + level + "]) as $p" + level + " | " + object + deeper;
        }
        return list + "([\"list\", $p" + level + "_], (range($l" + level + " | length) as $i" + level + " | $l" + level
                + "[$i" + level + "] as $s" + level + " | $s" + level + " | " + inner + "))";
    }

    private static List<List<TargetPath.Step>> sections(List<TargetPath.Step> steps) {
        List<List<TargetPath.Step>> sections = new ArrayList<>();
        List<TargetPath.Step> section = new ArrayList<>();
        for (TargetPath.Step step : steps) {
            if (step instanceof Every) {
                sections.add(List.copyOf(section));
                section.clear();
            } else {
                section.add(step);
            }
        }
        sections.add(List.copyOf(section));
        return sections;
    }

    private static List<TargetPath.Step> upTo(List<TargetPath.Step> steps, int wildcards) {
        return steps.subList(0, behind(steps, wildcards));
    }

    private static List<TargetPath.Step> after(List<TargetPath.Step> steps, int wildcards) {
        return steps.subList(behind(steps, wildcards), steps.size());
    }

    private static int behind(List<TargetPath.Step> steps, int wildcards) {
        int seen = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Every && ++seen == wildcards) {
                return i + 1;
            }
        }
        return 0;
    }

    /** A place in the record that is being made. */
    private static String place(List<TargetPath.Step> steps) {
        List<String> names = new ArrayList<>();
        for (TargetPath.Step step : steps) {
            names.add(
                    step instanceof Member member
                            ? JqText.quoted(member.name())
                            : String.valueOf(((Item) step).index()));
        }
        return "[" + String.join(", ", names) + "]";
    }
}
