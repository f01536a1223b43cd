package io.patchbay.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.openapi.Target.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are laid over a description, Overlay Specification 1.0: actions that add to what their targets lead to, or take it
 * away, one after the other.
 */
public final class Overlay {

    private static final int MOST_ACTIONS = 10_000;
    private static final int MOST_PLACES = 50_000_000;
    private static final int MOST_COPIED = 2_000_000;
    private static final int DEEPEST = 500;

    private final List<Action> actions;
    private int looked;
    private int copied;

    private Overlay(List<Action> actions) {
        this.actions = actions;
    }

    /** One change: null as {@code update} takes the target away. */
    private record Action(
            String name, Target target, @Nullable JsonNode update) {}

    /**
     * Reads an overlay.
     *
     * @throws IllegalArgumentException if it is none; the message names the action
     */
    public static Overlay read(JsonNode document) {
        String version = document.path("overlay").asText();
        if (!version.matches("1\\.0(\\..*)?")) {
            throw new IllegalArgumentException(
                    version.isEmpty()
                            ? "this is no overlay: there is no 'overlay: 1.0.0' in it"
                            : "this is an overlay of version " + shown(version) + ", and 1.0 is read here");
        }
        JsonNode list = document.path("actions");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_ACTIONS) {
            throw new IllegalArgumentException("an overlay has a list 'actions' of 1 to " + MOST_ACTIONS);
        }
        List<Action> actions = new ArrayList<>();
        for (JsonNode one : list) {
            String name = "action " + (actions.size() + 1) + " of the overlay";
            actions.add(action(name, one));
        }
        return new Overlay(actions);
    }

    private static Action action(String name, JsonNode one) {
        boolean remove = one.path("remove").asBoolean(false);
        JsonNode update = one.get("update");
        if (!one.path("target").isTextual() || (!remove && update == null)) {
            throw new IllegalArgumentException(name + " needs a 'target', and 'update' or 'remove: true'");
        }
        try {
            return new Action(name, Target.parse(one.path("target").textValue()), remove ? null : update);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Changes a document.
     *
     * @return what had no effect, as sentences without a full stop
     * @throws IllegalArgumentException if an action does not fit what its target leads to, or costs too much
     */
    public List<String> apply(JsonNode document) {
        List<String> without = new ArrayList<>();
        for (Action action : actions) {
            try {
                List<Found> found = action.target().in(document, this::spend);
                if (found.isEmpty()) {
                    without.add(action.name() + ": its target leads to nothing in the document");
                } else if (action.update() == null) {
                    remove(found);
                } else {
                    found.forEach(place -> update(place, action.update()));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(action.name() + ": " + e.getMessage(), e);
            }
        }
        return without;
    }

    private void spend(int places) {
        looked += places;
        if (looked > MOST_PLACES) {
            throw new IllegalArgumentException("the overlay looks at too many places of the document");
        }
    }

    /** From the end of lists, so that what goes does not move what is still to go. */
    private static void remove(List<Found> found) {
        List<Found> items = new ArrayList<>();
        for (Found place : found) {
            if (place.parent() instanceof ObjectNode object) {
                object.remove(place.key());
            } else if (place.parent() == null) {
                throw new IllegalArgumentException("the whole document cannot be taken away");
            } else {
                items.add(place);
            }
        }
        items.sort(Comparator.comparingInt(Found::index).reversed());
        items.forEach(place -> {
            if (place.parent() instanceof ArrayNode list) {
                list.remove(place.index());
            }
        });
    }

    private void update(Found place, JsonNode update) {
        if (place.depth() > DEEPEST) {
            throw new IllegalArgumentException("the document is nested too deep");
        }
        if (place.node() instanceof ArrayNode list) {
            list.add(copy(update));
        } else if (place.node() instanceof ObjectNode object && update.isObject()) {
            merge(object, update);
        } else {
            throw new IllegalArgumentException(
                    place.node().isObject()
                            ? "what is laid over an object must be an object"
                            : "its target must lead to objects or lists: name what holds the value, and give the value by its key");
        }
    }

    private void merge(ObjectNode into, JsonNode update) {
        for (Map.Entry<String, JsonNode> member : update.properties()) {
            JsonNode there = into.get(member.getKey());
            if (there instanceof ObjectNode object && member.getValue().isObject()) {
                merge(object, member.getValue());
            } else if (there instanceof ArrayNode list && member.getValue().isArray()) {
                // The specification leaves lists within an update open; its example of traits means that they are
                // joined.
                list.addAll((ArrayNode) copy(member.getValue()));
            } else {
                into.set(member.getKey(), copy(member.getValue()));
            }
        }
    }

    private JsonNode copy(JsonNode update) {
        copied += size(update);
        if (copied > MOST_COPIED) {
            throw new IllegalArgumentException("the overlay makes the document too large");
        }
        return update.deepCopy();
    }

    private static String shown(String text) {
        return text.length() > 20 ? text.substring(0, 20) + "…" : text;
    }

    private static int size(JsonNode node) {
        int size = 1;
        for (JsonNode child : node) {
            size += size(child);
        }
        return size;
    }
}
