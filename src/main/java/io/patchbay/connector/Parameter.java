package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A header, query parameter or form field.
 *
 * @param name its name, fixed in the definition; {@link #EACH} stands for the names of an object's members
 * @param value what it carries
 * @param optional whether it is left out when its value is missing: it reads nothing but inputs, places of a page and settings
 *     that may be left out
 * @param repeated whether its value is a list, and it is there once for each item
 */
public record Parameter(String name, Template value, boolean optional, boolean repeated) {

    /** In place of a name: the value is an object, and each of its members is a parameter. */
    public static final String EACH = "*";

    private static final Set<String> OPTIONAL = Set.of("with", "page");

    /** A parameter that may be left out when it reads inputs only. */
    public static Parameter of(String name, Template value) {
        return of(name, value, Set.of());
    }

    /** A parameter that may be left out when it reads nothing but inputs and these settings. */
    static Parameter of(String name, Template value, Set<String> settings) {
        boolean may = !value.reads().isEmpty()
                && value.reads().stream()
                        .allMatch(ref -> OPTIONAL.contains(ref.root())
                                || (ref.root().equals("settings") && settings.contains(ref.name())));
        return new Parameter(name, value, may, false);
    }

    /** The value as text; null when it is to be left out. */
    public @Nullable String text(Scope scope) {
        if (!optional) {
            return value.text(scope);
        }
        JsonNode found = value.find(scope);
        return Values.absent(found) ? null : Values.text(found);
    }

    /** The same, once for each item of its list. */
    Parameter eachItem() {
        return new Parameter(name, value, optional, true);
    }

    /** The texts of a {@link #repeated} one. */
    public List<String> items(Scope scope) {
        List<String> items = new ArrayList<>();
        value.find(scope).forEach(item -> items.add(Values.text(item)));
        return items;
    }

    /** Whether it stands for the members of an object. */
    public boolean each() {
        return name.equals(EACH);
    }

    /**
     * The members of the object that it stands for; a member that is a list is there once for each item, one without a value
     * is left out.
     *
     * @param taken tells names that the definition has itself, which the object must not hold
     * @throws StepException when a member has a name that is taken, or parts
     */
    public List<Map.Entry<String, String>> members(Scope scope, Predicate<String> taken) throws StepException {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : value.find(scope).properties()) {
            if (member.getKey().isEmpty() || taken.test(member.getKey())) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_INPUT",
                        "'" + member.getKey() + "' cannot be given in '" + value
                                + "': it is empty, or the connector sets it itself");
            }
            for (JsonNode item : member.getValue().isArray() ? member.getValue() : List.of(member.getValue())) {
                if (item.isContainerNode()) {
                    throw new StepException(
                            Owner.AUTHOR,
                            "BAD_INPUT",
                            "'" + member.getKey() + "' in '" + value + "' must be text, a number or a list of them");
                }
                if (!Values.absent(item)) {
                    all.add(Map.entry(member.getKey(), Values.text(item)));
                }
            }
        }
        return all;
    }
}
