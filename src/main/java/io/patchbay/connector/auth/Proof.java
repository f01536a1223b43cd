package io.patchbay.connector.auth;

import org.jspecify.annotations.Nullable;

/**
 * What is added to a request so that the system knows who calls. It prints without its value.
 *
 * @param into the part of the request
 * @param name of the header or parameter; for a cookie its header
 * @param value what is sent, not encoded
 */
public record Proof(Into into, String name, String value) {

    /** Nothing. */
    public static final Proof NONE = new Proof(Into.NOWHERE, "", "");

    /** Parts of a request. */
    public enum Into {
        /** Nowhere. */
        NOWHERE,
        /** A header. */
        HEADER,
        /** A query parameter. */
        QUERY
    }

    /** A header. */
    public static Proof header(String name, String value) {
        return new Proof(Into.HEADER, name, value);
    }

    /** The header's name if this is a header, else null. */
    public @Nullable String headerName() {
        return into == Into.HEADER ? name : null;
    }

    @Override
    public String toString() {
        return into + " " + name + ": ***";
    }
}
