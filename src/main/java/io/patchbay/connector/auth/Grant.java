package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;
import java.util.Map;

/** What a client shows to get an access token (RFC 6749 section 1.3). */
interface Grant {

    /** RFC 6749 section 4.4. */
    Grant CLIENT_CREDENTIALS = () -> Map.of("grant_type", "client_credentials");

    /** The parameters of a token request, in order. */
    Map<String, String> fields() throws StepException;

    /** Whether it can be shown again and again; a code that a person got cannot. */
    default boolean again() {
        return true;
    }
}
