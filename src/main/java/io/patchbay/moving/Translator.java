package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.Locale;

/** What translators of all dialects say alike. */
final class Translator {

    private Translator() {}

    /** Stands where nothing could be made: a run that comes here fails, so that nobody takes the flow for whole. */
    static Made unknown(Node node, Report report, String hint) {
        report.lost(node.place(), node.shown() + " has no counterpart here, or not one that could be found", hint);
        return stopped(node);
    }

    static Made stopped(Node node) {
        ObjectNode settings = Json.NODES.objectNode();
        settings.put("text", "not translated: " + SourceText.shown(node.type()));
        return new Made().shape("assert", settings).lost();
    }

    /** Tells of settings that nobody asked for. */
    static void left(Node node, Fields fields, Place place, Report report) {
        for (String name : fields.left()) {
            report.lost(
                    place.in(name),
                    node.shown() + ": the setting '" + SourceText.shown(name)
                            + "' is not understood and has no effect here",
                    "look up what it does there, and say it in the words of docs/reference/shapes");
        }
    }

    /** The letter of a unit of time; {@code ms} for its thousandth. */
    static String unit(String theirs, String otherwise) {
        return theirs.isBlank()
                ? otherwise
                : theirs.toLowerCase(Locale.ROOT).startsWith("mil")
                        ? "ms"
                        : theirs.substring(0, 1).toLowerCase(Locale.ROOT);
    }

    static JsonNode text(String text) {
        return Json.NODES.textNode(text);
    }

    /** A text that stays as it is, whatever stands in it. */
    static String literal(String text) {
        return text.replace("${", "$${");
    }

    /** A step of a path: {@code .name}, or in brackets where the name is an odd one. */
    static String step(String before, String name) {
        if (name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            return before.isEmpty() ? name : before + "." + name;
        }
        return before + "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }
}
