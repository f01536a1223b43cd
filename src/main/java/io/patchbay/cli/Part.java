package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list is asked for. */
final class Part {

    @Option(names = "--after", paramLabel = "NEXT", description = "What follows the list before.")
    private @Nullable String after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most of them, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    /** This part of a list. */
    Query of(String path) {
        return new Query(path).with("limit", limit).with("after", after);
    }

    /** Says how to go on where the list does. */
    static void rest(JsonNode list, PrintWriter out) {
        if (list.path("next").isTextual()) {
            out.println("There are more: --after " + list.path("next").asText());
        }
    }
}
