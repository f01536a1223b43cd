package io.patchbay.shape.trackdata;

/** Which way a record goes, as its flow says. */
public enum Direction {
    /** It came from a system. */
    RECEIVE,
    /** It went to a system. */
    SEND
}
