package io.patchbay.expression.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.jsonpath.JsonPath.Around;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a value's children is meant (RFC 9535, 2.3). */
sealed interface Selector {

    /** Adds the children that are meant. */
    void select(JsonNode node, Around around, List<JsonNode> into);

    /** The member of this name. */
    record Name(String name) implements Selector {
        @Override
        public void select(JsonNode node, Around around, List<JsonNode> into) {
            JsonNode member = node.isObject() ? node.get(name) : null;
            if (member != null) {
                into.add(member);
            }
        }
    }

    /** The item at this place; -1 is the last. */
    record Index(long index) implements Selector {
        @Override
        public void select(JsonNode node, Around around, List<JsonNode> into) {
            long at = index < 0 ? node.size() + index : index;
            if (node.isArray() && at >= 0 && at < node.size()) {
                into.add(node.get((int) at));
            }
        }
    }

    /** All children. */
    record Wildcard() implements Selector {
        @Override
        public void select(JsonNode node, Around around, List<JsonNode> into) {
            node.forEach(into::add);
        }
    }

    /** Items from a place to another one, which is not among them (2.3.4). */
    record Slice(@Nullable Long start, @Nullable Long end, long step) implements Selector {
        @Override
        public void select(JsonNode node, Around around, List<JsonNode> into) {
            if (!node.isArray() || step == 0) {
                return;
            }
            long size = node.size();
            long from = start == null ? (step > 0 ? 0 : size - 1) : normal(start, size);
            long to = end == null ? (step > 0 ? size : -size - 1) : normal(end, size);
            if (step > 0) {
                long upper = within(to, 0, size);
                for (long at = within(from, 0, size); at < upper; at += step) {
                    into.add(node.get((int) at));
                }
            } else {
                long lower = within(to, -1, size - 1);
                for (long at = within(from, -1, size - 1); at > lower; at += step) {
                    into.add(node.get((int) at));
                }
            }
        }

        private static long normal(long index, long size) {
            return index >= 0 ? index : size + index;
        }

        private static long within(long index, long least, long most) {
            return Math.min(Math.max(index, least), most);
        }
    }

    /** Children for which a condition holds. */
    record Filter(Logical condition) implements Selector {
        @Override
        public void select(JsonNode node, Around around, List<JsonNode> into) {
            for (JsonNode child : node) {
                if (condition.holds(child, around)) {
                    into.add(child);
                }
            }
        }
    }
}
