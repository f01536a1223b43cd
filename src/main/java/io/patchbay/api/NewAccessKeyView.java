package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.time.Instant;
import java.util.List;

/** A key that was just made. */
@Doc("A key that was just made")
record NewAccessKeyView(
        String name,

        @Doc("Shown this once; sent as Authorization: Bearer")
        String key,

        String role,

        @Doc("Patterns of the flows that it holds for; empty for everything")
        List<String> flows,

        Instant expiresAt) {

    NewAccessKeyView {
        flows = List.copyOf(flows);
    }

    /** Without the key: it must not get into a log. */
    @Override
    public String toString() {
        return "key " + name;
    }
}
