package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.StepException;
import java.net.URI;

/** Calls the endpoints that open and end a session, without a proof of another one. */
public interface Sessions {

    /** Of what has no endpoints that open one. */
    Sessions NONE = new Sessions() {
        @Override
        public Opened open(String endpoint) {
            throw new IllegalStateException("no login endpoint belongs to this way to prove who calls");
        }

        @Override
        public URI server(String endpoint, String address) {
            throw new IllegalStateException("no login endpoint belongs to this way to prove who calls");
        }
    };

    /** What the login answered. */
    interface Opened extends AnswerHeaders {
        /** Its JSON; missing when it is none. */
        JsonNode tree();
    }

    /** Calls the login endpoint. @throws StepException when it did not succeed; the message holds nothing of the request */
    Opened open(String endpoint) throws StepException;

    /**
     * The server that a login names for further calls.
     *
     * @throws StepException when it is no address, or none that the instance's calls may go to
     */
    URI server(String endpoint, String address) throws StepException;
}
