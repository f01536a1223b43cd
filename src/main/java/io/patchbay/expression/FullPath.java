package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.expression.jsonpath.JsonPath;
import io.patchbay.expression.jsonpath.JsonPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSONPath with filters, slices, unions or descendants. */
final class FullPath {

    /** What only the full language has. */
    private static final Pattern MORE = Pattern.compile("\\.\\.|\\?|\\[[^\\]']*[:,]|\\['[^']*'\\s*,");

    /** Comparisons that other kinds of JSONPath have. */
    private static final Pattern OTHER_WORDS =
            Pattern.compile("^(in|nin|subsetof|anyof|noneof|size|empty|contains)\\b");

    private static final Pattern FUNCTION = Pattern.compile("\\.[a-z]+\\(");

    private final JsonPath path;

    private FullPath(JsonPath path) {
        this.path = path;
    }

    static boolean needed(String text) {
        return MORE.matcher(text).find();
    }

    static FullPath compile(String text, boolean fromRoot) {
        return new FullPath(read(text, fromRoot));
    }

    private static JsonPath read(String text, boolean fromRoot) {
        String before = fromRoot ? "" : text.startsWith("[") || text.startsWith("..") ? "$" : "$.";
        try {
            return JsonPath.compileWithDashes(before + text);
        } catch (JsonPathException e) {
            int at = Math.max(0, e.at() - before.length());
            throw new SyntaxException(at, "BAD_PATH", e.what(), hint(text, at));
        }
    }

    /** What a text that no simple path is means, when it leads to one place at most; null when it may lead to several. */
    static @Nullable Path single(String text, boolean fromRoot) {
        List<Object> steps = read(text, fromRoot).steps();
        if (steps == null) {
            return null;
        }
        List<Path.Segment> segments = new ArrayList<>();
        for (Object step : steps) {
            if (step instanceof String name) {
                segments.add(new Path.Name(name));
            } else {
                long index = (Long) step;
                if (Math.abs(index) > Integer.MAX_VALUE) {
                    throw new SyntaxException(0, "BAD_PATH", "no list has so many items", null);
                }
                segments.add(new Path.Index((int) index));
            }
        }
        return new Path(segments);
    }

    /** How the standard would say it, where something else stands there. */
    private static @Nullable String hint(String text, int at) {
        String rest = text.substring(Math.min(at, text.length())).strip();
        if (rest.startsWith("=~") || text.startsWith("=~", Math.max(0, at - 1))) {
            return "regular expressions are match(@.sku, 'A.*') for the whole text and search(@.sku, 'A') for a part of it";
        }
        if (OTHER_WORDS.matcher(rest).find()) {
            return "write @.a == 'x' || @.a == 'y' for a choice, length(@.list) == 0 for what is empty, and search(@.a, 'x')"
                    + " for a part";
        }
        return FUNCTION.matcher(text).find()
                ? "a path cannot call a function behind a name: in a filter it is length(@.list), else use the functions of a map"
                : null;
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
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
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
}
