package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles the text of a scalar; every problem points at its character, and reading goes on after it. */
final class TemplateParser {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private final ScalarNode node;
    private final Set<String> roots;
    private final Problems problems;
    private final List<Object> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    TemplateParser(ScalarNode node, Set<String> roots, Problems problems) {
        this.node = node;
        this.roots = roots;
        this.problems = problems;
    }

    /** Texts and {@link Placeholder}s in order. */
    List<Object> parts() {
        String text = node.text();
        Cursor cursor = new Cursor(text, 0);
        while (!cursor.atEnd()) {
            if (cursor.take("$${")) {
                literal.append("${");
            } else if (cursor.sees("${")) {
                placeholder(cursor);
            } else {
                literal.append(cursor.next());
            }
        }
        flush();
        return parts;
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(literal.toString());
            literal.setLength(0);
        }
    }

    private void placeholder(Cursor cursor) {
        int start = cursor.at();
        cursor.take("${");
        try {
            List<Operand> operands = operands(cursor);
            flush();
            parts.add(new Placeholder(node.text().substring(start, cursor.at()), operands, node.at(start)));
        } catch (SyntaxException e) {
            problems.error(node.at(e.index()), e.code(), e.what(), e.hint());
            while (!cursor.atEnd() && cursor.here() != '}') {
                cursor.next();
            }
            cursor.take("}");
        }
    }

    private List<Operand> operands(Cursor cursor) {
        List<Operand> operands = new ArrayList<>();
        int start = cursor.at() - 2;
        do {
            cursor.skipBlanks();
            operands.add(operand(cursor, !operands.isEmpty()));
            cursor.skipBlanks();
        } while (cursor.take("??"));
        if (cursor.atEnd()) {
            throw new SyntaxException(
                    start,
                    "BAD_EXPRESSION",
                    "'${' is not closed with '}'",
                    "write $${ when these characters themselves are meant");
        }
        if (!cursor.take("}")) {
            throw cursor.error(
                    "'}' or '??' is expected here, found " + cursor.shown(),
                    "names with other characters are written ['like this']; only ?? and, for dates, + and - compute");
        }
        return operands;
    }

    private Operand operand(Cursor cursor, boolean fallback) {
        char c = cursor.here();
        if (c == '\'' || c == '"') {
            return new Operand.Literal(JSON.textNode(cursor.quoted()));
        }
        if (c == '-' || (c >= '0' && c <= '9')) {
            return new Operand.Literal(number(cursor));
        }
        int start = cursor.at();
        String word = cursor.name();
        return switch (word) {
            case "true", "false" -> new Operand.Literal(JSON.booleanNode(word.equals("true")));
            case "null" -> new Operand.Literal(JSON.nullNode());
            case "" -> throw cursor.error("a name like record or flow is expected here, found " + cursor.shown(), null);
            default -> reference(word, start, cursor, fallback);
        };
    }

    private static JsonNode number(Cursor cursor) {
        Matcher matcher =
                NUMBER.matcher(cursor.text()).region(cursor.at(), cursor.text().length());
        if (!matcher.lookingAt() || !cursor.take(matcher.group())) {
            throw cursor.error("a number is expected here, found " + cursor.shown(), null);
        }
        BigDecimal number = new BigDecimal(matcher.group());
        boolean whole = number.scale() == 0 && number.precision() <= 18;
        return whole ? JSON.numberNode(number.longValueExact()) : JSON.numberNode(number);
    }

    private Operand reference(String root, int start, Cursor cursor, boolean fallback) {
        if (!roots.contains(root)) {
            boolean elsewhere = Roots.KNOWN.contains(root);
            throw new SyntaxException(
                    start,
                    elsewhere ? "NOT_HERE" : "UNKNOWN_NAME",
                    elsewhere ? "'" + root + "' cannot be read here" : "'" + root + "' is not something to read from",
                    root.equals("secret")
                            ? "secrets belong into the settings of an instance, never into a flow"
                            : fallback && !cursor.sees(".") && !cursor.sees("[")
                                    ? "a text stands in quotes: ?? '" + root + "'"
                                    : DidYouMean.hint(root, roots));
        }
        Path path = Path.read(cursor, false);
        checkShape(root, path, start, cursor);
        Duration shift = shift(cursor);
        return new Operand.Reference(root, path, shift, node.at(start));
    }

    private static void checkShape(String root, Path path, int start, Cursor cursor) {
        List<Path.Segment> segments = path.segments();
        boolean firstIsName = !segments.isEmpty() && segments.get(0) instanceof Path.Name;
        if (root.equals("table")) {
            if (segments.size() != 2 || !segments.stream().allMatch(Path.Name.class::isInstance)) {
                throw new SyntaxException(
                        start,
                        "BAD_EXPRESSION",
                        "a table is read by its name and a key",
                        "write table.carriers['DHL']; for a key from the data use the map function lookup");
            }
        } else if (Roots.NAMED.contains(root) && !firstIsName) {
            throw cursor.error("'" + root + "' needs a name", "write " + root + ".name");
        }
        if (root.equals("run")
                && firstIsName
                && ((Path.Name) segments.get(0)).name().startsWith("queuedAt-")) {
            throw new SyntaxException(
                    start, "BAD_EXPRESSION", "'-' is part of the name here", "put blanks around it: run.queuedAt - 2h");
        }
    }

    private static @org.jspecify.annotations.Nullable Duration shift(Cursor cursor) {
        cursor.skipBlanks();
        char sign = cursor.here();
        if (sign != '+' && sign != '-') {
            return null;
        }
        cursor.next();
        cursor.skipBlanks();
        int start = cursor.at();
        String amount = cursor.digits() + cursor.name();
        try {
            Duration duration = Durations.parse(amount);
            return sign == '-' ? duration.negated() : duration;
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(
                    start,
                    "BAD_EXPRESSION",
                    "a duration like 30s, 5m, 2h or 7d is expected here, found '" + amount + "'",
                    "only dates can be shifted; numbers and texts are not computed with");
        }
    }
}
