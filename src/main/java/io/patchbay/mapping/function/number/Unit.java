package io.patchbay.mapping.function.number;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Units of weight, length, area and volume, each by its exact size in gram, metre, square metre or litre. Own code: a library
 * of units would bring an arithmetic of its own, and these factors are fixed by definition (the international yard and pound
 * of 1959).
 */
enum Unit {
    MG(Of.WEIGHT, "0.001", "mg", "milligram", "milligrams"),
    G(Of.WEIGHT, "1", "g", "gr", "gram", "grams", "gramme", "grammes"),
    KG(Of.WEIGHT, "1000", "kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
    T(Of.WEIGHT, "1000000", "t", "tonne", "tonnes"),
    OZ(Of.WEIGHT, "28.349523125", "oz", "ounce", "ounces"),
    LB(Of.WEIGHT, "453.59237", "lb", "lbs", "pound", "pounds"),
    ST(Of.WEIGHT, "6350.29318", "st", "stone", "stones"),
    MM(Of.LENGTH, "0.001", "mm", "millimetre", "millimetres", "millimeter", "millimeters"),
    CM(Of.LENGTH, "0.01", "cm", "centimetre", "centimetres", "centimeter", "centimeters"),
    M(Of.LENGTH, "1", "m", "metre", "metres", "meter", "meters"),
    KM(Of.LENGTH, "1000", "km", "kilometre", "kilometres", "kilometer", "kilometers"),
    IN(Of.LENGTH, "0.0254", "in", "inch", "inches", "\""),
    FT(Of.LENGTH, "0.3048", "ft", "foot", "feet", "'"),
    YD(Of.LENGTH, "0.9144", "yd", "yard", "yards"),
    MI(Of.LENGTH, "1609.344", "mi", "mile", "miles"),
    CM2(Of.AREA, "0.0001", "cm2", "cm²"),
    M2(Of.AREA, "1", "m2", "m²", "sqm"),
    IN2(Of.AREA, "0.00064516", "in2", "in²", "sqin"),
    FT2(Of.AREA, "0.09290304", "ft2", "ft²", "sqft"),
    ML(Of.VOLUME, "0.001", "ml", "cm3", "cm³", "millilitre", "millilitres", "milliliter", "milliliters"),
    CL(Of.VOLUME, "0.01", "cl", "centilitre", "centilitres", "centiliter", "centiliters"),
    L(Of.VOLUME, "1", "l", "ltr", "litre", "litres", "liter", "liters"),
    M3(Of.VOLUME, "1000", "m3", "m³", "cbm"),
    IN3(Of.VOLUME, "0.016387064", "in3", "in³"),
    FT3(Of.VOLUME, "28.316846592", "ft3", "ft³"),
    US_FL_OZ(Of.VOLUME, "0.0295735295625", "usfloz", "us fl oz", "fl oz us"),
    US_GAL(Of.VOLUME, "3.785411784", "usgal", "us gal", "gal us"),
    UK_FL_OZ(Of.VOLUME, "0.0284130625", "ukfloz", "uk fl oz", "fl oz uk"),
    UK_PT(Of.VOLUME, "0.56826125", "ukpt", "uk pt", "pt uk"),
    UK_GAL(Of.VOLUME, "4.54609", "ukgal", "uk gal", "gal uk");

    /** What is measured. */
    enum Of {
        WEIGHT,
        LENGTH,
        AREA,
        VOLUME
    }

    private final Of of;
    private final BigDecimal size;
    /** With a line around each. */
    private final String names;

    private final String code;

    Unit(Of of, String size, String... names) {
        this.of = of;
        this.size = new BigDecimal(size);
        this.names = "|" + String.join("|", names) + "|";
        this.code = names[0];
    }

    Of of() {
        return of;
    }

    BigDecimal size() {
        return size;
    }

    /** The name it has in messages and lists. */
    String code() {
        return code;
    }

    /** The unit of a name, upper and lower case alike; null when there is none. */
    static @Nullable Unit named(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.contains("|")) {
            return null;
        }
        return Arrays.stream(values())
                .filter(unit -> unit.names.contains("|" + name + "|"))
                .findFirst()
                .orElse(null);
    }
}
