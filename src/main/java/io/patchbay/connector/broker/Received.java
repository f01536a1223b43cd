package io.patchbay.connector.broker;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message that came.
 *
 * @param id what tells it from every other one of its subscription; null when broker and sender give nothing
 * @param again whether it may have come before
 * @param facts what the broker says of it, by name without {@code event.}
 * @param headers as text, by name; case counts
 * @param contentType media type, or null
 * @param size of its content in bytes
 * @param content its content
 * @param unreadable why its content cannot be read, or null
 */
public record Received(
        @Nullable String id,
        boolean again,
        Map<String, String> facts,
        Map<String, String> headers,
        @Nullable String contentType,
        long size,
        Content content,
        @Nullable String unreadable) {

    /** Opens the content. */
    public interface Content {
        /** A stream of all of it, to be read once. */
        InputStream open() throws IOException;
    }

    public Received {
        facts = Map.copyOf(facts);
        headers = Map.copyOf(new TreeMap<>(headers));
    }
}
