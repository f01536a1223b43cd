package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A flow that is being made. It is always a draft: a person looks at it before anything starts it. */
final class FlowDraft {

    private final String id;
    private final List<String> comments = new ArrayList<>();
    private final ObjectNode variables = Json.NODES.objectNode();
    private final ArrayNode trigger = Json.NODES.arrayNode();
    private final Names ids = new Names();
    private String name = "";
    private String note = "";
    private String priority = "";
    private boolean staged;
    private final ArrayNode labels = Json.NODES.arrayNode();
    private final ArrayNode told = Json.NODES.arrayNode();
    private ArrayNode shapes = Json.NODES.arrayNode();

    FlowDraft(String id, Dialect from) {
        this.id = id;
        comments.add("Made by 'patchbay import " + from.word()
                + "'. A draft: read it, and what the import told, before it is active.");
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

    /** Five fields, as a trigger. */
    void cron(String fields) {
        trigger.addObject().putObject("schedule").put("cron", fields.strip().toUpperCase(Locale.ROOT));
    }

    /** A duration, as a trigger. */
    void every(String duration) {
        trigger.addObject().putObject("schedule").put("every", duration);
    }

    /** A word to find it by. */
    void label(String word) {
        labels.add(word);
    }

    /** Who is told when runs fail. */
    void told(String group) {
        told.add(group);
    }

    /** Which waiting start goes first. */
    void priority(String word) {
        priority = word;
    }

    /** Each shape sees everything before the next does. */
    void staged() {
        staged = true;
    }

    /** Declares a variable; what it begins with is said once. */
    void variable(String variable, JsonNode value) {
        if (!variables.has(variable)) {
            variables.set(variable, value);
        }
    }

    /** Whether a variable was declared so far. */
    boolean declares(String variable) {
        return variables.has(variable);
    }

    /** Declares variables that are read, and begin empty where nothing else was said. */
    void variables(Set<String> read) {
        read.forEach(one -> variable(one, Json.NODES.textNode("")));
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
        if (!labels.isEmpty()) {
            root.set("labels", labels);
        }
        root.put("status", "draft");
        if (!variables.isEmpty()) {
            root.set("variables", variables);
        }
        ObjectNode settings = root.putObject("settings");
        if (!priority.isEmpty()) {
            settings.put("priority", priority);
        }
        // There, runs of one flow go beside each other.
        settings.put("overlap", "parallel");
        if (staged) {
            settings.put("delivery", "staged");
        }
        if (!told.isEmpty()) {
            settings.putObject("alerts").set("to", told);
        }
        if (!trigger.isEmpty()) {
            root.set("trigger", trigger);
        }
        root.set("shapes", shapes);
        return FlowText.of(comments, root);
    }
}
