package io.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.problem.Problem;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The option that every verb has, and how it is answered: one JSON document on standard output. */
final class Json {

    @Option(names = "--json", description = "Print one JSON document instead of text.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }

    static ObjectNode object() {
        return io.patchbay.payload.Json.NODES.objectNode();
    }

    /** Problems as the API shows them. */
    static ArrayNode of(List<Problem> problems) {
        ArrayNode list = io.patchbay.payload.Json.NODES.arrayNode();
        for (Problem problem : problems) {
            list.addObject()
                    .put("file", problem.at().file())
                    .put("line", problem.at().line())
                    .put("column", problem.at().column())
                    .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                    .put("code", problem.code())
                    .put("what", problem.what())
                    .put("hint", problem.hint());
        }
        return list;
    }

    static String text(JsonNode node) {
        try {
            return io.patchbay.payload.Json.MAPPER
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
