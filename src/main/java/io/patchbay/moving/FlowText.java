package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values as YAML with comments: an object's member {@link #COMMENT}, a list of lines, stands above it. */
final class FlowText {

    /** No key of any file of ours, and none of what is moved in: YAML cannot write it. */
    static final String COMMENT = "\u0000comment";

    private static final int LINE = 150;

    private FlowText() {}

    /** A whole file. */
    static String of(List<String> comments, ObjectNode root) {
        List<String> lines = new ArrayList<>();
        comments.forEach(one -> comment(one, "", lines));
        members(root, 0, lines);
        return String.join("\n", lines) + "\n";
    }

    private static void members(ObjectNode object, int column, List<String> lines) {
        String indent = " ".repeat(column);
        for (Map.Entry<String, JsonNode> one : object.properties()) {
            JsonNode value = one.getValue();
            if (one.getKey().equals(COMMENT)) {
                continue;
            }
            if (value.isArray()
                    && !value.isEmpty()
                    && (parts(value) || one.getKey().equals("shapes"))) {
                lines.add(indent + one.getKey() + ":");
                items(value, column + 2, lines);
            } else if (value instanceof ObjectNode inner && parts(inner)) {
                lines.add(indent + one.getKey() + ":");
                members(inner, column + 2, lines);
            } else {
                ObjectNode alone = Json.NODES.objectNode();
                alone.set(one.getKey(), value);
                lines.add(YamlText.block(alone, column));
            }
        }
    }

    private static void items(JsonNode list, int column, List<String> lines) {
        String indent = " ".repeat(column);
        for (JsonNode item : list) {
            item.path(COMMENT).forEach(line -> comment(line.asText(), indent, lines));
            if (!(item instanceof ObjectNode object)) {
                lines.add(YamlText.block(Json.NODES.arrayNode().add(item), column));
                continue;
            }
            List<String> own = new ArrayList<>();
            members(object, column + 2, own);
            String text = String.join("\n", own);
            lines.add(indent + "- " + text.stripLeading());
        }
    }

    /** Whether something in it has a comment, or holds shapes, so that it must have lines of its own. */
    private static boolean parts(JsonNode value) {
        if (value.has(COMMENT)
                || value.path("shapes").isArray()
                || value.path("paths").isArray()) {
            return true;
        }
        for (JsonNode inner : value) {
            if (inner.isContainerNode() && parts(inner)) {
                return true;
            }
        }
        return false;
    }

    /** A comment ends with its line: what comes from a file must not go on behind it as something else. */
    static void comment(String text, String indent, List<String> lines) {
        String left = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
        while (left.length() > LINE) {
            int end = left.lastIndexOf(' ', LINE);
            int cut = end < 20 ? LINE : end;
            lines.add(indent + "# " + left.substring(0, cut).strip());
            left = "  " + left.substring(cut).strip();
        }
        lines.add((indent + "# " + left).stripTrailing());
    }
}
