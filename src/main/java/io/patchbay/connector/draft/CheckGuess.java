package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The call that most likely tells whether an instance works: one that reads, needs nothing, and asks for little. */
final class CheckGuess {

    /** Words of paths that ask who calls, or whether the system is there; the best first. */
    private static final List<String> TELLING =
            List.of("me", "whoami", "ping", "status", "health", "account", "shop", "store", "user", "version", "info");

    private CheckGuess() {}

    /** The endpoint to call; nothing when each one needs an input. */
    static Optional<String> of(JsonNode endpoints) {
        return endpoints.properties().stream()
                .filter(endpoint -> needsNothing(endpoint.getValue()))
                .min(Comparator.comparingInt(CheckGuess::rank))
                .map(Map.Entry::getKey);
    }

    private static boolean needsNothing(JsonNode endpoint) {
        return endpoint.path("method").asText().equals("GET")
                && endpoint.path("kind").asText().equals("read")
                && StreamSupport.stream(endpoint.path("inputs").spliterator(), false)
                        .noneMatch(input -> input.path("required").asBoolean(true));
    }

    private static int rank(Map.Entry<String, JsonNode> endpoint) {
        String path = endpoint.getValue().path("path").asText().toLowerCase(Locale.ROOT);
        for (int i = 0; i < TELLING.size(); i++) {
            if (path.matches(".*/" + TELLING.get(i) + "(\\.[a-z]+)?/?")) {
                return i;
            }
        }
        return TELLING.size() + (endpoint.getValue().has("paginator") ? 0 : 1);
    }
}
