package io.patchbay.script.language.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.saxon.s9api.XdmArray;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmEmptySequence;
import net.sf.saxon.s9api.XdmMap;
import net.sf.saxon.s9api.XdmValue;

/**
 * JSON as maps, arrays and atomic values. Saxon's own reader of JSON makes doubles of all numbers, and a long number would lose
 * digits; here whole numbers are {@code xs:integer} and others {@code xs:decimal}.
 */
final class XdmValues {

    private XdmValues() {}

    static XdmValue of(JsonNode value) {
        if (value.isObject()) {
            Map<XdmAtomicValue, XdmValue> members = new LinkedHashMap<>();
            value.properties()
                    .forEach(member -> members.put(new XdmAtomicValue(text(member.getKey())), of(member.getValue())));
            return new XdmMap(members);
        }
        if (value.isArray()) {
            List<XdmValue> items = new ArrayList<>(value.size());
            value.forEach(item -> items.add(of(item)));
            return new XdmArray(items);
        }
        if (value.isIntegralNumber()) {
            return XdmAtomicValue.makeAtomicValue(value.bigIntegerValue());
        }
        if (value.isNumber()) {
            return new XdmAtomicValue(value.decimalValue());
        }
        if (value.isBoolean()) {
            return new XdmAtomicValue(value.booleanValue());
        }
        return value.isTextual() ? new XdmAtomicValue(text(value.textValue())) : XdmEmptySequence.getInstance();
    }

    /** What no XML can hold becomes the sign for that, as Saxon's own reader of JSON does it. */
    private static String text(String text) {
        return text.codePoints().allMatch(XdmValues::held)
                ? text
                : text.codePoints()
                        .map(point -> held(point) ? point : 0xFFFD)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    /** Char of XML 1.0. */
    private static boolean held(int point) {
        return point == 0x9
                || point == 0xA
                || point == 0xD
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
