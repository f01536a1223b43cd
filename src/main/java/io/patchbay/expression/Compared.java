package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Reading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what a field is compared with. */
record Compared(Operator operator, Node node, @Nullable Kind as, Reading reading) {

    @Nullable
    Condition with(Comparison.Field field) {
        TemplateTree value = TemplateTree.parse(node, Roots.FLOW, reading.problems());
        if (value == null || !formIsRight(value)) {
            return null;
        }
        Pattern pattern = operator == Operator.MATCHES ? pattern(value) : null;
        if (operator == Operator.MATCHES && pattern == null) {
            return null;
        }
        Kind kind = kind();
        if (kind == null && operator.ordered()) {
            reading.error(
                    node,
                    "NEEDS_TYPE",
                    "'" + ConditionReader.word(operator) + "' cannot tell what to compare as",
                    "add as: number, as: date or as: text");
            return null;
        }
        boolean converts = as != null || kind != Kind.NUMBER;
        return kind != null && !valuesAre(kind)
                ? null
                : new Comparison(field, kind, converts, operator, value, pattern);
    }

    private @Nullable Kind kind() {
        if (as != null) {
            return as;
        }
        if (operator == Operator.BEFORE || operator == Operator.AFTER) {
            return Kind.DATE;
        }
        boolean numbers = operator.ordered() && literals().stream().allMatch(literal -> literal.isNumber());
        return numbers ? Kind.NUMBER : null;
    }

    private boolean formIsRight(TemplateTree value) {
        if (operator.flag()) {
            return expect(node instanceof ScalarNode scalar && scalar.value() instanceof Boolean, "true or false");
        }
        if (!operator.list()) {
            return expect(node instanceof ScalarNode, "one value");
        }
        boolean placeholder = node instanceof ScalarNode && !value.constant();
        if (operator == Operator.BETWEEN) {
            return expect(
                    placeholder
                            || (node instanceof ListNode list && list.items().size() == 2),
                    "a list of two");
        }
        return expect(placeholder || node instanceof ListNode, "a list");
    }

    private boolean expect(boolean right, String what) {
        if (!right) {
            reading.error(
                    node,
                    "WRONG_TYPE",
                    "'" + ConditionReader.word(operator) + "' needs " + what + ", found " + node.kind(),
                    null);
        }
        return right;
    }

    private @Nullable Pattern pattern(TemplateTree value) {
        String text = reading.text(node, "a regular expression");
        if (text == null) {
            return null;
        }
        if (!value.constant()) {
            reading.error(node, "BAD_VALUE", "a regular expression cannot hold a placeholder", null);
            return null;
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            reading.error(
                    node,
                    "BAD_VALUE",
                    "'" + text + "' is not a regular expression: " + e.getDescription(),
                    "expressions are RE2's: no look-around, no back references");
            return null;
        }
    }

    /** Whether the values that stand in the file can be read as the kind. */
    private boolean valuesAre(Kind kind) {
        boolean right = true;
        for (Node item : node instanceof ListNode list ? list.items() : List.of(node)) {
            boolean literal =
                    !(item instanceof ScalarNode scalar) || !scalar.text().contains("${");
            JsonNode value = Literals.json(item);
            boolean comparable = !value.isNull() || !operator.ordered();
            if (literal && (!comparable || (!value.isNull() && kind.read(value, Instant.EPOCH) == null))) {
                String shown = item instanceof ScalarNode scalar ? "'" + scalar.text() + "'" : item.kind();
                String hint = kind == Kind.DATE ? "dates are like 2026-03-01, 2026-03-01T10:00:00Z or -2h" : null;
                reading.error(item, "WRONG_TYPE", shown + " is not " + kind.inWords(), hint);
                right = false;
            }
        }
        return right;
    }

    private List<JsonNode> literals() {
        return (node instanceof ListNode list ? list.items() : List.of(node))
                .stream().map(Literals::json).toList();
    }
}
