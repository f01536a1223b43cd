package io.patchbay.connector.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;

/** Descriptions of interfaces as they stand in files: JSON or YAML, and larger than what people write by hand. */
public final class DescriptionText {

    /** Most characters, and most bytes of a file. */
    public static final int LARGEST = 20_000_000;

    private static final YamlReader.Limits LARGE = new YamlReader.Limits(LARGEST, 2_000_000, 200);

    private DescriptionText() {}

    /** What a text says. @throws IllegalArgumentException if it is neither JSON nor YAML; the message says where */
    public static JsonNode read(String text) {
        if (text.length() > LARGEST) {
            throw new IllegalArgumentException("this has more than 20 million characters");
        }
        if (text.stripLeading().startsWith("{")) {
            try {
                return Json.LAST.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "this is no JSON: "
                                + String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                        e);
            }
        }
        Problems problems = new Problems();
        return new YamlReader(LARGE)
                .read("description", text, problems)
                .map(Literals::json)
                .orElseThrow(() -> new IllegalArgumentException("this is neither JSON nor YAML"
                        + problems.list().stream()
                                .findFirst()
                                .map(problem -> ", line " + problem.at().line() + ": " + problem.what())
                                .orElse("")));
    }
}
