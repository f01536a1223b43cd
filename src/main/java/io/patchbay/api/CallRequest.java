package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an endpoint is to be called with. */
@Doc("What an endpoint is to be called with")
record CallRequest(
        @Doc("Values for its inputs, by name") @Nullable Map<String, JsonNode> with,

        @Doc("What is sent: any JSON value; nothing when it is missing") @Nullable
        JsonNode payload) {}
