package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotYet;
import org.jspecify.annotations.Nullable;

/** How a system knows a repeated request. */
@Doc("How the system knows a repeated request")
public record IdempotencyConfig(
        @Doc("The method") @Default("header") Type type,

        @Doc("Name of the header") @Default("Idempotency-Key")
        String name,

        @Doc("The key; by default made from instance, endpoint and the payload's lineage, the same on every try")
        @Nullable
        Text from,

        @NotYet @Nullable Node ttl,

        @NotYet @Nullable Node lookup) {

    /** The methods. */
    public enum Type {
        /** A header carries the key. */
        HEADER,
        /** The data has a key of its own: repeating changes nothing. */
        NATURAL_KEY,
        /** It does not. */
        NONE
    }
}
