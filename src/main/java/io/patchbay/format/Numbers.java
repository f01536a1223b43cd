package io.patchbay.format;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as they stand in content, with every digit. So many digits as JSON's reader takes: the cost of more grows with their square. */
final class Numbers {

    private static final int LONGEST = 1_000;

    private Numbers() {}

    /** A decimal number. @throws IllegalArgumentException for text that is none, or too long */
    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(bounded(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number is none that JSON has", e);
        }
    }

    /** A whole number. @throws IllegalArgumentException for text that is none, or too long */
    static BigInteger whole(String text, int radix) {
        try {
            return new BigInteger(bounded(text), radix);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number is none that JSON has", e);
        }
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a number has more than " + LONGEST + " characters");
        }
        return text;
    }
}
