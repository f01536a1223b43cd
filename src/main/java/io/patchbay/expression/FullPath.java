package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSONPath with filters, slices, unions or descendants, evaluated by Jayway on Jackson's tree. */
final class FullPath {

    private static final Configuration JACKSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(new ObjectMapper()))
            .build();

    /** What only the full language has. */
    private static final Pattern MORE = Pattern.compile("\\.\\.|\\?|\\[[^\\]']*[:,]|\\['[^']*'\\s*,");

    /** RFC 9535 writes {@code [?@.a > 1]}, Jayway wants {@code [?(@.a > 1)]}. */
    private static final Pattern BARE_FILTER =
            Pattern.compile("\\[\\?\\s*(?!\\()([^\\[\\]]*(?:\\[[^\\]]*\\][^\\[\\]]*)*)\\]");

    private final JsonPath path;

    private FullPath(JsonPath path) {
        this.path = path;
    }

    static boolean needed(String text) {
        return MORE.matcher(text).find();
    }

    static FullPath compile(String text, boolean fromRoot) {
        if (text.contains("=~")) {
            // Jayway would use java.util.regex, which some patterns keep busy for hours.
            throw new SyntaxException(
                    text.indexOf("=~"),
                    "BAD_PATH",
                    "a path cannot hold a regular expression",
                    "use a filter shape with 'matches'");
        }
        refuseFunctions(text);
        String rooted = fromRoot ? text : text.startsWith("[") || text.startsWith("..") ? "$" + text : "$." + text;
        Matcher bare = BARE_FILTER.matcher(rooted);
        String form = bare.replaceAll(match -> Matcher.quoteReplacement("[?(" + match.group(1) + ")]"));
        try {
            FullPath path = new FullPath(JsonPath.compile(form));
            // Jayway finds some mistakes only when it reads; what it throws is not limited to its own exceptions.
            path.read(JsonNodeFactory.instance.objectNode());
            path.read(JsonNodeFactory.instance.arrayNode());
            return path;
        } catch (SyntaxException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SyntaxException(0, "BAD_PATH", oneLine(e), null);
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

    JsonNode find(JsonNode from) {
        try {
            return read(from);
        } catch (RuntimeException e) {
            throw new ExpressionException("BAD_PATH", "path '" + path.getPath() + "' cannot be read from this data");
        }
    }

    private JsonNode read(JsonNode from) {
        if (from.isMissingNode() || from.isNull()) {
            return MissingNode.getInstance();
        }
        try {
            Object found = path.read((Object) from, JACKSON);
            if (!(found instanceof JsonNode node)) {
                throw new SyntaxException(0, "BAD_PATH", "a path cannot call a function", "use the functions of a map");
            }
            boolean none = !path.isDefinite() && node.isEmpty();
            return none ? MissingNode.getInstance() : node;
        } catch (PathNotFoundException e) {
            return MissingNode.getInstance();
        }
    }

    /** Jayway would call {@code .length()} and its like; in RFC 9535 parentheses stand inside brackets only. */
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

    private static String oneLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
