package io.patchbay.connector.definition;

/** Kinds of values of inputs. */
public enum ValueType {
    /** Text. */
    STRING,
    /** A whole number. */
    INTEGER,
    /** Any number. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** A point in time, ISO 8601, or a distance from when the run was queued, like {@code -2h}. */
    INSTANT,
    /** A path of several parts, like {@code orders/7/lines}; each is encoded, and none leads upwards. */
    PATH,
    /** A list. */
    ARRAY,
    /** An object. */
    OBJECT,
    /** Anything. */
    ANY
}
