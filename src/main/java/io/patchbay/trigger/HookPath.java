package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a URL behind {@code /hooks/} or {@code /callbacks/}: segments of unreserved characters (RFC 3986) that are
 * compared exactly, upper and lower case apart. A segment {@code {name}} stands for any one segment.
 *
 * @param text as it was written
 * @param segments in order
 */
@ReadBy(HookPath.Reader.class)
public record HookPath(String text, List<Segment> segments) {

    private static final int LONGEST = 200;
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

    /**
     * One segment.
     *
     * @param text the literal, or the variable's name
     * @param variable which of the two it is
     */
    public record Segment(String text, boolean variable) {}

    public HookPath {
        segments = List.copyOf(segments);
    }

    /** Reads a path. @throws IllegalArgumentException saying what is wrong with it */
    public static HookPath parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("/") || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    "path '" + text + "' must have 1 to " + LONGEST + " characters and no slash at its ends");
        }
        Set<String> names = new HashSet<>();
        List<Segment> segments = Pattern.compile("/")
                .splitAsStream(text)
                .map(segment -> segment(segment, text, names))
                .toList();
        return new HookPath(text, segments);
    }

    private static Segment segment(String segment, String path, Set<String> names) {
        Matcher variable = VARIABLE.matcher(segment);
        if (variable.matches()) {
            if (!names.add(variable.group(1))) {
                throw new IllegalArgumentException("path '" + path + "' has " + segment + " twice");
            }
            return new Segment(variable.group(1), true);
        }
        if (!LITERAL.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("path '" + path + "': segment '" + segment
                    + "' may hold letters, digits, '.', '_', '~' and '-', or be a whole {name}");
        }
        return new Segment(segment, false);
    }

    /** Names of the variables, in order. */
    public List<String> variables() {
        return segments.stream().filter(Segment::variable).map(Segment::text).toList();
    }

    /** The path with {@code {}} for every variable: equal for paths that match the same URLs. */
    public String shape() {
        return segments.stream()
                .map(segment -> segment.variable() ? "{}" : segment.text())
                .collect(Collectors.joining("/"));
    }

    /** The path as it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads {@code price/{sku}}. */
    static final class Reader implements ValueReader<HookPath> {

        @Override
        public @Nullable HookPath read(Node node, Reading reading) {
            return reading.made(node, "path", "BAD_PATH", HookPath::parse, Reader::hint);
        }

        private static Optional<String> hint(String text) {
            String plain = text.replaceFirst("^/+", "")
                    .replaceFirst("^(hooks|callbacks)/", "")
                    .replaceFirst("/+$", "");
            return plain.equals(text) || plain.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the path is relative: write '" + plain + "'");
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES
                    .objectNode()
                    .put("type", "string")
                    .put("maxLength", LONGEST)
                    .put(
                            "pattern",
                            "^(\\{[A-Za-z][A-Za-z0-9_]*\\}|[A-Za-z0-9._~-]+)(/(\\{[A-Za-z][A-Za-z0-9_]*\\}|[A-Za-z0-9._~-]+))*$");
        }
    }
}
