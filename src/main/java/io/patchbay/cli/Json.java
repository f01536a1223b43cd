package io.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.KeyTwice;
import io.patchbay.payload.NotJson;
import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** A value given on the command line: a list or an object as such, anything else as text. */
    static JsonNode value(String text) {
        try {
            JsonNode value = io.patchbay.payload.Json.MAPPER.readTree(text);
            return value != null && value.isContainerNode() ? value : io.patchbay.payload.Json.NODES.textNode(text);
        } catch (JsonProcessingException e) {
            return io.patchbay.payload.Json.NODES.textNode(text);
        }
    }

    /** What a text says in JSON; a text that is none stays one. */
    static JsonNode literal(String text) {
        try {
            JsonNode value = io.patchbay.payload.Json.MAPPER.readTree(text);
            return value.isMissingNode() ? io.patchbay.payload.Json.NODES.textNode(text) : value;
        } catch (JsonProcessingException e) {
            return io.patchbay.payload.Json.NODES.textNode(text);
        }
    }

    /** A JSON file. @throws Refused when there is none, or it holds something else */
    static JsonNode file(Terminal terminal, Path named) throws IOException {
        return file(terminal, named, "");
    }

    private static Path readable(Terminal terminal, Path named) {
        Path file = terminal.folder().resolve(named);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Refused(Refused.WRONG_USE, "There is no file " + named + " that can be read.");
        }
        return file;
    }

    /** A file of text in UTF-8. @throws Refused when there is none, or it holds something else */
    static String text(Terminal terminal, Path named) throws IOException {
        try {
            return Files.readString(readable(terminal, named));
        } catch (CharacterCodingException e) {
            throw new Refused(Refused.WRONG_USE, named + ": this is no text in UTF-8");
        }
    }

    /**
     * A JSON file.
     *
     * @param hint what helps where it holds something else
     * @throws Refused when there is none, or it does
     */
    static JsonNode file(Terminal terminal, Path named, String hint) throws IOException {
        Path file = readable(terminal, named);
        try {
            return io.patchbay.payload.Json.MAPPER.readTree(file.toFile());
        } catch (KeyTwice | StreamConstraintsException e) {
            throw new Refused(Refused.WRONG_USE, named + ": " + NotJson.sentence(e, "", null));
        } catch (JsonProcessingException e) {
            throw new Refused(
                    Refused.WRONG_USE,
                    named + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": this is not JSON" + hint);
        }
    }

    /** Content for people: JSON over several lines, anything else as it is but without what steers a terminal. */
    static String shown(String content) {
        try {
            JsonNode value = io.patchbay.payload.Json.MAPPER.readTree(content);
            if (value != null && !value.isMissingNode()) {
                return Table.printableLines(text(value));
            }
        } catch (JsonProcessingException e) {
            // it is no JSON
        }
        return Table.printableLines(content);
    }
}
