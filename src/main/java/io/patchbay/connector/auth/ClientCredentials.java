package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token asked for with the client's own credentials (RFC 6749 section 4.4), kept for all calls of the instance. One caller
 * asks for a new one; while the old one is still good the others go on with it, else they wait and share the outcome.
 */
final class ClientCredentials implements Authorizer {

    private final AuthMethod method;
    private final TokenRequest request;
    private final TokenConfig config;
    private final CallScope scope;
    private final TokenFetch fetch;
    private final Clock clock;
    private final Redactor redactor;
    private final SingleFlight<Token> flight = new SingleFlight<>();
    private volatile @Nullable Token token;

    private record Token(Proof proof, Instant renewAt, Instant endsAt) {}

    ClientCredentials(AuthMethod method, CallScope scope, TokenFetch fetch, Clock clock, Redactor redactor) {
        this.method = method;
        this.request = Objects.requireNonNull(method.token());
        this.config = Objects.requireNonNull(method.config().token());
        this.scope = scope;
        this.fetch = fetch;
        this.clock = clock;
        this.redactor = redactor;
    }

    @Override
    public Proof proof(Outgoing outgoing) throws StepException {
        Token current = token;
        if (current == null) {
            return renewed(null);
        }
        Instant now = clock.instant();
        if (now.isBefore(current.renewAt())) {
            return current.proof();
        }
        if (now.isBefore(current.endsAt()) && flight.busy()) {
            return current.proof();
        }
        return renewed(current);
    }

    @Override
    public boolean refused(Proof proof, Refusal refusal) {
        Token current = token;
        if (current != null && proof.holds(current.proof())) {
            token = null;
        }
        return true;
    }

    private Proof renewed(@Nullable Token old) throws StepException {
        return flight.run(() -> {
                    Token current = token;
                    if (current != null && !current.equals(old)) {
                        return current; // someone was faster
                    }
                    Token fresh = ask();
                    token = fresh;
                    return fresh;
                })
                .proof();
    }

    private Token ask() throws StepException {
        String id = request.clientId().text(scope);
        String secret = request.clientSecret().text(scope);
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        if (config.clientAuth() == TokenConfig.ClientAuth.BODY) {
            fields.put("client_id", id);
            fields.put("client_secret", secret);
        } else {
            // RFC 6749 section 2.3.1: both are form-encoded before they are joined
            Proof basic = Authorizers.basic(encode(id), encode(secret), redactor);
            basic.parts().forEach(part -> headers.put(part.name(), part.value()));
        }
        if (!config.scopes().isEmpty()) {
            fields.put("scope", String.join(config.scopeSeparator(), config.scopes()));
        }
        for (Parameter parameter : request.parameters()) {
            fields.put(parameter.name(), parameter.value().text(scope));
        }
        boolean form = config.bodyFormat() == TokenConfig.BodyFormat.FORM;
        Instant asked = clock.instant();
        JsonNode answer = fetch.post(
                request.url().text(scope),
                headers,
                form ? "application/x-www-form-urlencoded" : "application/json",
                form ? form(fields) : json(fields));
        return token(answer, asked);
    }

    private Token token(JsonNode answer, Instant asked) throws StepException {
        JsonNode value = request.accessToken().find(answer);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new StepException(
                    Owner.REMOTE, "NO_TOKEN", "the token endpoint's answer has no token at " + request.accessToken());
        }
        redactor.learn("token:" + method.id() + "@" + request.url(), value.textValue());
        BigDecimal seconds = Values.number(request.expiresIn().find(answer));
        Duration lifetime =
                seconds == null ? config.defaultTtl() : Duration.ofSeconds(Math.max(0, seconds.longValue()));
        Duration margin = config.refreshBefore();
        if (margin.compareTo(lifetime.dividedBy(2)) > 0) {
            margin = lifetime.dividedBy(2); // a short-lived token must not be renewed for every call
        }
        Instant ends = asked.plus(lifetime);
        return new Token(Authorizers.bearer(method.config().inject(), value.textValue()), ends.minus(margin), ends);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String json(Map<String, String> fields) {
        ObjectNode object = Json.NODES.objectNode();
        fields.forEach(object::put);
        return object.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
