package io.patchbay.expression.jsonpath;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.expression.jsonpath.Comparing.Operator;
import io.patchbay.expression.jsonpath.JsonPath.Query;
import io.patchbay.expression.jsonpath.JsonPath.Segment;
import io.patchbay.expression.jsonpath.Logical.Found;
import io.patchbay.expression.jsonpath.Logical.Given;
import io.patchbay.expression.jsonpath.Logical.Literal;
import io.patchbay.expression.jsonpath.Logical.Operand;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a query by the grammar of RFC 9535, appendix A, and checks that its functions are given what they take (2.4.3). */
final class Parser {

    private static final long MOST = (1L << 53) - 1;
    private static final int DEEPEST = 100;

    private final Text text;
    private final boolean dashes;
    private int depth;

    /** @param dashes whether a dotted name may hold {@code -} */
    Parser(String text, boolean dashes) {
        this.text = new Text(text);
        this.dashes = dashes;
    }

    Query whole() {
        if (!text.take("$")) {
            throw text.error("a path begins with $");
        }
        Query query = new Query(true, segments());
        if (!text.atEnd()) {
            throw text.error("a path cannot go on with " + text.shown());
        }
        return query;
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        while (true) {
            int before = text.at();
            text.blanks();
            if (text.take("..")) {
                segments.add(new Segment(true, text.here() == '[' ? bracket() : List.of(dotted())));
            } else if (text.take(".")) {
                segments.add(new Segment(false, List.of(dotted())));
            } else if (text.here() == '[') {
                segments.add(new Segment(false, bracket()));
            } else {
                text.back(before);
                return segments;
            }
        }
    }

    private Selector dotted() {
        if (text.take("*")) {
            return new Selector.Wildcard();
        }
        String name = text.dottedName(dashes);
        if (name.isEmpty()) {
            throw text.error("a name is missing; write an odd one as ['the name']");
        }
        return new Selector.Name(name);
    }

    private List<Selector> bracket() {
        text.expect("[");
        List<Selector> selectors = new ArrayList<>();
        do {
            text.blanks();
            selectors.add(selector());
            text.blanks();
        } while (text.take(","));
        text.expect("]");
        return selectors;
    }

    private Selector selector() {
        char here = text.here();
        if (here == '\'' || here == '"') {
            return new Selector.Name(text.quoted());
        }
        if (text.take("*")) {
            return new Selector.Wildcard();
        }
        if (text.take("?")) {
            text.blanks();
            return new Selector.Filter(or());
        }
        Long first = integer();
        int behind = text.at();
        text.blanks();
        if (!text.take(":")) {
            text.back(behind);
            if (first == null) {
                throw text.error(
                        "brackets hold a quoted name, a position, *, a slice like 0:2, or a filter like ?@.a > 1,"
                                + " found " + text.shown());
            }
            return new Selector.Index(first);
        }
        text.blanks();
        Long end = integer();
        behind = text.at();
        text.blanks();
        Long step = null;
        if (text.take(":")) {
            behind = text.at();
            text.blanks();
            step = integer();
            behind = step == null ? behind : text.at();
        }
        text.back(behind);
        return new Selector.Slice(first, end, step == null ? 1 : step);
    }

    private @Nullable Long integer() {
        String digits = text.integer();
        if (digits == null) {
            return null;
        }
        BigInteger value = new BigInteger(digits);
        if (value.abs().compareTo(BigInteger.valueOf(MOST)) > 0) {
            throw text.error("a position must lie within 2^53");
        }
        return value.longValueExact();
    }

