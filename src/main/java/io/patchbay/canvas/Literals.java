package io.patchbay.canvas;

import com.fasterxml.jackson.databind.JsonNode;

/** Nodes as plain JSON values. */
public final class Literals {

    private Literals() {}

    /** The JSON value of a node: numbers keep every digit, an empty scalar is null. */
    public static JsonNode json(Node node) {
        return ScalarReaders.json(node);
    }
}
