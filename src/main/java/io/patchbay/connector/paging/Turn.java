package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the request for a page differs from the endpoint's plain request.
 *
 * @param url the whole URL where the answer before named it, else null
 * @param query further query parameters
 * @param headers further headers
 * @param body further members of a JSON body, or variables of a GraphQL query
 * @param page values of {@code ${page.…}} in path, query, headers and body, by name
 */
public record Turn(
        @Nullable URI url,
        Map<String, String> query,
        Map<String, String> headers,
        Map<String, JsonNode> body,
        Map<String, JsonNode> page) {

    /** A turn that changes nothing in what the definition wrote. */
    Turn(@Nullable URI url, Map<String, String> query, Map<String, String> headers, Map<String, JsonNode> body) {
        this(url, query, headers, body, Map.of());
    }

    /** The plain request. */
    public static final Turn PLAIN = new Turn(null, Map.of(), Map.of(), Map.of());

    /** A page at a URL. */
    static Turn to(URI url) {
        return new Turn(url, Map.of(), Map.of(), Map.of());
    }
}
