package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Records of endpoints that were recorded: for what no schema says. */
public interface EndpointSamples {

    /** Records that an endpoint gave; none when none are known. */
    List<JsonNode> given(Connector connector, Endpoint endpoint);
}
