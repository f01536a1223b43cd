package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a payload stand: names from the root and, for a list of records, {@code [*]} at the end. Written in
 * the small part of RFC 9535 that leads to one place: {@code $}, {@code $[*]}, {@code $.order}, {@code $.data['the
 * orders'][*]}.
 *
 * @param names object keys from the root
 * @param each whether the place holds a list of records; if not, it holds one record
 */
public record RecordPath(List<String> names, boolean each) {

    /** The whole body is one record. */
    public static final RecordPath ROOT = new RecordPath(List.of(), false);

    /** The body is a list of records. */
    public static final RecordPath ROOT_LIST = new RecordPath(List.of(), true);

    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['([^']+)'\\]|(\\[\\*\\])");

    public RecordPath {
        names = List.copyOf(names);
    }

    /** Reads the text form. @throws IllegalArgumentException when the text leads to more than one place */
    public static RecordPath parse(String text) {
        if (!text.startsWith("$")) {
            throw new IllegalArgumentException("record path '" + text + "' must begin with $");
        }
        List<String> names = new ArrayList<>();
        boolean each = false;
        Matcher matcher = STEP.matcher(text);
        int end = 1;
        while (end < text.length()) {
            if (each || !matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException(
                        "record path '" + text + "' may hold names and end with [*], like $.data.orders[*]");
            }
            each = matcher.group(3) != null;
            if (!each) {
                names.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
            end = matcher.end();
        }
        return new RecordPath(names, each);
    }

    /** The path a body has when nobody says otherwise: a list's items are records, anything else is one record. */
    public static RecordPath of(JsonNode tree) {
        return tree.isArray() ? ROOT_LIST : ROOT;
    }

    /** The records in a tree, in order; none when the place is missing or null. */
    public List<JsonNode> records(JsonNode tree) {
        JsonNode place = place(tree);
        if (place.isMissingNode() || place.isNull()) {
            return List.of();
        }
        if (!each || !place.isArray()) {
            return List.of(place);
        }
        List<JsonNode> records = new ArrayList<>(place.size());
        place.forEach(records::add);
        return records;
    }

    /**
     * A new tree that has other records at this path and shares everything else. For a path without {@code [*]} there must be
     * exactly one record.
     */
    public JsonNode with(JsonNode tree, List<JsonNode> records) {
        return rebuilt(tree, 0, each ? array(records) : records.get(0));
    }

    private static ArrayNode array(List<JsonNode> records) {
        return Json.NODES.arrayNode(records.size()).addAll(records);
    }

    private JsonNode rebuilt(JsonNode tree, int depth, JsonNode place) {
        if (depth == names.size()) {
            return place;
        }
        ObjectNode copy = Json.NODES.objectNode();
        if (tree instanceof ObjectNode object) {
            copy.setAll(object);
        }
        copy.set(names.get(depth), rebuilt(tree.path(names.get(depth)), depth + 1, place));
        return copy;
    }

    /** Why there is nothing at this path of a tree, in one sentence without its end; null when there is something. */
    public @Nullable String missing(JsonNode tree) {
        JsonNode place = tree;
        for (String name : names) {
            JsonNode below = place.path(name);
            if (below.isMissingNode() || below.isNull()) {
                return "there is nothing at " + this + below(place, name);
            }
            place = below;
        }
        return null;
    }

    private static String below(JsonNode place, String name) {
        if (!place.isObject()) {
            return ": no '" + name + "' stands in " + (place.isArray() ? "a list" : "a single value")
                    + ", and a path goes through objects";
        }
        List<String> known = new ArrayList<>();
        place.fieldNames().forEachRemaining(known::add);
        String hint = DidYouMean.hint(name, known);
        return hint == null ? "" : "; " + hint;
    }

    private JsonNode place(JsonNode tree) {
        JsonNode place = tree;
        for (String name : names) {
            place = place.path(name);
        }
        return place;
    }

    /** The text form. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (String name : names) {
            boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_-]*");
            text.append(plain ? "." + name : "['" + name + "']");
        }
        return text.append(each ? "[*]" : "").toString();
    }
}
