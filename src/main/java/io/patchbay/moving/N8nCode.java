package io.patchbay.moving;

import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;

/** Code nodes of n8n as scripts: the code as it was, with an adapter around it. */
final class N8nCode {

    private final Parcel parcel;
    private final Report report;

    N8nCode(Parcel parcel, Report report) {
        this.parcel = parcel;
        this.report = report;
    }

    Made script(Node node, Fields parameters, Place at) {
        String language = parameters.text("language");
        String javascript = parameters.text("jsCode", "functionCode");
        String python = parameters.text("pythonCode");
        boolean item = N8nShapes.kind(node.type()).equals("functionItem");
        boolean each = parameters.text("mode").equals("runOnceForEachItem") || item;
        boolean snake = language.startsWith("python");
        String code = snake ? python : javascript;
        if (code.isBlank()) {
            return Translator.unknown(node, report, "write a script: docs/reference/scripts.md");
        }
        String clean = Secrecy.code(code, at, node.name(), report, parcel);
        List<String> missing = snake ? N8nPython.missing(clean) : Adapters.missing(clean);
        if (!missing.isEmpty()) {
            report.lost(
                    at,
                    "the code of " + node.shown() + " uses " + String.join(", ", missing)
                            + ", which no script has here",
                    "a connection makes calls; docs/reference/scripts.md says what a script has");
        }
        List<String> stars = snake ? N8nPython.stars(clean) : List.of();
        if (!stars.isEmpty()) {
            report.lost(
                    at,
                    "the code of " + node.shown() + " imports * from " + String.join(", ", stars)
                            + ", which is an error of syntax here: it stands in a function",
                    "import by name what it uses: from math import floor, or import math");
        }
        report.look(
                at,
                "the code of " + node.shown() + " has an adapter around it",
                snake
                        ? "read it, and give it a test; docs/reference/scripts.md#python says what is otherwise in Python"
                        : "read it, and give it a test");
        String wrapped = item
                // Its item is the record itself, and what it gives back is one, too.
                ? "return await (async item => {\n" + clean.replace("$item", "item") + "\n})(item.json);"
                : clean;
        String origin = "node '" + node.name() + "' of a workflow of n8n";
        String script = parcel.script(
                node.id(),
                node.name(),
                snake ? ".py" : ".js",
                snake ? N8nPython.of(origin, clean, each) : Adapters.n8n(origin, wrapped, each));
        return new Made()
                .shape("script", Json.NODES.objectNode().put("file", script))
                .endsEmpty();
    }
}
