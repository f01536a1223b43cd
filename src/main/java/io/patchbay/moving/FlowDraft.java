package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/** A flow that is being made. It is always a draft: a person looks at it before anything starts it. */
final class FlowDraft {

    private final String id;
    private final List<String> comments = new ArrayList<>();
    private final ObjectNode variables = Json.NODES.objectNode();
    private final ObjectNode settings = Json.NODES.objectNode();
    private final ArrayNode trigger = Json.NODES.arrayNode();
    private final Names ids = new Names();
    private String name = "";
    private String note = "";
    private ArrayNode shapes = Json.NODES.arrayNode();

    FlowDraft(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    String file() {
        return "routes/" + id + ".flow.yaml";
    }

    Names ids() {
        return ids;
    }

    void name(String text) {
        name = text.strip();
    }

    void note(String text) {
        note = text.strip();
    }

    void comment(String line) {
        comments.add(line);
    }

    ArrayNode trigger() {
        return trigger;
    }

    ObjectNode settings() {
        return settings;
    }

    /** Declares a variable; what it begins with is said once. */
    void variable(String variable, JsonNode value) {
        if (!variables.has(variable)) {
            variables.set(variable, value);
        }
    }

    void shapes(ArrayNode made) {
        shapes = made;
    }

    boolean empty() {
        return shapes.isEmpty();
    }

    String text() {
        ObjectNode root = Json.NODES.objectNode().put("flow", id);
        if (!name.isEmpty()) {
            root.put("name", name);
        }
        if (!note.isEmpty()) {
            root.put("note", note);
        }
        root.put("status", "draft");
        if (!variables.isEmpty()) {
            root.set("variables", variables);
        }
        if (!settings.isEmpty()) {
            root.set("settings", settings);
        }
        if (!trigger.isEmpty()) {
            root.set("trigger", trigger);
        }
        root.set("shapes", shapes);
        return FlowText.of(comments, root);
    }
}
