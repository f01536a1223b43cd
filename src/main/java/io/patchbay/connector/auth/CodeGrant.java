package io.patchbay.connector.auth;

import java.util.Map;

/** A code that a person got in a browser (RFC 6749 section 4.1.3): good once, so that the refresh token is all that there is. */
record CodeGrant() implements Grant {

    @Override
    public Map<String, String> fields() {
        throw new IllegalStateException("a code cannot be had without a person");
    }

    @Override
    public boolean again() {
        return false;
    }
}
