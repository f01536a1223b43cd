package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as YAML that people like to read: blocks where there is much to say, one line where it fits, and comments.
 * Own code, because no emitter at hand writes comments or chooses between the two forms by length.
 */
final class YamlText {

    private static final int WIDTH = 140;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/$_*][A-Za-z0-9_./@$*+-]*( [A-Za-z0-9_./()@$*+-]+)*");
    private static final Pattern NO_NUMBER = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){2}|[0-9]{1,6}[smhd]");
    private static final Pattern INDICATOR = Pattern.compile("\\*.*|.*[{}\\[\\]].*");
    private static final Set<String> OTHER = Set.of("true", "false", "null", "yes", "no", "on", "off", "~");

    /** What is no part of a line, or ends it for some reader. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\\n]]");

    private final Map<String, String> comments;
    private final Set<String> blocks;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param comments for keys, by their path with slashes; they stand above the key
     * @param blocks keys whose members have a line each, by their path; {@code *} is any key
     */
    YamlText(Map<String, String> comments, Set<String> blocks) {
        this.comments = comments;
        this.blocks = blocks;
    }

    String of(JsonNode root) {
        members(root, "", 0);
        return out.toString().replaceAll("\n{3,}", "\n\n").stripTrailing() + "\n";
    }

    private void members(JsonNode object, String path, int depth) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String at = path.isEmpty() ? member.getKey() : path + "/" + member.getKey();
            comment(comments.get(at), depth);
            indent(depth);
            out.append(scalar(member.getKey())).append(':');
            value(member.getValue(), at, depth);
            boolean apart = blocks.contains(depth == 0 ? at : path + "/*") && depth < 2;
            if (apart) {
                out.append('\n');
            }
        }
    }

    private void comment(@Nullable String comment, int depth) {
        if (comment != null) {
            for (String line : UNSEEN.matcher(comment).replaceAll(" ").split("\n", -1)) {
                indent(depth);
                out.append("# ").append(line).append('\n');
            }
        }
    }

    private void value(JsonNode value, String at, int depth) {
        if (value.isTextual() && fitsBlock(value.textValue())) {
            out.append(" |");
            if (!value.textValue().endsWith("\n")) {
                out.append('-');
            }
            out.append('\n');
            value.textValue().lines().forEach(line -> {
                if (!line.isEmpty()) {
                    indent(depth + 1);
                }
                out.append(line).append('\n');
            });
            return;
        }
        String line = inline(value);
        int key = at.length() - at.lastIndexOf('/');
        boolean wide = depth * 2 + key + line.length() > WIDTH;
        if (value.isObject() && !value.isEmpty() && (block(at) || wide || multiline(value))) {
            out.append('\n');
            members(value, at, depth + 1);
        } else if (value.isArray() && wide) {
            out.append('\n');
            for (JsonNode item : value) {
                indent(depth + 1);
                out.append("- ").append(inline(item)).append('\n');
            }
        } else {
            out.append(' ').append(line).append('\n');
        }
    }

    private static boolean fitsBlock(String text) {
        return text.indexOf('\n') >= 0
                && !Character.isWhitespace(text.charAt(0))
                && !text.contains("\n\n\n")
                && !text.endsWith("\n\n")
                && !UNSEEN.matcher(text).find();
    }

    private static boolean multiline(JsonNode value) {
        for (JsonNode member : value) {
            if ((member.isTextual() && member.textValue().indexOf('\n') >= 0)
                    || (member.isObject() && multiline(member))) {
                return true;
            }
        }
        return false;
    }

    private boolean block(String at) {
        int slash = at.lastIndexOf('/');
        return blocks.contains(at) || (slash >= 0 && blocks.contains(at.substring(0, slash) + "/*"));
    }

    private void indent(int depth) {
        out.append("  ".repeat(depth));
    }

    static String inline(JsonNode value) {
        if (value.isObject()) {
            StringBuilder text = new StringBuilder("{");
            String separator = " ";
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                text.append(separator)
                        .append(scalar(member.getKey()))
                        .append(": ")
                        .append(inline(member.getValue()));
                separator = ", ";
            }
            return value.isEmpty() ? "{}" : text.append(" }").toString();
        }
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[");
            String separator = "";
            for (JsonNode item : value) {
                text.append(separator).append(inline(item));
                separator = ", ";
            }
            return text.append(']').toString();
        }
        return value.isTextual() ? scalar(value.textValue()) : value.toString();
    }

    /** A text, in quotes where it would be read as something else. */
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !INDICATOR.matcher(text).matches()
                && !OTHER.contains(text.toLowerCase(java.util.Locale.ROOT))
                && text.length() < WIDTH;
        if (plain || NO_NUMBER.matcher(text).matches()) {
            return text;
        }
        boolean printable = text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || Character.isLetterOrDigit(c));
        return printable
                ? "'" + text.replace("'", "''") + "'"
                : UNSEEN.matcher(Json.NODES.textNode(text).toString()).replaceAll(YamlText::escaped);
    }

    private static String escaped(MatchResult found) {
        StringBuilder out = new StringBuilder();
        found.group().chars().forEach(c -> out.append("\\\\u%04x".formatted(c)));
        return out.toString();
    }
}
