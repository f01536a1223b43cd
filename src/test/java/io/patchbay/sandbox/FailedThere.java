package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What failed in runs of a flow and is open, told for assertions. */
final class FailedThere {

    private FailedThere() {}

    /** The shapes where payloads failed, each with why, the newest first. */
    static List<String> of(Sandbox sandbox, String flow) throws Exception {
        List<String> told = new ArrayList<>();
        for (JsonNode one :
                sandbox.api("GET", "/api/v1/failed-payloads?flow=" + flow).path("data")) {
            told.add(one.path("shape").asText() + ": " + one.path("message").asText());
        }
        return told;
    }
}
