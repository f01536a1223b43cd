package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page, as far as paging looks at it.
 *
 * @param uri what was asked
 * @param tree the whole answer; missing when it is not JSON
 * @param records how many records it holds, with those that could not be read
 * @param unread how many of them could not be read
 * @param unreadLast how many of those stand behind the last that could be
 * @param items the records; none when they are not JSON
 * @param links values of its Link headers
 * @param status HTTP status
 * @param headers by name in lower case, without those that carry credentials
 * @param queuedAt what relative dates hang on
 */
public record PageAnswer(
        URI uri,
        JsonNode tree,
        int records,
        int unread,
        int unreadLast,
        List<JsonNode> items,
        List<String> links,
        int status,
        Map<String, String> headers,
        Instant queuedAt) {

    public PageAnswer {
        items = List.copyOf(items);
        links = List.copyOf(links);
        headers = Map.copyOf(headers);
    }

    /** The last record; null when there is none. */
    @Nullable
    JsonNode last() {
        return items.isEmpty() ? null : items.get(items.size() - 1);
    }
}
