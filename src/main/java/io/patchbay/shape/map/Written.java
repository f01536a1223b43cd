package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.expression.TargetPath.Step;
import io.patchbay.payload.Json;
import java.util.List;

/** What a map makes, as a JSON Schema: which names there are and what is a list. What stands in a target is left open. */
final class Written {

    private Written() {}

    /** The schema of a record with these targets. */
    static ObjectNode schema(List<TargetPath> targets) {
        ObjectNode schema = Json.NODES.objectNode();
        targets.stream()
                .filter(target -> targets.stream().noneMatch(other -> leadsInto(other, target)))
                .forEach(target -> add(target.steps(), schema));
        return schema;
    }

    private static boolean leadsInto(TargetPath outer, TargetPath inner) {
        int length = outer.steps().size();
        return inner.steps().size() > length && inner.steps().subList(0, length).equals(outer.steps());
    }

    private static void add(List<Step> steps, ObjectNode schema) {
        ObjectNode here = schema;
        for (Step step : steps) {
            here = step instanceof Member member
                    ? here.put("type", "object")
                            .withObjectProperty("properties")
                            .withObjectProperty(member.name())
                    : here.put("type", "array").withObjectProperty("items");
        }
    }
}
