package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.payload.Json;
import java.util.List;

/**
 * Takes something out of a record. What lies on the way is made anew, everything else is shared: a value that comes from
 * another record is never changed.
 *
 * @param steps to what is taken out
 */
record Removal(List<TargetPath.Step> steps) implements Comparable<Removal> {

    /** What is taken out of a list moves what is behind it: the last goes first, and what is inside before what is around it. */
    @Override
    public int compareTo(Removal other) {
        for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            TargetPath.Step one = steps.get(i);
            TargetPath.Step two = other.steps.get(i);
            int order = one instanceof TargetPath.Item a && two instanceof TargetPath.Item b
                    ? Integer.compare(b.index(), a.index())
                    : one.toString().compareTo(two.toString());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(other.steps.size(), steps.size());
    }

    /** Takes it out of a record that may be changed at its outermost level. */
    void from(ObjectNode out) {
        String name = ((TargetPath.Member) steps.get(0)).name();
        if (steps.size() == 1) {
            out.remove(name);
        } else if (out.get(name) != null) {
            out.set(name, without(out.get(name), 1));
        }
    }

    private JsonNode without(JsonNode node, int depth) {
        TargetPath.Step step = steps.get(depth);
        boolean last = depth == steps.size() - 1;
        if (step instanceof TargetPath.Member member) {
            JsonNode inner = node instanceof ObjectNode object ? object.get(member.name()) : null;
            if (inner == null) {
                return node;
            }
            ObjectNode copy = Json.NODES.objectNode().setAll((ObjectNode) node);
            return last ? copy.without(member.name()) : copy.set(member.name(), without(inner, depth + 1));
        }
        if (!(node instanceof ArrayNode list)) {
            return node;
        }
        ArrayNode copy = Json.NODES.arrayNode(list.size());
        for (int i = 0; i < list.size(); i++) {
            boolean meant = step instanceof TargetPath.Every || ((TargetPath.Item) step).index() == i;
            if (!meant) {
                copy.add(list.get(i));
            } else if (!last) {
                copy.add(without(list.get(i), depth + 1));
            }
        }
        return copy;
    }
}
