package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a list.
 *
 * @param settings by what
 */
record SortFunction(SortSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.ARRAY,
                            "sort",
                            "The list in order. `by` is a path inside each item. Items that are alike keep their order; what has"
                                    + " nothing there comes last. Without `as` numbers come before texts.")
                    .ofLists()
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .toList()
                    .example("sort", "[ 10, 9, b, A ]", "[ 9, 10, A, b ]")
                    .example(
                            "{ sort: { by: at, as: date, order: descending } }",
                            "[ { at: \"2026-01-01\" }, { at: null }, { at: \"2026-02-01\" } ]",
                            "[ { at: \"2026-02-01\" }, { at: \"2026-01-01\" }, { at: null } ]")
                    .refuses("{ sort: { as: number } }", "[ 1, x ]", "sort: the value is not a number, it is text"),
            SortSettings.class,
            SortFunction::new);

    /** Which way. */
    enum Direction {
        /** The smallest first. */
        ASCENDING,
        /** The largest first. */
        DESCENDING
    }

    /** Settings. */
    @Doc("By what a list is sorted")
    record SortSettings(
            @Doc("A path inside each item; the item itself when left out") @Nullable
            SourcePath by,

            @Doc("As what the items are compared: value, text, number or date") @Default("value")
            Order as,

            @Doc("ascending or descending") @Default("ascending")
            Direction order) {}

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        List<JsonNode> items = new ArrayList<>();
        Lists.of(value).forEach(items::add);
        SourcePath by = settings.by();
        Comparator<JsonNode> order = settings.as().comparator(settings.order() == Direction.DESCENDING);
        items.sort(by == null ? order : (left, right) -> order.compare(by.find(left, scope), by.find(right, scope)));
        return Json.NODES.arrayNode(items.size()).addAll(items);
    }
}
