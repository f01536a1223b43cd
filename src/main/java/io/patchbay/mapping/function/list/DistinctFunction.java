package io.patchbay.mapping.function.list;

import io.patchbay.canvas.Doc;
import io.patchbay.expression.SourcePath;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.Sameness;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leaves out what a list has twice. */
final class DistinctFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.ARRAY,
                            "distinct",
                            "The list with the first of those items that are equal; with `by`, of those that are equal at this"
                                    + " path. 1 and 1.0 are equal, 1 and \"1\" are not.")
                    .ofLists()
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .toList()
                    .example("distinct", "[ b, a, b, 1, 1.0 ]", "[ b, a, 1 ]")
                    .example(
                            "{ distinct: { by: sku } }",
                            "[ { sku: A, n: 1 }, { sku: A, n: 2 }, { sku: B, n: 3 } ]",
                            "[ { sku: A, n: 1 }, { sku: B, n: 3 } ]"),
            DistinctSettings.class,
            settings -> (value, record, scope) -> {
                Set<String> seen = new HashSet<>();
                SourcePath by = settings.by();
                return Lists.filtered(value, item -> seen.add(Sameness.of(by == null ? item : by.find(item, scope))));
            });

    /** Settings. */
    @Doc("When items are equal")
    record DistinctSettings(
            @Doc("A path inside each item; the whole item when left out") @Nullable
            SourcePath by) {}

    private DistinctFunction() {}
}
