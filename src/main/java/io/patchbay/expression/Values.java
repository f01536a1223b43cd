package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a JSON value reads as text, number or truth. One answer for placeholders, conditions and map functions. */
public final class Values {

    /** A plain number of more digits than this is written with an exponent: {@code 1e999999} must not become a gigabyte. */
    public static final int MOST_DIGITS = 1_000;

    private Values() {}

    /**
     * As text: text as it is, numbers without exponent, a list's items joined with a comma, an object (and a list in a list)
     * as JSON, null and missing as empty text.
     */
    public static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>(value.size());
            for (JsonNode item : value) {
                items.add(item.isContainerNode() ? item.toString() : text(item));
            }
            return String.join(",", items);
        }
        if (value.isContainerNode()) {
            return value.toString();
        }
        if (value.isBigDecimal()) {
            return plain(value.decimalValue());
        }
        return absent(value) ? "" : value.asText();
    }

    /** A number without exponent, as long as it is of a sane length. */
    public static String plain(BigDecimal number) {
        return sane(number) ? number.toPlainString() : number.toString();
    }

    /** As a number: numbers, and text that is a number of a sane length; null for anything else. */
    public static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return sane(number) ? number : null;
        }
        if (!value.isTextual() || value.textValue().length() > MOST_DIGITS) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.textValue().strip());
            return sane(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether there is no value: missing or null. */
    public static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Whether there is nothing in it: absent, text without characters, a list or object without members. */
    public static boolean empty(JsonNode value) {
        return absent(value)
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isContainerNode() && value.isEmpty());
    }

    private static boolean sane(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
    }
}
