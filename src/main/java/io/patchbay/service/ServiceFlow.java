package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
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

    public ServiceFlow {
        origins = List.copyOf(origins);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    }

    /** Where in the service file a place of the text comes from. */
    public Location origin(Location at) {
        int line = Math.max(1, Math.min(origins.size(), at.line()));
        return origins.get(line - 1);
    }
}
