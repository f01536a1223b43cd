package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a pull begins.
 *
 * @param shape the shape that the payloads' lineages name
 * @param resumeFrom where a broken pull goes on; null to begin at the start
 * @param ordinal of the first payload
 * @param cursor where earlier runs came in a list that grows; null when there is no cursor
 * @param inputs what the list is asked with, as one text: lists of other inputs grow by themselves
 * @param growing how a list that grows is read
 * @param found is told the keys of all records that the system sends, before those are handed on
 * @param skips whether a record that cannot be read goes aside, and the others go on
 * @param tries of each page in all; 0 for as many as the connector says
 */
public record Begin(
        String shape,
        @Nullable JsonNode resumeFrom,
        long ordinal,
        @Nullable String cursor,
        String inputs,
        Growing growing,
        Consumer<List<String>> found,
        boolean skips,
        int tries) {

    /** Name of the exchange property that says how often a page is tried. */
    public static final String TRIES = "patchbay.tries";

    /** Of a list whose keys nobody asks for. */
    public Begin(
            String shape,
            @Nullable JsonNode resumeFrom,
            long ordinal,
            @Nullable String cursor,
            String inputs,
            Growing growing) {
        this(shape, resumeFrom, ordinal, cursor, inputs, growing, keys -> {}, false, 0);
    }

    /** Of a list that is read as the connector says. */
    public Begin(String shape, @Nullable JsonNode resumeFrom, long ordinal, @Nullable String cursor, String inputs) {
        this(shape, resumeFrom, ordinal, cursor, inputs, Growing.AS_DECLARED);
    }

    /** The same that goes on from another place. */
    public Begin at(@Nullable JsonNode place) {
        return new Begin(shape, place, ordinal, cursor, inputs, growing, found, skips, tries);
    }

    /** The same that tells keys. */
    public Begin telling(Consumer<List<String>> keys) {
        return new Begin(shape, resumeFrom, ordinal, cursor, inputs, growing, keys, skips, tries);
    }

    /** The same that puts aside what cannot be read, or does not. */
    public Begin skipping(boolean aside) {
        return new Begin(shape, resumeFrom, ordinal, cursor, inputs, growing, found, aside, tries);
    }

    /** The same that tries each page so often; 0 for as often as the connector says. */
    public Begin trying(int often) {
        return new Begin(shape, resumeFrom, ordinal, cursor, inputs, growing, found, skips, often);
    }

    /** How pages are tried again. */
    public Backoff backoff(Backoff ofConnector) {
        return tries == 0 ? ofConnector : ofConnector.tries(tries);
    }
}
