package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Set;

/** Functions of lists without settings. A value that is no list is a list of one. */
final class PlainList {

    static final FunctionType FIRST = new SimpleFunction(
            array("first", "The first item of a list; missing when it is empty.")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .example("first", "[ a, b ]", "a"),
            value -> value.isArray() ? value.path(0) : value);

    static final FunctionType LAST = new SimpleFunction(
            array("last", "The last item of a list; missing when it is empty.")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .example("last", "[ a, b ]", "b"),
            value -> value.isArray() ? value.path(value.size() - 1) : value);

    static final FunctionType COUNT = new SimpleFunction(
            array("count", "How many items a list has; 1 for a value that is no list.")
                    .from(Set.of(ValueKind.ANY), ValueKind.NUMBER)
                    .example("count", "[ a, b ]", "2"),
            value -> Json.NODES.numberNode(value.isArray() ? value.size() : 1));

    static final FunctionType REVERSE = new SimpleFunction(
            array("reverse", "The list from its end to its beginning.")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .toList()
                    .example("reverse", "[ a, b, c ]", "[ c, b, a ]"),
            value -> {
                ArrayNode items = Lists.of(value);
                ArrayNode reversed = Json.NODES.arrayNode(items.size());
                for (int i = items.size() - 1; i >= 0; i--) {
                    reversed.add(items.get(i));
                }
                return reversed;
            });

    static final FunctionType COMPACT = new SimpleFunction(
            array("compact", "The list without null, empty texts, empty lists and empty objects.")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .toList()
                    .example("compact", "[ a, null, \"\", 0, false, [], b ]", "[ a, 0, false, b ]"),
            value -> Lists.filtered(value, item -> !Values.empty(item)));

    private PlainList() {}

    private static FunctionSpec array(String name, String text) {
        return FunctionSpec.of(Group.ARRAY, name, text).ofLists();
    }
}
