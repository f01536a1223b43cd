package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.mapping.FieldRule;
import io.patchbay.mapping.function.FunctionCall;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.schema.SchemaPlace;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a field's value is on its way, as far as that is known before there is any. */
final class Kinds {

    /** Functions that count, or drop what stands behind the point. */
    private static final Set<String> WHOLE =
            Set.of("age", "ceil", "count", "datePart", "difference", "floor", "length", "toMinor");

    private final FieldRule rule;
    private ValueKind kind = ValueKind.ANY;
    private boolean list;
    private boolean whole;

    /** @param source where it comes from; null where nothing is known of that */
    Kinds(FieldRule rule, @Nullable SchemaPlace source) {
        this.rule = rule;
        JsonNode value = rule.value();
        if (value != null) {
            kind = kind(value);
            whole = value.isIntegralNumber();
        } else if (source != null && rule.from() != null) {
            int walked = rule.from().wildcards() - rule.to().wildcards();
            boolean array = source.types().equals(Set.of("array"));
            list = array || (walked > 0 && !rule.flatten());
            Set<String> types = array ? source.item().types() : source.types();
            kind = kind(types);
            whole = types.equals(Set.of("integer"));
        }
    }

    private static ValueKind kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> ValueKind.NUMBER;
            case STRING -> ValueKind.TEXT;
            case BOOLEAN -> ValueKind.BOOLEAN;
            case ARRAY -> ValueKind.LIST;
            case OBJECT -> ValueKind.OBJECT;
            default -> ValueKind.ANY;
        };
    }

    private static ValueKind kind(Set<String> types) {
        if (types.equals(Set.of("integer"))
                || types.equals(Set.of("number"))
                || types.equals(Set.of("integer", "number"))) {
            return ValueKind.NUMBER;
        }
        return types.size() != 1
                ? ValueKind.ANY
                : switch (types.iterator().next()) {
                    case "string" -> ValueKind.TEXT;
                    case "boolean" -> ValueKind.BOOLEAN;
                    case "array" -> ValueKind.LIST;
                    case "object" -> ValueKind.OBJECT;
                    default -> ValueKind.ANY;
                };
    }

    /** Tells when the first function cannot work on what the source gives. */
    void checkFirst(Problems problems) {
        if (rule.then().isEmpty() || kind == ValueKind.ANY) {
            return;
        }
        FunctionCall first = rule.then().get(0);
        Set<ValueKind> takes = first.spec().takes();
        if (!takes.contains(ValueKind.ANY) && !takes.contains(kind) && !dateAsText(takes)) {
            problems.warning(
                    first.at(),
                    "TYPE_MISMATCH",
                    "'" + first.name() + "' does not work on " + words(kind) + ", and that is what '" + rule.from()
                            + "' gives",
                    null);
        }
    }

    private boolean dateAsText(Set<ValueKind> takes) {
        return kind == ValueKind.TEXT && takes.contains(ValueKind.DATE);
    }

    /** Tells when a target takes something else than what comes to it. */
    void checkTarget(TargetPath to, SchemaPlace place, String by, Location where, Problems problems) {
        ValueKind end = kind;
        boolean several = list;
        boolean integral = whole;
        for (FunctionCall call : rule.then()) {
            FunctionSpec spec = call.spec();
            ValueKind given = call.function().gives() == null
                    ? spec.gives()
                    : call.function().gives();
            boolean wholeList = spec.wholeList() || call.function().takesLists();
            several = spec.givesList() || (several && !wholeList);
            integral = (integral && given == ValueKind.SAME)
                    || call.function().givesWhole()
                    || WHOLE.contains(call.name());
            end = given == null || given == ValueKind.SAME ? end : given;
        }
        Set<String> types = place.types();
        if (end == ValueKind.ANY || types.isEmpty()) {
            return;
        }
        Set<String> fits = several ? Set.of("array") : words(end, integral);
        if (fits.stream().noneMatch(types::contains)) {
            boolean decimals = end == ValueKind.NUMBER && !several && types.contains("integer");
            problems.warning(
                    where,
                    "TYPE_MISMATCH",
                    decimals
                            ? "'" + to + "' takes whole numbers (" + by + "), and what comes may have decimals"
                            : "'" + to + "' takes " + String.join(" or ", types) + " (" + by + "), and is given "
                                    + (several ? "a list" : words(end)),
                    decimals ? "round it: then: [ round ]" : null);
        }
    }

    private static Set<String> words(ValueKind kind, boolean integral) {
        return switch (kind) {
            case TEXT, DATE -> Set.of("string");
            case NUMBER -> integral ? Set.of("number", "integer") : Set.of("number");
            case BOOLEAN -> Set.of("boolean");
            case LIST -> Set.of("array");
            case OBJECT -> Set.of("object");
            case ANY, SAME -> Set.of();
        };
    }

    private static String words(ValueKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case DATE -> "a date";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case LIST -> "a list";
            case OBJECT -> "an object";
            case ANY, SAME -> "any value";
        };
    }
}
