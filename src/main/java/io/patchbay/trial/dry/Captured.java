package io.patchbay.trial.dry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a dry run did not do.
 *
 * @param shape id of the shape that would have done it; empty for the run itself
 * @param kind where it would have gone
 * @param what would have been done, like POST, WRITE or APPEND
 * @param target to what: an address, a path, a statement, a flow, a key
 * @param headers of a request or message, without secrets
 * @param with what goes along by name, like the inputs of an endpoint; null for nothing
 * @param body content, or its beginning as text where it is cut; null for none
 * @param contentType media type of the content; null for none
 * @param bytes how many bytes the content has
 * @param cut whether the end of the content is missing
 * @param answer what the flow was told in its place
 */
public record Captured(
        String shape,
        Kind kind,
        String what,
        String target,
        Map<String, String> headers,
        @Nullable JsonNode with,
        @Nullable JsonNode body,
        @Nullable String contentType,
        long bytes,
        boolean cut,
        String answer) {

    /** Where something goes. */
    public enum Kind {
        /** To a system over HTTP. */
        REQUEST,
        /** Into a folder of files. */
        FILE,
        /** To a database. */
        STATEMENT,
        /** By mail, or into a mailbox. */
        MAIL,
        /** To a broker, or to a chat. */
        MESSAGE,
        /** Wherever steps of Camel lead. */
        STEPS,
        /** A start of another flow. */
        START,
        /** Among what waits for an approval or an event. */
        WAIT,
        /** Into a cache. */
        CACHE,
        /** Into a data pool. */
        POOL,
        /** Among what was tracked. */
        TRACKED,
        /** Among failed payloads. */
        FAILED,
        /** A cursor, or the keys of a list. */
        CURSOR
    }
}
