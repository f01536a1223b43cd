package io.patchbay.mapping.function;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a value is, as far as a chain of functions can know before it runs. */
public enum ValueKind {
    /** Text. */
    TEXT,
    /** A number. */
    NUMBER,
    /** A date in ISO 8601, which is a text. */
    DATE,
    /** True or false. */
    BOOLEAN,
    /** A list. */
    LIST,
    /** An object. */
    OBJECT,
    /** Not known before it runs, or any of these. */
    ANY,
    /** What the function was given. */
    SAME;

    /** What has a text: all but lists and objects. */
    public static final Set<ValueKind> SCALARS = Set.copyOf(EnumSet.of(TEXT, NUMBER, DATE, BOOLEAN));

    /** What may be read as a number. */
    public static final Set<ValueKind> NUMBERS = Set.copyOf(EnumSet.of(TEXT, NUMBER));

    /** What may be read as a date. */
    public static final Set<ValueKind> DATES = Set.copyOf(EnumSet.of(TEXT, NUMBER, DATE));

    /** Text alone: letters are what matters. */
    public static final Set<ValueKind> TEXTS = Set.copyOf(EnumSet.of(TEXT, DATE));

    /** For messages. */
    String inWords() {
        return switch (this) {
            case TEXT -> "text";
            case BOOLEAN -> "true or false";
            case OBJECT -> "an object";
            case ANY, SAME -> "any value";
            default -> "a " + name().toLowerCase(Locale.ROOT);
        };
    }
}
