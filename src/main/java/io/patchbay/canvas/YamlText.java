package io.patchbay.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values as YAML in the layout of our files: short ones on one line, as {@code { id: 1 }}, longer ones as blocks. The emitter of
 * SnakeYAML has one style for a whole document and cannot begin in the middle of a line.
 */
public final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_/.-]*( [A-Za-z0-9_/.-]+)*");
    private static final Pattern MEANS_MORE = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");
    private static final int WIDTH = 110;

    private YamlText() {}

    /** On one line. */
    public static String flow(JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty()
                    ? "{}"
                    : value.properties().stream()
                            .map(one -> key(one.getKey()) + ": " + flow(one.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(flow(item)));
            return items.isEmpty() ? "[]" : "[ " + String.join(", ", items) + " ]";
        }
        return value.isTextual() ? text(value.textValue()) : value.asText();
    }

    /** Lines that all begin at this column, without a line end behind the last. The value must have members. */
    public static String block(JsonNode value, int column) {
        String indent = " ".repeat(column);
        List<String> lines = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> lines.add(indent + "-" + behind(item, column, true)));
        } else {
            value.properties()
                    .forEach(one -> lines.add(indent + key(one.getKey()) + ":"
                            + behind(one.getValue(), column + one.getKey().length(), column, false)));
        }
        return String.join("\n", lines);
    }

    /**
     * A value as it stands behind a key or a dash.
     *
     * @param column of the key or dash
     * @param item whether it is a dash
     */
    static String behind(JsonNode value, int column, boolean item) {
        return behind(value, column, column, item);
    }

    private static String behind(JsonNode value, int used, int column, boolean item) {
        if (value.isTextual() && literal(value.textValue())) {
            String text = value.textValue();
            String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            String indent = " ".repeat(column + 2);
            return (text.endsWith("\n") ? " |" : " |-")
                    + body.lines()
                            .map(line -> line.isEmpty() ? "\n" : "\n" + indent + line)
                            .collect(Collectors.joining());
        }
        String line = flow(value);
        if (value.isEmpty() || !value.isContainerNode() || used + line.length() <= WIDTH) {
            return " " + line;
        }
        String block = block(value, column + 2);
        return item ? " " + block.stripLeading() : "\n" + block;
    }

    static String key(String name) {
        return text(name);
    }

    /** Several lines that can be read as they are. */
    private static boolean literal(String text) {
        int first = text.indexOf('\n');
        return first > 0
                && first < text.length() - 1
                && !text.endsWith("\n\n")
                && !Character.isWhitespace(text.charAt(0))
                && text.chars().allMatch(c -> c == '\n' || (c >= 0x20 && !escaped((char) c)));
    }

    private static String text(String text) {
        if (PLAIN.matcher(text).matches() && !MEANS_MORE.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(escaped(c) ? String.format("\\u%04x", (int) c) : c);
            }
        }
        return quoted.append('"').toString();
    }

    /** What YAML does not take as it is. Pairs of surrogates are left alone: both halves are written. */
    private static boolean escaped(char c) {
        return c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
    }
}
