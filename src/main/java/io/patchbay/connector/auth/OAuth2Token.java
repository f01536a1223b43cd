package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.auth.RenewedProof.Life;
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

/** A token that is asked for (RFC 6749 section 5), kept for all calls of the instance. */
final class OAuth2Token implements Authorizer {

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Ten years, for systems that say "never" with a large number. */
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(315_360_000);

    private final String owner;
    private final AuthMethod method;
    private final TokenRequest request;
    private final TokenConfig config;
    private final Grant grant;
    private final @Nullable JwtSigner signer;
    private final CallScope scope;
    private final TokenFetch fetch;
    private final Clock clock;
    private final Redactor redactor;
    private final RenewedProof token;
    private volatile @Nullable String refreshToken;

    OAuth2Token(AuthMethod method, Grant grant, @Nullable JwtSigner signer, Surroundings surroundings) {
        this.owner = surroundings.owner();
        this.method = method;
        this.request = Objects.requireNonNull(method.token());
        this.config = Objects.requireNonNull(method.config().token());
        this.grant = grant;
        this.signer = signer;
        this.scope = surroundings.scope();
        this.fetch = surroundings.fetch();
        this.clock = surroundings.clock();
        this.redactor = surroundings.redactor();
        this.token = new RenewedProof(this::ask, clock);
    }

    @Override
    public Proof proof(Outgoing outgoing) throws StepException {
        return token.proof();
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        token.refused(proof);
        return true;
    }

    /** With the refresh token if there is one; when that is refused, with the grant itself. */
    private Life ask() throws StepException {
        String refresh = refreshToken;
        if (refresh != null) {
            refreshToken = null; // RFC 6749 section 6: a new one may take its place, and then it is of no use any more
            try {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("grant_type", "refresh_token");
                fields.put("refresh_token", refresh);
                return ask(fields, refresh);
            } catch (StepException e) {
                if (e.retryable()) {
                    refreshToken = refresh;
                    throw e;
                }
            }
        }
        return ask(grant.fields(), null);
    }

    private Life ask(Map<String, String> grantFields, @Nullable String refresh) throws StepException {
        Map<String, String> fields = new LinkedHashMap<>(grantFields);
        Map<String, String> headers = new LinkedHashMap<>();
        addClient(fields, headers);
        if (!config.scopes().isEmpty()) {
            fields.put("scope", String.join(config.scopeSeparator(), config.scopes()));
        }
        for (Parameter parameter : request.parameters()) {
            fields.put(parameter.name(), parameter.value().text(scope));
        }
        boolean form = config.bodyFormat() == TokenConfig.BodyFormat.FORM;
        Instant asked = clock.instant();
        JsonNode answer = fetch.post(
                url(),
                headers,
                form ? "application/x-www-form-urlencoded" : "application/json",
                form ? form(fields) : json(fields));
        Life fresh = token(answer, asked);
        if (grant.refreshes()) {
            JsonNode next = request.refreshToken().find(answer);
            refreshToken = next.isTextual() && !next.textValue().isEmpty() ? next.textValue() : refresh;
            if (refreshToken != null) {
                redactor.learn("refresh token:" + owner, refreshToken);
            }
        }
        return fresh;
    }

    private String url() {
        return Objects.requireNonNull(request.url()).text(scope);
    }

    private void addClient(Map<String, String> fields, Map<String, String> headers) throws StepException {
        String id = request.clientId() == null ? "" : request.clientId().text(scope);
        String secret =
                request.clientSecret() == null ? "" : request.clientSecret().text(scope);
        switch (request.clientAuth()) {
            case BASIC ->
                // RFC 6749 section 2.3.1: both are form-encoded before they are joined
                Authorizers.basic(encode(id), encode(secret), redactor)
                        .parts()
                        .forEach(part -> headers.put(part.name(), part.value()));
            case BODY -> {
                fields.put("client_id", id);
                fields.put("client_secret", secret);
            }
            case PRIVATE_KEY_JWT -> {
                // RFC 7523 sections 2.2 and 3
                Map<String, String> claims = new LinkedHashMap<>();
                claims.put("iss", id);
                claims.put("sub", id);
                claims.put("aud", url());
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

    private Life token(JsonNode answer, Instant asked) throws StepException {
        JsonNode value = request.accessToken().find(answer);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new StepException(
                    Owner.REMOTE, "NO_TOKEN", "the token endpoint's answer has no token at " + request.accessToken());
        }
        redactor.learn("token:" + owner, value.textValue());
        BigDecimal seconds = Values.number(request.expiresIn().find(answer));
        Duration lifetime = seconds == null
                ? config.defaultTtl()
                : Duration.ofSeconds(
                        seconds.max(BigDecimal.ZERO).min(LONGEST_SECONDS).longValue());
        Instant ends = asked.plus(lifetime);
        return new Life(
                Injection.of(method, scope).proof(value.textValue()),
                Lifetimes.renewAt(asked, ends, config.refreshBefore()),
                ends);
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
