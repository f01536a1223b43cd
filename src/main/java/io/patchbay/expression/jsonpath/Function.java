package io.patchbay.expression.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.expression.jsonpath.JsonPath.Around;
import io.patchbay.expression.jsonpath.Logical.Found;
import io.patchbay.expression.jsonpath.Logical.Literal;
import io.patchbay.expression.jsonpath.Logical.Operand;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The functions of the standard (RFC 9535, 2.4). */
enum Function {
    /** How many characters, items or members. */
    LENGTH(1, false, false),
    /** How many values a query leads to. */
    COUNT(1, true, false),
    /** Whether a regular expression (RFC 9485) describes a text as a whole. */
    MATCH(2, false, true),
    /** Whether it describes a part of it. */
    SEARCH(2, false, true),
    /** The value that a query leads to, if it is one. */
    VALUE(1, true, false);

    private final int parameters;
    private final boolean takesNodes;
    private final boolean says;

    Function(int parameters, boolean takesNodes, boolean says) {
        this.parameters = parameters;
        this.takesNodes = takesNodes;
        this.says = says;
    }

    int parameters() {
        return parameters;
    }

    /** Whether it takes what a query leads to; else one value. */
    boolean takesNodes() {
        return takesNodes;
    }

    /** Whether it says whether something holds; else it gives a value. */
    boolean says() {
        return says;
    }

    /**
     * A function with what it is given.
     *
     * @param pattern the regular expression, where it is a literal; null for none
     */
    record Call(
            Function function,
            List<Operand> given,
            @Nullable Pattern pattern) {

        private static final int LONGEST = 10_000;
        private static final int DEEPEST = 100;
        private static final long MOST_COPIES = 20_000;
        private static final java.util.regex.Pattern COUNT_OF =
                java.util.regex.Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

        static Call of(Function function, List<Operand> given) {
            String literal = literal(function, given);
            return new Call(function, List.copyOf(given), literal == null ? null : compiled(literal));
        }

        /** The regular expression, where it is written in the path; null for none. */
        private static @Nullable String literal(Function function, List<Operand> given) {
            return function.says
                            && given.get(1) instanceof Literal literal
                            && literal.node().isTextual()
                    ? literal.node().textValue()
                    : null;
        }

        /** Whether it describes nothing because what is written is no regular expression. */
        boolean describesNothing() {
            return literal(function, given) != null && pattern == null;
        }

        @Nullable
        JsonNode value(JsonNode current, Around around) {
            if (function.takesNodes) {
                List<JsonNode> nodes = ((Found) given.get(0)).query().of(current, around);
                if (function == COUNT) {
                    return JsonNodeFactory.instance.numberNode(nodes.size());
                }
                return nodes.size() == 1 ? nodes.get(0) : null;
            }
            JsonNode value = given.get(0).value(current, around);
            if (value == null || !(value.isContainerNode() || value.isTextual())) {
                return null;
            }
            return JsonNodeFactory.instance.numberNode(
                    value.isTextual()
                            ? value.textValue()
                                    .codePointCount(0, value.textValue().length())
                            : value.size());
        }

        boolean truth(JsonNode current, Around around) {
            JsonNode text = given.get(0).value(current, around);
            JsonNode expression = given.get(1).value(current, around);
            if (text == null || expression == null || !text.isTextual() || !expression.isTextual()) {
                return false;
            }
            Pattern compiled = given.get(1) instanceof Literal ? pattern : compiled(expression.textValue());
            return compiled != null
                    && (function == MATCH
                            ? compiled.matches(text.textValue())
                            : compiled.matcher(text.textValue()).find());
        }

        private static @Nullable Pattern compiled(String expression) {
            if (large(expression)) {
                return null;
            }
            try {
                return Pattern.compile(dots(expression));
            } catch (PatternSyntaxException e) {
                return null; // describes nothing, as the standard has it
            }
        }

        /** Expressions may come from data: their compiled form is bounded, which grows with counts and goes as deep as they do. */
        private static boolean large(String expression) {
            Deque<Long> around = new ArrayDeque<>();
            long copies = 0;
            Matcher count = COUNT_OF.matcher(expression);
            for (int i = 0; i < expression.length() && copies <= MOST_COPIES && i <= LONGEST; i++) {
                char c = expression.charAt(i);
                long one = 1;
                if (c == '(') {
                    around.push(copies);
                    copies = 0;
                    continue;
                } else if (c == ')' && !around.isEmpty()) {
                    one = copies + 1;
                    copies = around.pop();
                }
                if (i + 1 < expression.length()
                        && expression.charAt(i + 1) == '{'
                        && count.region(i + 1, expression.length()).lookingAt()) {
                    String most = count.group(2) == null || count.group(2).isEmpty() ? count.group(1) : count.group(2);
                    one *= Math.max(1, Long.parseLong(most));
                    i = count.end() - 1;
                }
                copies += one;
                if (around.size() > DEEPEST) {
                    return true;
                }
            }
            return expression.length() > LONGEST || copies > MOST_COPIES;
        }

        /** A dot describes any character but the ends of lines, of which RE2 knows one only. */
        private static String dots(String expression) {
            StringBuilder all = new StringBuilder();
            boolean inClass = false;
            for (int i = 0; i < expression.length(); i++) {
                char c = expression.charAt(i);
                if (c == '\\' && i + 1 < expression.length()) {
                    all.append(c).append(expression.charAt(++i));
                } else if (c == '.' && !inClass) {
                    all.append("[^\\n\\r]");
                } else {
                    inClass = c == '[' || (inClass && c != ']');
                    all.append(c);
                }
            }
            return all.toString();
        }
    }
}
