package io.patchbay.expression.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.jsonpath.JsonPath.Around;
import io.patchbay.expression.jsonpath.JsonPath.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition of a filter (RFC 9535, 2.3.5). */
sealed interface Logical {

    /** Whether it holds for a value. */
    boolean holds(JsonNode current, Around around);

    /** Whether one of them holds. */
    record Or(List<Logical> parts) implements Logical {
        @Override
        public boolean holds(JsonNode current, Around around) {
            for (Logical part : parts) {
                if (part.holds(current, around)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether all of them hold. */
    record And(List<Logical> parts) implements Logical {
        @Override
        public boolean holds(JsonNode current, Around around) {
            for (Logical part : parts) {
                if (!part.holds(current, around)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether it does not hold. */
    record Not(Logical part) implements Logical {
        @Override
        public boolean holds(JsonNode current, Around around) {
            return !part.holds(current, around);
        }
    }

    /** Whether a query leads to anything. */
    record Exists(Query query) implements Logical {
        @Override
        public boolean holds(JsonNode current, Around around) {
            return !query.of(current, around).isEmpty();
        }
    }

    /** Whether a function says so. */
    record Says(Function.Call call) implements Logical {
        @Override
        public boolean holds(JsonNode current, Around around) {
            return call.truth(current, around);
        }
    }

    /** A comparison of two values, each of which may be none (2.3.5.2.2). */
    record Comparison(Operand left, Comparing.Operator operator, Operand right) implements Logical {
        @Override
        public boolean holds(JsonNode current, Around around) {
            return operator.holds(left.value(current, around), right.value(current, around));
        }
    }

    /** One side of a comparison, or what a function is given. */
    sealed interface Operand {

        /** The value; null for none. */
        @Nullable
        JsonNode value(JsonNode current, Around around);
    }

    /** A literal. */
    record Literal(JsonNode node) implements Operand {
        @Override
        public JsonNode value(JsonNode current, Around around) {
            return node;
        }
    }

    /** What a query leads to: for a value one that is singular. */
    record Found(Query query) implements Operand {
        @Override
        public @Nullable JsonNode value(JsonNode current, Around around) {
            List<JsonNode> nodes = query.of(current, around);
            return nodes.isEmpty() ? null : nodes.get(0);
        }
    }

    /** What a function gives. */
    record Given(Function.Call call) implements Operand {
        @Override
        public @Nullable JsonNode value(JsonNode current, Around around) {
            return call.value(current, around);
        }
    }
}
