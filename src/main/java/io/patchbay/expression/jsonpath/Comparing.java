package io.patchbay.expression.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values compare (RFC 9535, 2.3.5.2.2): numbers by what they are, texts by their characters, all else is equal or not. */
final class Comparing {

    private Comparing() {}

    /** Comparison operators; those of two characters before the ones that they begin with. */
    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        BELOW("<"),
        ABOVE(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean holds(@Nullable JsonNode left, @Nullable JsonNode right) {
            return switch (this) {
                case EQUAL -> same(left, right);
                case NOT_EQUAL -> !same(left, right);
                case BELOW -> less(left, right);
                case ABOVE -> less(right, left);
                case AT_MOST -> less(left, right) || same(left, right);
                case AT_LEAST -> less(right, left) || same(left, right);
            };
        }
    }

    static boolean same(@Nullable JsonNode left, @Nullable JsonNode right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        if (left.isArray() && right.isArray()) {
            boolean same = left.size() == right.size();
            for (int i = 0; same && i < left.size(); i++) {
                same = same(left.get(i), right.get(i));
            }
            return same;
        }
        if (left.isObject() && right.isObject()) {
            boolean same = left.size() == right.size();
            for (Map.Entry<String, JsonNode> member : left.properties()) {
                same = same && right.has(member.getKey()) && same(member.getValue(), right.get(member.getKey()));
            }
            return same;
        }
        return left.equals(right);
    }

    private static boolean less(@Nullable JsonNode left, @Nullable JsonNode right) {
        if (left == null || right == null) {
            return false;
        }
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) < 0;
        }
        return left.isTextual() && right.isTextual() && before(left.textValue(), right.textValue());
    }

    /** By characters, of which Java's own order makes two where one is beyond the basic plane. */
    private static boolean before(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        return java.util.Arrays.compare(a, b) < 0;
    }
}
