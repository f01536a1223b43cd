package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.util.Map;
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

        @Doc("How long the system remembers a key; a request is not repeated under an older one without a lookup")
        @Nullable
        Duration ttl,

        @Doc("How to find out whether a record is there already, in place of sending it again") @Nullable
        Lookup lookup) {

    /** The methods. */
    public enum Type {
        /** A header carries the key. */
        HEADER,
        /** The data has a key of its own: repeating changes nothing. */
        NATURAL_KEY,
        /** It does not. */
        NONE
    }

    /** How to find out whether a record is there already. */
    @Doc(
            "How to find out whether a record is there already; one that is found is taken as sent, with what was found as its answer")
    public record Lookup(
            @Doc("Endpoint of kind read that finds a record; no record in its answer, or status 404, is not found")
            String endpoint,

            @Doc("Values of its inputs; by default its only input is given 'from'") @Default("{}")
            Map<String, Text> with,

            @Doc("When to look: after a request whose outcome is not known, or before each one") @Default("uncertain")
            When when) {}

    /** When to look a record up. */
    public enum When {
        /** Before a request is repeated whose outcome is not known: no answer, an error of the system, a crash. */
        UNCERTAIN,
        /** Before each request. */
        ALWAYS
    }
}
