package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.IdempotencyKey;
import io.patchbay.connector.definition.IdempotencyConfig;
import io.patchbay.connector.paging.Turn;
import io.patchbay.expression.Template;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the key that lets a system know a repeated request where the endpoint wants it. */
final class RequestKey {

    private final @Nullable IdempotencyKey key;
    private final String of;

    /**
     * The key of an endpoint's requests.
     *
     * @param key where it goes; null when none is sent
     * @param instance name of the instance
     * @param endpoint id of the endpoint
     */
    RequestKey(@Nullable IdempotencyKey key, String instance, String endpoint) {
        this.key = key;
        this.of = instance + "\n" + endpoint + "\n";
    }

    /**
     * The request with its key.
     *
     * @param request what tells it from any other, the same on every try
     */
    Turn on(Turn turn, CallScope scope, String request) throws StepException {
        if (key == null) {
            return turn;
        }
        String value = value(key.value(), scope, request);
        return new Turn(
                turn.url(),
                key.into() == IdempotencyConfig.Type.QUERY ? with(turn.query(), key.name(), value) : turn.query(),
                key.into() == IdempotencyConfig.Type.HEADER ? with(turn.headers(), key.name(), value) : turn.headers(),
                key.into() == IdempotencyConfig.Type.BODY
                        ? with(turn.body(), key.name(), Json.NODES.textNode(value))
                        : turn.body(),
                turn.page());
    }

    private String value(@Nullable Template own, CallScope scope, String request) throws StepException {
        return own == null ? derived(request) : own.text(scope);
    }

    private static <T> Map<String, T> with(Map<String, T> others, String name, T value) {
        Map<String, T> all = new HashMap<>(others);
        all.put(name, value);
        return all;
    }

    /** From instance, endpoint and what is sent: the same on every try, also after a crash. */
    private String derived(String request) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((of + request).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