    private Logical or() {
        deeper();
        List<Logical> parts = new ArrayList<>();
        do {
            text.blanks();
            parts.add(and());
            text.blanks();
        } while (text.take("||"));
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Logical.Or(List.copyOf(parts));
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw text.error("a filter has at most " + DEEPEST + " levels");
        }
    }

    private Logical and() {
        List<Logical> parts = new ArrayList<>();
        int behind;
        do {
            text.blanks();
            parts.add(basic());
            behind = text.at();
            text.blanks();
        } while (text.take("&&"));
        text.back(behind);
        return parts.size() == 1 ? parts.get(0) : new Logical.And(List.copyOf(parts));
    }

    private Logical basic() {
        boolean not = text.here() == '!' && !text.ahead("!=");
        if (not) {
            text.expect("!");
            text.blanks();
        }
        Logical one = text.here() == '(' ? inParentheses() : comparisonOrTest(not);
        return not ? new Logical.Not(one) : one;
    }

    private Logical inParentheses() {
        text.expect("(");
        Logical inner = or();
        text.blanks();
        text.expect(")");
        return inner;
    }

    private Logical comparisonOrTest(boolean not) {
        Operand left = operand();
        int behind = text.at();
        text.blanks();
        Operator operator = operator();
        if (operator == null) {
            text.back(behind);
            return test(left);
        }
        if (not) {
            throw text.error("! stands before parentheses or a test, not before a comparison");
        }
        text.blanks();
        return new Logical.Comparison(comparable(left), operator, comparable(operand()));
    }

    private @Nullable Operator operator() {
        for (Operator operator : Operator.values()) {
            if (text.take(operator.sign())) {
                return operator;
            }
        }
        return null;
    }

    private Logical test(Operand operand) {
        if (operand instanceof Found found) {
            return new Logical.Exists(found.query());
        }
        if (operand instanceof Given given && given.call().function().says()) {
            return new Logical.Says(given.call());
        }
        throw text.error("a value alone is no condition: compare it with another one");
    }

    /** What can be compared: a literal, what leads to one value at most, or a function that gives a value. */
    private Operand comparable(Operand operand) {
        if (operand instanceof Found found && !found.query().singular()) {
            throw text.error("what may lead to several values cannot be compared");
        }
        if (operand instanceof Given given && given.call().function().says()) {
            throw text.error("what " + name(given.call().function()) + "() says cannot be compared");
        }
        return operand;
    }

    private Operand operand() {
        char here = text.here();
        if (here == '\'' || here == '"') {
            return new Literal(JsonNodeFactory.instance.textNode(text.quoted()));
        }
        if (here == '@' || here == '$') {
            text.expect(String.valueOf(here));
            return new Found(new Query(here == '$', segments()));
        }
        BigDecimal number = text.number();
        if (number != null) {
            return new Literal(JsonNodeFactory.instance.numberNode(number));
        }
        String word = text.word();
        return switch (word) {
            case "true", "false" -> new Literal(JsonNodeFactory.instance.booleanNode(word.equals("true")));
            case "null" -> new Literal(JsonNodeFactory.instance.nullNode());
            default -> function(word);
        };
    }

    private Operand function(String word) {
        if (word.isEmpty()) {
            throw text.error("a filter compares @ or $, a text, a number, true, false, null or a function, found "
                    + text.shown());
        }
        Function function = named(word);
        deeper();
        text.expect("(");
        text.blanks();
        List<Operand> given = new ArrayList<>();
        if (text.here() != ')') {
            do {
                text.blanks();
                given.add(operand());
                text.blanks();
            } while (text.take(","));
        }
        text.expect(")");
        depth--;
        if (given.size() != function.parameters()) {
            throw text.error(word + "() takes " + function.parameters() + ", found " + given.size());
        }
        for (Operand one : given) {
            if (!function.takesNodes()) {
                comparable(one);
            } else if (!(one instanceof Found)) {
                throw text.error(word + "() takes what a path leads to");
            }
        }
        Function.Call call = Function.Call.of(function, given);
        if (dashes && call.describesNothing()) { // the standard lets it be; who writes a flow wants to know
            throw text.error("the second of " + word
                    + "() is no regular expression as RE2 has them, or a larger one than is taken");
        }
        return new Given(call);
    }

    private Function named(String word) {
        for (Function function : Function.values()) {
            if (name(function).equals(word)) {
                return function;
            }
        }
        throw text.error("there is no function '" + word + "'; there are length, count, match, search and value");
    }

    private static String name(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }
}
