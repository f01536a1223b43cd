package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Instants;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;

/** As what values are compared. */
enum Order {
    /** Numbers before texts; numbers by size, texts by their characters. */
    VALUE {
        @Override
        Comparable<?> key(JsonNode value) {
            throw new IllegalStateException("compares by itself");
        }

        @Override
        int compare(JsonNode left, JsonNode right) {
            if (left.isNumber() && right.isNumber()) {
                return left.decimalValue().compareTo(right.decimalValue());
            }
            return left.isNumber() != right.isNumber()
                    ? (left.isNumber() ? -1 : 1)
                    : Found.text(left).compareTo(Found.text(right));
        }
    },
    /** All as text, by their characters. */
    TEXT {
        @Override
        Comparable<?> key(JsonNode value) {
            return Found.text(value);
        }
    },
    /** All as numbers. */
    NUMBER {
        @Override
        Comparable<?> key(JsonNode value) {
            return Found.number(value);
        }
    },
    /** All as ISO 8601 dates; UTC without an offset. */
    DATE {
        @Override
        Comparable<?> key(JsonNode value) {
            Instant instant = value.isTextual() ? Instants.parse(value.textValue()) : null;
            if (instant == null) {
                throw new FunctionException("an item is not an ISO 8601 date, it is " + Found.kind(value));
            }
            return instant;
        }
    };

    abstract Comparable<?> key(JsonNode value);

    int compare(JsonNode left, JsonNode right) {
        return ordered(key(left), key(right));
    }

    /** Both sides are of the same class: they were read as the same kind. */
    private static int ordered(Comparable<?> left, Comparable<?> right) {
        if (left instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) right);
        }
        return left instanceof Instant instant
                ? instant.compareTo((Instant) right)
                : left.toString().compareTo(right.toString());
    }

    /** Nothing comes last, whichever way the others are sorted. */
    Comparator<JsonNode> comparator(boolean descending) {
        Comparator<JsonNode> present =
                (left, right) -> descending ? Integer.compare(0, compare(left, right)) : compare(left, right);
        return (left, right) -> {
            boolean noLeft = Values.absent(left);
            boolean noRight = Values.absent(right);
            if (noLeft || noRight) {
                return Boolean.compare(noLeft, noRight);
            }
            return present.compare(left, right);
        };
    }
}
