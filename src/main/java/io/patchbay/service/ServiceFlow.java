package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flow that a service becomes.
 *
 * @param text of the flow's file
 * @param origins where in the service file each line of the text comes from
 * @param constants values for the inputs of the source's endpoint that a run may give otherwise
 */
public record ServiceFlow(String text, List<Location> origins, Map<String, JsonNode> constants) {

    /** Variable with the values for the inputs of the source's endpoint. */
    public static final String WITH = "with";

    /** Variable with the references of the items that a run is for; all when it is empty. */
    public static final String ONLY = "only";

    /** Variable that says whether a run goes past the filters. */
    public static final String UNFILTERED = "unfiltered";

    /** The shape that reads the source. */
    public static final String SOURCE = "source";

    /** The shape that sends. */
    public static final String DESTINATION = "destination";

    /** The shape that writes down what was sent. */
    public static final String SENT = "sent";

    /** Before the zone of the source, in a remark of the text: a run that has another zone knows by it which dates are the source's. */
    static final String DATES = "dates without an offset: ";

    public ServiceFlow {
        origins = List.copyOf(origins);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    }

    /**
     * Values for the inputs of the source's endpoint that a run may give otherwise, of a text that was one of a service; empty when it gives none.
     *
     * @param text of what runs, whatever the service's file says by now
     */
    public static Map<String, JsonNode> constants(String text) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        Node root = new YamlReader().read("", text, new Problems()).orElse(null);
        if (root instanceof MapNode flow
                && flow.get("variables") instanceof MapNode variables
                && variables.get(WITH) instanceof MapNode with) {
            with.entries().forEach((name, entry) -> all.put(name, Literals.json(entry.value())));
        }
        return all;
    }

    /** Where in the service file a place of the text comes from. */
    public Location origin(Location at) {
        int line = Math.max(1, Math.min(origins.size(), at.line()));
        return origins.get(line - 1);
    }
}
