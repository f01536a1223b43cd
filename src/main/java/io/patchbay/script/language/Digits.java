package io.patchbay.script.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How large numbers are. The JDK works on numbers of any size in single calls that take as long as they please, and nobody can stop
 * one; so metered code (see {@link MeteredLoader}) asks here before it reads or makes a number, and each number it gets is looked
 * at. On a thread that is not a {@link Meter.Worker} nothing happens.
 */
public final class Digits {

    /** The most digits that a number has, and the most that it is written with. */
    static final int MOST = 10_000;

    private static final int MOST_BITS = MOST * 10 / 3;
    private static final int LARGE_BITS = 2_000;

    private Digits() {}

    /** Number nodes of a value. @throws LanguageException when one is larger than numbers may be */
    static void check(@Nullable JsonNode value, String what) throws LanguageException {
        if (value == null) {
            return;
        }
        if (value.isContainerNode()) {
            for (JsonNode part : value) {
                check(part, what);
            }
        } else if ((value.isBigInteger() && large(value.bigIntegerValue()))
                || (value.isBigDecimal() && large(value.decimalValue()))) {
            throw new LanguageException(
                    LanguageException.Kind.TOO_LARGE,
                    what + " holds a number of more than " + MOST + " digits, which no expression works on");
        }
    }

    private static boolean large(BigInteger number) {
        return number.bitLength() > MOST_BITS;
    }

    private static boolean large(BigDecimal number) {
        return Math.abs((long) number.scale()) > MOST || number.precision() > MOST;
    }

    /** A text is about to be read as a number. */
    public static void text(@Nullable String text) {
        if (text == null) {
            return;
        }
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (text.length() > MOST || (exponent >= 0 && !small(text, exponent + 1))) {
            Meter.tooLarge();
        }
    }

    /** Whether an exponent is one of few digits, or none at all: that is for the JDK to say. */
    private static boolean small(String text, int from) {
        int value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit >= 0) {
                value = value * 10 + digit;
                if (value > MOST) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A text is about to be read as a number to some base. */
    public static void text(@Nullable String text, int base) {
        if (text != null && text.length() > MOST) {
            Meter.tooLarge();
        }
    }

    /** So many digits are asked for. */
    public static void asked(int digits) {
        if (digits > MOST || digits < -MOST) {
            Meter.tooLarge();
        }
    }

    /** So many digits are asked for, rounded in some way. */
    public static void asked(int digits, int rounding) {
        asked(digits);
    }

    /** A number is about to be raised to a power. */
    public static void raised(Object number, int by) {
        long bits = number instanceof BigInteger whole
                ? whole.bitLength()
                : number instanceof BigDecimal decimal ? decimal.precision() * 10L / 3 : 1;
        if (bits * by > MOST_BITS) {
            Meter.tooLarge();
        }
    }

    /** A number was made. */
    public static void made(@Nullable Object number) {
        if (number instanceof BigInteger whole) {
            int bits = whole.bitLength();
            if (bits > MOST_BITS) {
                Meter.tooLarge();
            } else if (bits > LARGE_BITS) {
                Meter.soon();
            }
        } else if (number instanceof BigDecimal decimal) {
            if (large(decimal)) {
                Meter.tooLarge();
            } else if (decimal.precision() > LARGE_BITS / 4) {
                Meter.soon();
            }
        }
    }
}
