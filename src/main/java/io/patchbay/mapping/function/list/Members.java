package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.SourcePath;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.Names;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.HashSet;
import java.util.Set;

/** Parts of objects. */
final class Members {

    static final FunctionType GET = SettingsFunction.of(
            spec("get", "What stands at a path inside the value; missing when nothing does.")
                    .from(Set.of(ValueKind.OBJECT), ValueKind.ANY)
                    .example("{ get: name.last }", "{ name: { last: Archer } }", "Archer")
                    .example("{ get: sku }", "[ { sku: A }, { }, { sku: B } ]", "[ A, B ]"),
            SourcePath.class,
            path -> (value, record, scope) -> path.find(value, scope));

    static final FunctionType ONLY = SettingsFunction.of(
            spec("only", "The object with these members only, in their order.")
                    .from(Set.of(ValueKind.OBJECT), ValueKind.OBJECT)
                    .example("{ only: [ a, c ] }", "{ c: 3, b: 2, a: 1 }", "{ a: 1, c: 3 }"),
            Names.class,
            names -> (value, record, scope) -> {
                ObjectNode all = Found.object(value);
                ObjectNode some = Json.NODES.objectNode();
                for (String name : names.list()) {
                    JsonNode member = all.path(name);
                    if (!member.isMissingNode()) {
                        some.set(name, member);
                    }
                }
                return some;
            });

    static final FunctionType WITHOUT = SettingsFunction.of(
            spec("without", "The object without these members.")
                    .from(Set.of(ValueKind.OBJECT), ValueKind.OBJECT)
                    .example("{ without: b }", "{ c: 3, b: 2, a: 1 }", "{ c: 3, a: 1 }"),
            Names.class,
            names -> {
                Set<String> left = new HashSet<>(names.list());
                return (value, record, scope) -> {
                    ObjectNode some = Json.NODES.objectNode();
                    Found.object(value).properties().forEach(member -> {
                        if (!left.contains(member.getKey())) {
                            some.set(member.getKey(), member.getValue());
                        }
                    });
                    return some;
                };
            });

    private Members() {}

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.ARRAY, name, text);
    }
}
