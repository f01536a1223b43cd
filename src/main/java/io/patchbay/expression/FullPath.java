package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.expression.jsonpath.JsonPath;
import io.patchbay.expression.jsonpath.JsonPathException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A JSONPath with filters, slices, unions or descendants. */
final class FullPath {

    /** What only the full language has. */
    private static final Pattern MORE = Pattern.compile("\\.\\.|\\?|\\[[^\\]']*[:,]|\\['[^']*'\\s*,");

    private final JsonPath path;

    private FullPath(JsonPath path) {
        this.path = path;
    }

    static boolean needed(String text) {
        return MORE.matcher(text).find();
    }

    static FullPath compile(String text, boolean fromRoot) {
        if (text.contains("=~")) {
            throw new SyntaxException(
                    text.indexOf("=~"),
                    "BAD_PATH",
                    "a path compares with == != < <= > >= only",
                    "regular expressions are match(@.sku, 'A.*') for the whole text and search(@.sku, 'A') for a part of it");
        }
        refuseFunctions(text);
        String before = fromRoot ? "" : text.startsWith("[") || text.startsWith("..") ? "$" : "$.";
        try {
            return new FullPath(JsonPath.compileWithDashes(before + text));
        } catch (JsonPathException e) {
            throw new SyntaxException(Math.max(0, e.at() - before.length()), "BAD_PATH", e.what(), null);
        }
    }

    /** Behind the last bracket that picks several items (a filter, a slice, a union); the end of a path with {@code ..}. */
    static int picked(String text) {
        int picked = text.length();
        int depth = 0;
        int open = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote && text.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (depth == 0 && text.startsWith("..", i)) {
                return text.length();
            } else if (c == '[' && depth++ == 0) {
                open = i;
            } else if (c == ']' && --depth == 0 && needed(text.substring(open, i + 1))) {
                picked = i + 1;
            }
        }
        return picked;
    }

    /**
     * A list of what it leads to; missing for nothing.
     *
     * @param root what {@code $} in a filter is
     */
    JsonNode find(JsonNode from, Supplier<JsonNode> root) {
        if (from.isMissingNode() || from.isNull()) {
            return MissingNode.getInstance();
        }
        List<JsonNode> found = path.find(from, root);
        return found.isEmpty()
                ? MissingNode.getInstance()
                : JsonNodeFactory.instance.arrayNode(found.size()).addAll(found);
    }

    /** Some write {@code .length()} at the end; in RFC 9535 functions stand in filters only. */
    private static void refuseFunctions(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '(' && depth <= 0) {
                throw new SyntaxException(i, "BAD_PATH", "a path cannot call a function", "use the functions of a map");
            }
        }
    }
}
