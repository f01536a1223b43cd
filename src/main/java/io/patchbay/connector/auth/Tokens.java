package io.patchbay.connector.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave (RFC 6749 section 5.1) and an instance keeps. It prints without the tokens.
 *
 * @param accessToken what is shown to the system
 * @param refreshToken what the next one is had for, or null
 * @param askedAt when it was asked for
 * @param endsAt when the access token ends
 * @param scope what the server says that it is good for, or null
 * @param connectedAt when the first of them was given
 * @param gotWith tells the client that got them from any other
 */
public record Tokens(
        String accessToken,
        @Nullable String refreshToken,
        Instant askedAt,
        Instant endsAt,
        @Nullable String scope,
        Instant connectedAt,
        String gotWith) {

    /** As one text, which holds the tokens. */
    public String text() {
        ObjectNode object = Json.NODES.objectNode();
        object.put("access", accessToken);
        object.put("refresh", refreshToken);
        object.put("asked", askedAt.toString());
        object.put("ends", endsAt.toString());
        object.put("scope", scope);
        object.put("connected", connectedAt.toString());
        object.put("with", gotWith);
        return object.toString();
    }

    /** Reads that text. @throws IllegalArgumentException when it is another one */
    public static Tokens parse(String text) {
        try {
            JsonNode object = Json.MAPPER.readTree(text);
            return new Tokens(
                    object.required("access").textValue(),
                    object.path("refresh").textValue(),
                    Instant.parse(object.required("asked").textValue()),
                    Instant.parse(object.required("ends").textValue()),
                    object.path("scope").textValue(),
                    Instant.parse(object.required("connected").textValue()),
                    object.required("with").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no kept tokens", e);
        }
    }

    @Override
    public String toString() {
        return "tokens until " + endsAt;
    }
}
