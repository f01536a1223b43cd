package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node becomes: shapes one behind the other, and at their end perhaps one that goes several ways. */
final class Made {

    /** What goes several ways. */
    enum Fan {
        /** Records go down the paths whose conditions they meet. */
        ROUTE,
        /** All go down each path, one after the other. */
        BRANCH,
        /** What fails goes down the second. */
        TRY
    }

    /**
     * A way out.
     *
     * @param name of the path
     * @param when which records take it; null where no condition says so
     * @param otherwise whether it takes what no other takes
     */
    record Outlet(String name, @Nullable ObjectNode when, boolean otherwise) {}

    private final List<ObjectNode> shapes = new ArrayList<>();
    private final Map<String, Outlet> outlets = new LinkedHashMap<>();
    private final List<ObjectNode> behind = new ArrayList<>();
    private final List<ObjectNode> caught = new ArrayList<>();
    private @Nullable Fan fan;
    private boolean tried;
    private boolean lost;
    private ObjectNode settings = Json.NODES.objectNode();

    /** A shape. Its id is given later. */
    Made shape(String kind, JsonNode of) {
        ObjectNode shape = Json.NODES.objectNode();
        shape.set(kind, of);
        shapes.add(shape);
        return this;
    }

    /** A shape before all others. */
    Made first(String kind, JsonNode of) {
        ObjectNode shape = Json.NODES.objectNode();
        shape.set(kind, of);
        shapes.add(0, shape);
        return this;
    }

    /** Where nothing came out of the shapes, nothing goes on. */
    Made endsEmpty() {
        ObjectNode filter = Json.NODES.objectNode();
        filter.putArray(FlowText.COMMENT).add("where the script gives nothing, nothing goes on");
        filter.putObject("filter").putObject("drop").put("field", "${run.id}").put("is", "");
        behind.add(filter);
        return this;
    }

    /** Of what came out of the shapes, the part at this path goes on. */
    Made takes(String level) {
        ObjectNode split = Json.NODES.objectNode();
        split.putArray(FlowText.COMMENT)
                .add("what goes on is the part of the answer that holds the records, and not all of it");
        split.putObject("split").put("level", level);
        behind.add(split);
        return this;
    }

    /** Where a list came out of the shapes, its items go on. */
    Made takesApart() {
        ObjectNode split = Json.NODES.objectNode();
        split.putArray(FlowText.COMMENT)
                .add("an answer that is a list is its items there; one that is none stays as it is");
        split.putObject("split").put("level", "@");
        behind.add(split);
        return this;
    }

    /** Sets something around the last shape, like {@code onError}. */
    Made around(String key, JsonNode value) {
        shapes.get(shapes.size() - 1).set(key, value);
        return this;
    }

    /** What fails in the shapes so far goes through these, which may be none, and then on like the rest. */
    Made caught(List<ObjectNode> by) {
        tried = true;
        caught.addAll(by);
        return this;
    }

    /** Says that the shape stands for one that could not be made. */
    Made lost() {
        lost = true;
        return this;
    }

    /** Ends with what goes several ways. The settings are those beside its paths. */
    Made fan(Fan kind, ObjectNode beside) {
        fan = kind;
        settings = beside;
        return this;
    }

    /** @param key of the wires that leave there */
    Made outlet(String key, Outlet outlet) {
        outlets.put(key, outlet);
        return this;
    }

    List<ObjectNode> shapes() {
        return shapes;
    }

    List<ObjectNode> behind() {
        return behind;
    }

    boolean isTried() {
        return tried;
    }

    List<ObjectNode> caught() {
        return caught;
    }

    boolean isLost() {
        return lost;
    }

    @Nullable
    Fan fan() {
        return fan;
    }

    ObjectNode settings() {
        return settings;
    }

    Map<String, Outlet> outlets() {
        return outlets;
    }
}
