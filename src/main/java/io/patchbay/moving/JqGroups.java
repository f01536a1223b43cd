package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;

/** A list of other records in jq: of the items of a list in them, or of groups of them. */
final class JqGroups {

    private static final int MOST = 10_000;

    private JqGroups() {}

    /** A record for each item, which stands in the place of the list. */
    static String exploded(JsonNode of, JqText texts, Location at) {
        String place = place(of.path("list").asText());
        String empty = switch (of.path("whenEmpty").asText("drop")) {
            case "keep" -> "delpaths([" + place + "])";
            case "fail" -> "error(\"explode: there are no items\")";
            default -> "empty";
        };
        String number =
                of.has("number") ? " | setpath(" + place(of.path("number").asText()) + "; $i + 1)" : "";
        int most = of.path("most").asInt(MOST);
        return "[.[] | . as $record | first_of(" + texts.path(of.path("list").asText(), at)
                + ") as $items | if $items == null or $items == [] then " + empty + "\n"
                + "  else ($items | listed) as $items | if ($items | length) > " + most
                + " then error(\"explode: too many records\") else range($items | length) as $i"
                + " | setpath(" + place + "; $items[$i])" + number + " end end]";
    }

    /** A record for each key: the first of its records, with all of them as a list. */
    static String grouped(JsonNode of, JqText texts, Location at) {
        List<String> keys = new ArrayList<>();
        of.path("by")
                .forEach(path -> keys.add("(first_of(" + texts.path(path.asText(), at)
                        + ") | if holder then error(\"group: a key is a list or an object\") else . end)"));
        String into = JqText.quoted(of.path("into").asText("rows"));
        return "[.[] | . as $record | [" + String.join(", ", keys) + "] as $key"
                + " | if all($key[]; . == null) then error(\"group: the record has no key\") else [($key | tojson), .] end]\n"
                + "| reduce .[] as $one ({}; .[$one[0]] += [$one[1]]) | [.[] | . as $rows | .[0]"
                + " | if type != \"object\" then {} elif has(" + into
                + ") then error(\"group: the records have that member\")"
                + " else . end | .[" + into + "] = $rows]";
    }

    private static String place(String target) {
        List<String> names = new ArrayList<>();
        for (TargetPath.Step step : TargetPath.of(target).steps()) {
            names.add(JqText.quoted(((TargetPath.Member) step).name()));
        }
        return "[" + String.join(", ", names) + "]";
    }
}
