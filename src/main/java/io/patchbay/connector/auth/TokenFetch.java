package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.StepException;
import java.util.Map;

/** Asks a token endpoint, within the hosts that are allowed for it. */
public interface TokenFetch {

    /**
     * Posts a request.
     *
     * @param url the token endpoint
     * @param headers besides Content-Type and Accept
     * @param contentType of the body
     * @param body the request
     * @return the JSON of a successful answer
     * @throws StepException when there is none; the message holds nothing of the request
     */
    JsonNode post(String url, Map<String, String> headers, String contentType, String body) throws StepException;
}
