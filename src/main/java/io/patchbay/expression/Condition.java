package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.ReadBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides about a record: {@code all}, {@code any} or {@code not} of conditions, or one comparison {@code { field, as?,
 * OPERATOR: value }}.
 *
 * <p><b>Types.</b> With {@code as} both sides are read as that type; a field that cannot be is an error. Without it nothing is
 * converted: {@code is: 10} is true for the numbers 10 and 10.0 and not for the text "10"; {@code above} and its like need a
 * number in the file or {@code as}. {@code before} and {@code after} compare dates, {@code startsWith}, {@code endsWith} and
 * {@code matches} texts, always. Dates are ISO 8601 (UTC and midnight where that is left out) or relative to the instant the
 * run was queued at, like {@code -2h}.
 *
 * <p><b>Missing and null</b> are alike: no comparison is true for them but {@code isNot}, {@code notIn}, {@code is: null},
 * {@code exists: false} and {@code empty: true}; they are never an error. <b>A list</b> (from {@code [*]}, or as such) is
 * accepted when one of its items is; {@code isNot} and {@code notIn} when none of its items is what they name; {@code
 * contains}, {@code exists} and {@code empty} look at the list as a whole.
 */
@ReadBy(ConditionReader.class)
public sealed interface Condition permits Condition.All, Condition.Any, Condition.Not, Comparison {

    /** Whether it holds. @throws ExpressionException when a field or placeholder does not fit */
    boolean test(JsonNode record, Scope scope);

    /** What it reads besides the record. */
    Set<Ref> reads();

    /** The paths of the record that it reads. */
    List<FieldRef> fields();

    /** Every one holds. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean test(JsonNode record, Scope scope) {
            for (Condition condition : conditions) {
                if (!condition.test(record, scope)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Set<Ref> reads() {
            return union(conditions);
        }

        @Override
        public List<FieldRef> fields() {
            return joined(conditions);
        }

        @Override
        public String toString() {
            return conditions.stream().map(Condition::toString).collect(Collectors.joining(" and ", "(", ")"));
        }
    }

    /** At least one holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean test(JsonNode record, Scope scope) {
            for (Condition condition : conditions) {
                if (condition.test(record, scope)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Set<Ref> reads() {
            return union(conditions);
        }

        @Override
        public List<FieldRef> fields() {
            return joined(conditions);
        }

        @Override
        public String toString() {
            return conditions.stream().map(Condition::toString).collect(Collectors.joining(" or ", "(", ")"));
        }
    }

    /** It does not hold. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean test(JsonNode record, Scope scope) {
            return !condition.test(record, scope);
        }

        @Override
        public Set<Ref> reads() {
            return condition.reads();
        }

        @Override
        public List<FieldRef> fields() {
            return condition.fields();
        }

        @Override
        public String toString() {
            return "not " + condition;
        }
    }

    private static List<FieldRef> joined(List<Condition> conditions) {
        return conditions.stream()
                .flatMap(condition -> condition.fields().stream())
                .toList();
    }

    private static Set<Ref> union(List<Condition> conditions) {
        Set<Ref> all = new LinkedHashSet<>();
        conditions.forEach(condition -> all.addAll(condition.reads()));
        return all;
    }
}
