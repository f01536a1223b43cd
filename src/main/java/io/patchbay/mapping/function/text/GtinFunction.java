package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Set;

/**
 * Numbers of trade items (EAN, UPC, GTIN). Own code: the digit is one line, and the library that has it brings four more that
 * nothing else here needs.
 */
final class GtinFunction {

    private static final Set<Integer> LENGTHS = Set.of(8, 12, 13, 14);

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "gtin",
                            "An EAN, UPC or GTIN (8, 12, 13 or 14 digits) as digits alone, its check digit proven. `to` fills it"
                                    + " with zeros, or takes them away, to another length. `addDigit: true` is for numbers that"
                                    + " lack their check digit. Numbers that lost zeros at their beginning are filled up to the"
                                    + " next length.")
                    .from(ValueKind.NUMBERS, ValueKind.TEXT)
                    .example("gtin", "\"4 006381 333931\"", "\"4006381333931\"")
                    .example("{ gtin: { to: gtin13 } }", "36000291452", "\"0036000291452\"")
                    .example("{ gtin: { addDigit: true } }", "\"400638133393\"", "\"4006381333931\"")
                    .refuses(
                            "gtin",
                            "\"4006381333932\"",
                            "gtin: the check digit is wrong: one of the digits is another"),
            GtinSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(checked(Found.text(value), settings)));

    /** To which length. */
    enum To {
        /** As it is. */
        KEEP(0),
        /** EAN-8. */
        @Key("gtin8")
        GTIN8(8),
        /** UPC-A. */
        @Key("gtin12")
        GTIN12(12),
        /** EAN-13. */
        @Key("gtin13")
        GTIN13(13),
        /** Of cartons. */
        @Key("gtin14")
        GTIN14(14);

        private final int length;

        To(int length) {
            this.length = length;
        }
    }

    /** Settings. */
    @Doc("What is given and what is wanted")
    record GtinSettings(
            @Doc("keep, gtin8, gtin12 (UPC-A), gtin13 (EAN-13) or gtin14") @Default("keep")
            To to,

            @Doc("Whether the check digit is missing and to be added") @Default("false")
            boolean addDigit) {}

    private GtinFunction() {}

    private static String checked(String text, GtinSettings settings) {
        String digits = text.replaceAll("[\\s-]", "");
        if (digits.isEmpty() || digits.length() > 14 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new FunctionException("the value is not a number of 8, 12, 13 or 14 digits");
        }
        if (settings.addDigit()) {
            digits = digits + check(digits);
        }
        int wanted = digits.length();
        while (!LENGTHS.contains(wanted) && wanted < 14) {
            wanted++;
        }
        String whole = "0".repeat(Math.max(0, wanted - digits.length())) + digits;
        if (whole.length() > 14) {
            throw new FunctionException("the value is not a number of 8, 12, 13 or 14 digits");
        }
        int last = whole.length() - 1;
        if (check(whole.substring(0, last)) != whole.charAt(last) - '0') {
            throw new FunctionException("the check digit is wrong: one of the digits is another");
        }
        return settings.to() == To.KEEP ? whole : fitted(whole, settings.to().length);
    }

    private static String fitted(String digits, int length) {
        if (digits.length() <= length) {
            return "0".repeat(length - digits.length()) + digits;
        }
        int more = digits.length() - length;
        if (!digits.substring(0, more).equals("0".repeat(more))) {
            throw new FunctionException("the number has more than " + length + " digits");
        }
        return digits.substring(more);
    }

    /** From the right, every other digit counts three times. */
    private static int check(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (10 - sum % 10) % 10;
    }
}
