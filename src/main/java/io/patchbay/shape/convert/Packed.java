package io.patchbay.shape.convert;

/** Ways in which content is packed. */
public enum Packed {
    /** One stream (RFC 1952). */
    GZIP,
    /** A file of members. */
    ZIP
}
