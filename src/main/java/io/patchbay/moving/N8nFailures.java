package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Fan;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a node of n8n says of its own failure: a try around its shapes, and a route behind it where what fails has a way of its own. */
final class N8nFailures {

    /** The way out of what fails. */
    static final String OUTLET = "failed";

    /** Metadata of a payload that failed, for the route behind. */
    private static final String MARK = "failedAt";

    private final Report report;
    private final Predicate<Node> fails;

    N8nFailures(Report report, Predicate<Node> fails) {
        this.report = report;
        this.fails = fails;
    }

    /** Whether what fails leaves by a way of its own. */
    static boolean leave(Node node) {
        return node.source().path("onError").asText().equals("continueErrorOutput");
    }

    void around(Node node, Fields source, Made made) {
        String said = source.text("onError");
        boolean goesOn = source.flag(false, "continueOnFail") || said.equals("continueRegularOutput");
        boolean leaves = leave(node);
        if (!goesOn && !leaves) {
            if (!said.isBlank() && !said.equals("stopWorkflow")) {
                report.lost(
                        node.place().in("onError"),
                        node.shown() + " says '" + SourceText.shown(said) + "' of its failure, which is not known;"
                                + " here it ends the run",
                        "put a try around it");
            }
            return;
        }
        boolean own = leaves && fails.test(node);
        if (made.fan() != null) {
            report.lost(
                    node.place().in("onError"),
                    node.shown() + " goes on when it fails, and goes several ways; here its failure ends the run",
                    "put a try around it");
            return;
        }
        if (!made.shapes().isEmpty() && !made.isLost()) {
            made.caught(caught(node, leaves, own));
        }
        if (own) {
            // Of a node that could not be made, nothing comes so far.
            made.fan(Fan.ROUTE, Json.NODES.objectNode().put("match", "first"))
                    .outlet(OUTLET, new Outlet("failed", marked(node), false))
                    .outlet("0", new Outlet("done", null, true));
        }
    }

    private List<ObjectNode> caught(Node node, boolean leaves, boolean own) {
        List<ObjectNode> caught = new ArrayList<>();
        if (leaves && !own) {
            ObjectNode nothing = Json.NODES.objectNode();
            nothing.putObject("filter")
                    .putObject("keep")
                    .put("field", "${run.id}")
                    .put("is", "");
            caught.add(nothing);
            return caught;
        }
        report.look(
                node.place().in("onError"),
                node.shown() + " goes on with what failed: its field 'error' is the message here, and may be an object"
                        + " there" + (leaves ? "" : "; the other fields stay"),
                null);
        ObjectNode told = Json.NODES.objectNode();
        told.putObject("map")
                .put("keepOthers", true)
                .putArray("fields")
                .addObject()
                .put("to", "error")
                .put("template", "${error.message}");
        caught.add(told);
        if (own) {
            ObjectNode mark = Json.NODES.objectNode();
            mark.putObject("setVariables").putObject("meta").put(MARK, Names.kebab(node.id(), "node"));
            caught.add(mark);
        }
        return caught;
    }

    private static ObjectNode marked(Node node) {
        return Json.NODES
                .objectNode()
                .put("field", "${meta." + MARK + " ?? ''}")
                .put("is", Names.kebab(node.id(), "node"));
    }
}
