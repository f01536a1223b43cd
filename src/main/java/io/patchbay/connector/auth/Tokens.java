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
 * @param refreshTerm how long the refresh token is good; null where that is not known
 * @param gotWith tells the client that got them from any other
 */
public record Tokens(
        String accessToken,
        @Nullable String refreshToken,
        Instant askedAt,
        Instant endsAt,
        @Nullable String scope,
        Instant connectedAt,
        @Nullable Term refreshTerm,
        String gotWith) {

    /** From when until when something is good. */
    public record Term(Instant from, Instant until) {}

    /** As one text, which holds the tokens. */
    public String text() {
        ObjectNode object = Json.NODES.objectNode();
        object.put("access", accessToken);
        object.put("refresh", refreshToken);
        object.put("asked", askedAt.toString());
        object.put("ends", endsAt.toString());
        object.put("scope", scope);
        object.put("connected", connectedAt.toString());
        if (refreshTerm != null) {
            object.put("refreshFrom", refreshTerm.from().toString());
            object.put("refreshUntil", refreshTerm.until().toString());
        }
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
                    term(object),
                    object.required("with").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no kept tokens", e);
        }
    }

    private static @Nullable Term term(JsonNode object) {
        return object.has("refreshUntil")
                ? new Term(
                        Instant.parse(object.required("refreshFrom").textValue()),
                        Instant.parse(object.required("refreshUntil").textValue()))
                : null;
    }

    /** How long calls go on without a person, where that is known: by the refresh token, or by the last token where there is none. */
    public @Nullable Term term() {
        return refreshToken == null ? new Term(askedAt, endsAt) : refreshTerm;
    }

    @Override
    public String toString() {
        return "tokens until " + endsAt;
    }
}
