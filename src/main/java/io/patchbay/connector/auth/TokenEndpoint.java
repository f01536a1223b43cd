package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.auth.TokenFetch.To;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The requests of one client to its authorization server (RFC 6749 sections 4 to 6, RFC 7009), and what it reads of the answers. */
final class TokenEndpoint {

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Ten years, for systems that say "never" with a large number. */
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(315_360_000);

    private final String owner;
    private final TokenRequest request;
    private final TokenConfig config;
    private final @Nullable JwtSigner signer;
    private final CallScope scope;
    private final TokenFetch fetch;
    private final Clock clock;
    private final Redactor redactor;

    TokenEndpoint(AuthMethod method, @Nullable JwtSigner signer, Surroundings surroundings) {
        this.owner = surroundings.owner();
        this.request = Objects.requireNonNull(method.token());
        this.config = Objects.requireNonNull(method.config().token());
        this.signer = signer;
        this.scope = surroundings.scope();
        this.fetch = surroundings.fetch();
        this.clock = surroundings.clock();
        this.redactor = surroundings.redactor();
    }

    /**
     * What it gave.
     *
     * @param access the token
     * @param refresh what the next one is had for, or null
     * @param scope what the token is good for, or null
     * @param refreshLife how long the refresh token is good from {@code askedAt} on; null where the server does not say
     */
    record Given(
            String access,
            @Nullable String refresh,
            @Nullable String scope,
            Instant askedAt,
            Instant endsAt,
            @Nullable Duration refreshLife) {
        @Override
        public String toString() {
            return "token until " + endsAt;
        }
    }

    /** Asks for a token. */
    Given ask(Map<String, String> grant) throws StepException {
        Instant asked = clock.instant();
        return given(tokenFor(grant), asked);
    }

    /** Tells the server that a token is of no use any more (RFC 7009 section 2.1). @return false when no endpoint is declared */
    boolean revoke(String token, String kind) throws StepException {
        Template url = request.revokeUrl();
        if (url == null) {
            return false;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("token", token);
        fields.put("token_type_hint", kind);
        Map<String, String> headers = new LinkedHashMap<>();
        addClient(fields, headers);
        post(new To("token.revokeUrl", url, url.text(scope)), headers, fields);
        return true;
    }

    /** Where a browser is sent (RFC 6749 section 4.1.1). */
    URI authorize(Map<String, String> fields) throws StepException {
        Template url = Objects.requireNonNull(request.authorizeUrl());
        To to = new To("token.authorizeUrl", url, url.text(scope));
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("client_id", clientId());
        addScopes(all);
        for (Parameter parameter : request.authorizeParameters()) {
            all.put(parameter.name(), parameter.value().text(scope));
        }
        URI address = fetch.address(to);
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + form(all));
    }

    /** Tells this client and what it asks for from any other. */
    String client() {
        String all = request.clientId() == null ? "" : clientId();
        return url().url() + "\n" + all;
    }

    private String clientId() {
        return request.clientId() == null ? "" : request.clientId().text(scope);
    }

    private To url() {
        Template url = Objects.requireNonNull(request.url());
        return new To("token.url", url, url.text(scope));
    }

    private void addScopes(Map<String, String> fields) {
        if (!config.scopes().isEmpty()) {
            fields.put("scope", String.join(config.scopeSeparator(), config.scopes()));
        }
    }

    private JsonNode tokenFor(Map<String, String> grant) throws StepException {
        Map<String, String> fields = new LinkedHashMap<>(grant);
        Map<String, String> headers = new LinkedHashMap<>();
        addClient(fields, headers);
        // an authorization code stands for the scopes that were asked for with it (RFC 6749 section 4.1.3)
        if (!"authorization_code".equals(grant.get("grant_type"))) {
            addScopes(fields);
        }
        for (Parameter parameter : request.parameters()) {
            fields.put(parameter.name(), parameter.value().text(scope));
        }
        return switch (config.method()) {
            case POST -> post(url(), headers, fields);
            case GET -> fetch.get(url(), headers, query(fields));
        };
    }

    private JsonNode post(To to, Map<String, String> headers, Map<String, String> fields) throws StepException {
        boolean form = config.bodyFormat() == TokenConfig.BodyFormat.FORM;
        return fetch.post(
                to,
                headers,
                form ? "application/x-www-form-urlencoded" : "application/json",
                form ? form(fields) : json(fields));
    }

    /** Hidden as a whole wherever an address is shown: it holds values that are no setting, too, and short ones. */
    private String query(Map<String, String> fields) {
        for (String once : List.of("code", "code_verifier")) {
            redactor.learn("token " + once + ":" + owner, fields.getOrDefault(once, ""));
        }
        String query = form(fields);
        redactor.learn("token query:" + owner, query);
        return query;
    }

    private void addClient(Map<String, String> fields, Map<String, String> headers) throws StepException {
        String id = clientId();
        String secret =
                request.clientSecret() == null ? "" : request.clientSecret().text(scope);
        switch (request.clientAuth()) {
            case BASIC ->
                // RFC 6749 section 2.3.1: both are form-encoded before they are joined
                Authorizers.basic(encode(id), encode(secret), redactor)
                        .parts()
                        .forEach(part -> headers.put(part.name(), part.value()));
            case BODY, QUERY -> {
                fields.put("client_id", id);
                fields.put("client_secret", secret);
            }
            case PRIVATE_KEY_JWT -> {
                // RFC 7523 sections 2.2 and 3
                Map<String, String> claims = new LinkedHashMap<>();
                claims.put("iss", id);
                claims.put("sub", id);
                claims.put("aud", url().url());
                claims.put("jti", Nonce.RANDOM.next());
                fields.put("client_id", id);
                fields.put("client_assertion_type", ASSERTION);
                fields.put(
                        "client_assertion",
                        Objects.requireNonNull(signer).make(claims).token());
            }
            default -> {
                if (!id.isEmpty()) {
                    fields.put("client_id", id);
                }
            }
        }
    }

    private Given given(JsonNode answer, Instant asked) throws StepException {
        JsonNode value = request.accessToken().find(answer);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new StepException(
                    Owner.REMOTE, "NO_TOKEN", "the token endpoint's answer has no token at " + request.accessToken());
        }
        BigDecimal seconds = Values.number(request.expiresIn().find(answer));
        Duration lifetime = seconds == null
                ? config.defaultTtl()
                : Duration.ofSeconds(
                        seconds.max(BigDecimal.ZERO).min(LONGEST_SECONDS).longValue());
        JsonNode next = request.refreshToken().find(answer);
        String refresh = next.isTextual() && !next.textValue().isEmpty() ? next.textValue() : null;
        learn(value.textValue(), refresh);
        return new Given(
                value.textValue(),
                refresh,
                answer.path("scope").textValue(),
                asked,
                asked.plus(lifetime),
                refreshLife(answer));
    }

    /** Systems that mean "for ever" say nothing, or 0. */
    private @Nullable Duration refreshLife(JsonNode answer) {
        return request.refreshExpiresIn().stream()
                .map(place -> Values.number(place.find(answer)))
                .filter(seconds -> seconds != null && seconds.signum() > 0)
                .map(seconds -> Duration.ofSeconds(seconds.min(LONGEST_SECONDS).longValue()))
                .findFirst()
                .orElse(null);
    }

    /** Makes tokens known that must not be shown. */
    void learn(String access, @Nullable String refresh) {
        redactor.learn("token:" + owner, access);
        if (refresh != null) {
            redactor.learn("refresh token:" + owner, refresh);
        }
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
