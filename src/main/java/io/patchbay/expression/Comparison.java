package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.patchbay.problem.Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One comparison.
 *
 * @param field what is compared
 * @param kind what both sides are read as; null compares JSON values as they are
 * @param converts whether a field of another type is converted ({@code as}, or an operator that is about one type only)
 * @param operator how
 * @param value with what
 * @param pattern the compiled value of {@code matches}
 */
record Comparison(
        Field field,
        @Nullable Kind kind,
        boolean converts,
        Operator operator,
        TemplateTree value,
        @Nullable Pattern pattern)
        implements Condition {

    /**
     * What is compared: a path, or a placeholder.
     *
     * @param at where it stands, for messages
     */
    record Field(@Nullable SourcePath path, @Nullable Template template, Location at) {

        JsonNode find(JsonNode record, Scope scope) {
            return path != null
                    ? path.find(record, scope)
                    : Objects.requireNonNull(template).find(scope);
        }

        @Override
        public String toString() {
            return String.valueOf(path != null ? path : template);
        }
    }

    @Override
    public boolean test(JsonNode record, Scope scope) {
        JsonNode subject = field.find(record, scope);
        return switch (operator) {
            case EXISTS -> Values.absent(subject) != value.value(scope).booleanValue();
            case EMPTY -> Values.empty(subject) == value.value(scope).booleanValue();
            case IS, IN -> same(subject, scope);
            case IS_NOT, NOT_IN -> !same(subject, scope);
            case CONTAINS -> contains(subject, scope);
            default -> any(subject, item -> accepts(item, scope));
        };
    }

    private boolean same(JsonNode subject, Scope scope) {
        if (!operator.list()) {
            JsonNode wanted = value.value(scope);
            // Without a predicate, which most records would make in vain.
            if (Values.absent(subject) || !subject.isArray()) {
                return Values.absent(subject) ? Values.absent(wanted) : equal(subject, wanted, scope);
            }
            return any(subject, item -> equal(item, wanted, scope));
        }
        List<JsonNode> values = values(scope);
        if (Values.absent(subject)) {
            return values.stream().anyMatch(Values::absent);
        }
        return any(subject, item -> values.stream().anyMatch(wanted -> equal(item, wanted, scope)));
    }

    private boolean contains(JsonNode subject, Scope scope) {
        JsonNode wanted = values(scope).get(0);
        if (subject.isArray()) {
            return any(subject, item -> equal(item, wanted, scope));
        }
        return !Values.absent(subject) && Values.text(subject).contains(Values.text(wanted));
    }

    private boolean equal(JsonNode item, JsonNode wanted, Scope scope) {
        if (kind != null && !Values.absent(wanted)) {
            return !Values.absent(item) && compare(item, wanted, scope.queuedAt()) == 0;
        }
        if (item.isNumber() && wanted.isNumber()) {
            return item.decimalValue().compareTo(wanted.decimalValue()) == 0;
        }
        return item.equals(wanted);
    }

    private boolean accepts(JsonNode item, Scope scope) {
        if (operator.textual()) {
            return acceptsText(Values.text(item), scope);
        }
        Instant queued = scope.queuedAt();
        List<JsonNode> values = values(scope);
        int first = compare(item, values.get(0), queued);
        return switch (operator) {
            case ABOVE, AFTER -> first > 0;
            case AT_LEAST -> first >= 0;
            case BELOW, BEFORE -> first < 0;
            case AT_MOST -> first <= 0;
            case BETWEEN -> first >= 0 && compare(item, values.get(1), queued) <= 0;
            default -> throw new IllegalStateException("no order in " + operator);
        };
    }

    private boolean acceptsText(String text, Scope scope) {
        if (pattern != null) {
            return pattern.matcher(text).matches();
        }
        String wanted = Values.text(values(scope).get(0));
        return operator == Operator.STARTS_WITH ? text.startsWith(wanted) : text.endsWith(wanted);
    }

    @SuppressWarnings("unchecked") // both sides come from the same kind
    private int compare(JsonNode item, JsonNode wanted, Instant queued) {
        Kind as = Objects.requireNonNull(kind);
        if (!converts && !item.isNumber()) {
            throw new ExpressionException(
                    "WRONG_TYPE",
                    "field '" + field + "' is not a number; with 'as' the condition says what to read it as",
                    field.at());
        }
        Comparable<?> left = as.read(item, queued);
        Comparable<?> right = as.read(wanted, queued);
        if (left == null || right == null) {
            String which = left == null ? "field '" + field + "'" : "what field '" + field + "' is compared with";
            throw new ExpressionException("WRONG_TYPE", which + " is not " + as.inWords(), field.at());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** What it is compared with; at least one, for {@code between} two. */
    private List<JsonNode> values(Scope scope) {
        JsonNode all = value.value(scope);
        if (!operator.list()) {
            return List.of(all);
        }
        List<JsonNode> values = new ArrayList<>(all.size());
        all.forEach(values::add);
        if (operator == Operator.BETWEEN && values.size() != 2) {
            throw new ExpressionException("WRONG_TYPE", "between '" + field + "' needs a list of two", field.at());
        }
        return values;
    }

    /** A list is accepted when one of its items is; nothing is not. */
    private static boolean any(JsonNode subject, Predicate<JsonNode> test) {
        if (subject.isArray()) {
            for (JsonNode item : subject) {
                if (!Values.absent(item) && test.test(item)) {
                    return true;
                }
            }
            return false;
        }
        return !Values.absent(subject) && test.test(subject);
    }

    @Override
    public List<FieldRef> fields() {
        return field.path() == null ? List.of() : List.of(new FieldRef(field.path(), field.at()));
    }

    @Override
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>(value.reads());
        if (field.template() != null) {
            reads.addAll(field.template().reads());
        }
        return reads;
    }

    @Override
    public String toString() {
        return field + " " + operator.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
