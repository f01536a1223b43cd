package io.patchbay.connector.definition;

/** Kinds of values of the items of a list. */
public enum ItemType {
    /** Text. */
    STRING,
    /** A whole number. */
    INTEGER,
    /** Any number. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** A point in time, as an input of this type has it. */
    INSTANT;

    /** The same kind, of a single value. */
    public ValueType value() {
        return ValueType.valueOf(name());
    }
}
