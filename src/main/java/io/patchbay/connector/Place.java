package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place in an answer, like {@code $.data.pageInfo.endCursor} or {@code $.orders[-1].id}: the part of RFC 9535 that leads
 * to at most one value.
 *
 * @param text as it was written
 * @param steps names (String) and positions (Integer; negative ones count from the end)
 */
public record Place(String text, List<Object> steps) {

    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_@][A-Za-z0-9_@-]*)|\\['([^']+)'\\]|\\[(-?[0-9]{1,9})\\]");

    public Place {
        steps = List.copyOf(steps);
    }

    /** Reads the text form. @throws IllegalArgumentException when it has another form */
    public static Place parse(String text) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = text.startsWith("$") ? 1 : -1;
        while (end >= 0 && end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                end = -1;
                break;
            }
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            steps.add(name != null ? name : (Object) Integer.valueOf(matcher.group(3)));
            end = matcher.end();
        }
        if (end < 0) {
            throw new IllegalArgumentException("path '" + text
                    + "' must begin with $ and hold names and positions, like $.page.next or $.items[-1].id");
        }
        return new Place(text, steps);
    }

    /** The value there; missing when there is none. */
    public JsonNode find(JsonNode tree) {
        JsonNode node = tree;
        for (Object step : steps) {
            if (step instanceof Integer index) {
                node = node.path(index < 0 ? node.size() + index : index);
            } else {
                node = node.path((String) step);
            }
        }
        return node;
    }

    @Override
    public String toString() {
        return text;
    }
}
