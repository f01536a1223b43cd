package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Template;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Asks a token endpoint, within the hosts that are allowed for it. */
public interface TokenFetch {

    /** Code of the failure when the server does not take what a token is asked for with: {@code invalid_grant} (RFC 6749 section 5.2). */
    String GRANT_REFUSED = "GRANT_REFUSED";

    /**
     * Where a request goes.
     *
     * @param key that says so, like {@code token.url}
     * @param written what it was written as, which tells whether a setting alone names the host
     * @param url the address
     */
    record To(String key, Template written, String url) {}

    /**
     * Posts a request.
     *
     * @param to the token endpoint
     * @param headers besides Content-Type and Accept
     * @param contentType of the body
     * @param body the request
     * @return the JSON of a successful answer; missing when it is empty
     * @throws StepException when there is none; the message holds nothing of the request
     */
    JsonNode post(To to, Map<String, String> headers, String contentType, String body) throws StepException;

    /**
     * Gets an answer for a request that stands in the address.
     *
     * @param to the token endpoint
     * @param headers besides Accept
     * @param query the request, encoded
     * @return as for {@link #post}
     * @throws StepException likewise
     */
    JsonNode get(To to, Map<String, String> headers, String query) throws StepException;

    /** An address that secrets may be sent to. @throws StepException when they may not */
    URI address(To to) throws StepException;

    /** The longest that one of them takes. */
    Duration longest();
}
