package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a system knows a repeated request. */
@Doc("How the system knows a repeated request")
public record IdempotencyConfig(
        @Doc("The method") @Default("header") Type type,

        @Doc(
                "Name of the header, by default Idempotency-Key; of the query parameter; or of the member of the JSON body or the"
                        + " GraphQL variable, with dots one below another, like input.idempotencyKey")
        @Nullable
        String name,

        @Doc(
                "The key; by default made from instance, endpoint and the payload's lineage, the same on every try. Beside a lookup, what"
                        + " a record is known by: one without cannot be looked up")
        @Nullable
        Text from,

        @Doc("How long the system remembers a key; a request is not repeated under an older one without a lookup")
        @Nullable
        Duration ttl,

        @Doc("How to find out whether a record is there already, in place of sending it again") @Nullable
        Lookup lookup) {

    /** The header of the IETF draft "The Idempotency-Key HTTP Header Field". */
    private static final String HEADER = "Idempotency-Key";

    /** @throws IllegalArgumentException if it is not said what the key is called, or said where there is none */
    public IdempotencyConfig {
        if (name == null && type.sent()) {
            if (type != Type.HEADER) {
                throw new IllegalArgumentException("idempotency of type "
                        + type.name().toLowerCase(Locale.ROOT) + " needs a 'name': what the system calls the key");
            }
            name = HEADER;
        }
        if (name != null && !type.sent()) {
            throw new IllegalArgumentException("'name' belongs to idempotency of type header, query and body");
        }
    }

    /** The methods. */
    public enum Type {
        /** A header carries the key. */
        HEADER,
        /** A query parameter carries it. */
        QUERY,
        /** A member of a JSON body, or a variable of a GraphQL request, carries it. */
        BODY,
        /** The data has a key of its own: repeating changes nothing. */
        NATURAL_KEY,
        /** It does not: what may have arrived is looked up, or else not sent again by itself. */
        NONE;

        /** Whether a request carries a key. */
        public boolean sent() {
            return this == HEADER || this == QUERY || this == BODY;
        }
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
