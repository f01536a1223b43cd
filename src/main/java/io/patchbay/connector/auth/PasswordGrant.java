package io.patchbay.connector.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/** The user's name and password (RFC 6749 section 4.3), and from then on the refresh token if the answer has one. */
record PasswordGrant(String username, String password) implements Grant {

    @Override
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "password");
        fields.put("username", username);
        fields.put("password", password);
        return fields;
    }

    @Override
    public String toString() {
        return "password of " + username;
    }
}
