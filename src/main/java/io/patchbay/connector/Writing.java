package io.patchbay.connector;

import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.connector.definition.EndpointConfig.Ordering;
import io.patchbay.connector.definition.IdempotencyConfig.When;
import io.patchbay.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a payload are sent.
 *
 * @param batch how payloads are cut; null for whole ones
 * @param at names that lead to the list of records in a request's body; empty where the list is the body
 * @param partial where answers say which records failed, or null
 * @param lookup how to find out whether a record is there already, or null
 * @param once whether a repeat may happen twice in the system, and nothing tells whether a request arrived
 * @param keyTtl how long the system remembers a key, or null
 * @param concurrency requests of one payload that may be on their way at the same time
 * @param ordering which records wait for others
 * @param orderingKey what records have in common that are sent in order, or null
 */
public record Writing(
        @Nullable BatchConfig batch,
        List<String> at,
        @Nullable PartialResult partial,
        @Nullable Lookup lookup,
        boolean once,
        @Nullable Duration keyTtl,
        int concurrency,
        Ordering ordering,
        @Nullable Template orderingKey) {

    /** One request for a whole payload. */
    public static final Writing PLAIN = new Writing(null, List.of(), null, null, false, null, 1, Ordering.NONE, null);

    public Writing {
        at = List.copyOf(at);
    }

    /** Whole payloads, or payloads that are cut. */
    static Writing of(@Nullable BatchConfig batch) {
        return batch == null ? PLAIN : new Writing(batch, List.of(), null, null, false, null, 1, Ordering.NONE, null);
    }

    /** The same where no answer says what became of its records. */
    public Writing unjudged() {
        return new Writing(batch, at, null, lookup, once, keyTtl, concurrency, ordering, orderingKey);
    }

    /**
     * How to find out whether a record is there.
     *
     * @param endpoint id of the endpoint that finds it
     * @param with values of its inputs
     * @param known what a record is known by; one that has none cannot be looked up. Null where its inputs alone say it
     * @param when to look
     */
    public record Lookup(
            String endpoint,
            Map<String, Template> with,
            @Nullable Template known,
            When when) {
        public Lookup {
            with = Map.copyOf(with);
        }
    }

    /** Whether the records of a whole payload have to be looked at one by one. */
    public boolean perRecord() {
        return partial != null || lookup != null || keyTtl != null || ordering != Ordering.NONE;
    }
}
