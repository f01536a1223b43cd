package io.patchbay.connector.auth;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.JwtRecipe;
import io.patchbay.connector.ScriptCalls;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.AwsConfig;
import io.patchbay.connector.definition.HmacConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.LoginConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the authorizer of an instance: the one list of methods for HTTP. */
public final class Authorizers {

    private Authorizers() {}

    /**
     * The authorizer of a method.
     *
     * @throws StepException when a setting is not there, or not of the form that the method needs
     */
    public static Authorizer of(AuthMethod method, Surroundings surroundings) throws StepException {
        try {
            Authorizer plain = plain(method, surroundings);
            return method.hmac() == null
                    ? plain
                    : new Signed(
                            plain,
                            new HmacSigner(method.hmac(), surroundings.scope(), surroundings.clock(), Nonce.RANDOM));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** Always the same proof. */
    public static Authorizer fixed(Proof proof) {
        return new FixedProof(proof);
    }

    private static Authorizer plain(AuthMethod method, Surroundings surroundings) throws StepException {
        CallScope scope = surroundings.scope();
        Clock clock = surroundings.clock();
        Redactor redactor = surroundings.redactor();
        InjectConfig inject = method.config().inject();
        Proof given = given(method, surroundings);
        if (given != null) {
            return new FixedProof(given);
        }
        return switch (method.config().type()) {
            case API_KEY -> new FixedProof(key(Objects.requireNonNull(inject), text(method.value(), scope)));
            case BEARER -> new FixedProof(bearer(inject, text(method.value(), scope)));
            case BASIC ->
                new FixedProof(basic(text(method.username(), scope), text(method.password(), scope), redactor));
            case OAUTH2_CLIENT_CREDENTIALS, OAUTH2_JWT_BEARER, OAUTH2_PASSWORD, OAUTH2_AUTHORIZATION_CODE ->
                token(method, surroundings);
            case JWT ->
                new SignedToken(
                        Objects.requireNonNull(signer(method, surroundings)),
                        Injection.of(method, scope),
                        Objects.requireNonNull(method.config().token()).refreshBefore(),
                        clock);
            case SESSION_LOGIN -> new SessionLogin(method, surroundings);
            case DIGEST -> new Digest(text(method.username(), scope), text(method.password(), scope), Nonce.RANDOM);
            case WSSE -> new Wsse(text(method.username(), scope), text(method.password(), scope), clock, Nonce.RANDOM);
            case AWS_SIGV4 -> new AwsSigner(aws(method, scope), clock);
            case OAUTH1 -> oauth1(method, scope, clock);
            case SCRIPT ->
                new ScriptSigner(
                        new ScriptSigner.Code(
                                Objects.requireNonNull(method.script()),
                                surroundings.known(),
                                Set.copyOf(method.config().secrets()),
                                Set.copyOf(method.config().query())),
                        new ScriptCalls(surroundings.scripts(), redactor),
                        surroundings);
            default -> new FixedProof(Proof.NONE);
        };
    }

    /** What is shown where the instance has its token, session or challenge already; null when it asks for none. */
    private static @Nullable Proof given(AuthMethod method, Surroundings surroundings) {
        String given = surroundings.connecting().given();
        if (given == null || !method.config().type().asks()) {
            return null;
        }
        if (method.config().type() == AuthConfig.Type.DIGEST) {
            return Proof.header("Authorization", "Digest " + given);
        }
        LoginConfig login = method.config().login();
        String cookie = login == null || method.config().inject() != null ? null : login.cookie();
        return cookie == null
                ? Injection.of(method, surroundings.scope()).proof(given)
                : Proof.header("Cookie", (cookie.equals("*") ? "session" : cookie) + "=" + given);
    }

    /** Names of the query parameters that carry a method's proof. */
    public static Set<String> inQuery(AuthConfig config) {
        Set<String> names = new HashSet<>();
        InjectConfig inject = config.inject();
        if (inject != null && inject.into() == Into.QUERY && inject.name() != null) {
            names.add(inject.name());
        }
        names.addAll(config.query());
        HmacConfig hmac = config.hmac();
        if (hmac != null) {
            Stream.of(
                            named(hmac.into().into(), hmac.into().name()),
                            hmac.timestamp() == null
                                    ? null
                                    : named(
                                            hmac.timestamp().into().part(),
                                            hmac.timestamp().name()),
                            hmac.nonce() == null
                                    ? null
                                    : named(
                                            hmac.nonce().into().part(),
                                            hmac.nonce().name()))
                    .filter(Objects::nonNull)
                    .forEach(names::add);
        }
        return names;
    }

    private static @Nullable String named(Into into, @Nullable String name) {
        return into == Into.QUERY ? name : null;
    }

    private static String text(@Nullable Template template, CallScope scope) {
        return Objects.requireNonNull(template).text(scope);
    }

    private static @Nullable String optional(@Nullable Template template, CallScope scope) {
        String text = template == null || template.find(scope).isMissingNode() ? "" : template.text(scope);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable JwtSigner signer(AuthMethod method, Surroundings surroundings) throws StepException {
        JwtRecipe recipe = Objects.requireNonNull(method.token()).jwt();
        return recipe == null ? null : new JwtSigner(recipe, surroundings);
    }

    private static Authorizer token(AuthMethod method, Surroundings surroundings) throws StepException {
        JwtSigner signer = signer(method, surroundings);
        CallScope scope = surroundings.scope();
        return switch (method.config().type()) {
            case OAUTH2_JWT_BEARER ->
                new OAuth2Token(method, () -> assertion(Objects.requireNonNull(signer)), signer, surroundings);
            case OAUTH2_PASSWORD ->
                new KeptToken(
                        method,
                        new PasswordGrant(text(method.username(), scope), text(method.password(), scope)),
                        signer,
                        surroundings);
            case OAUTH2_AUTHORIZATION_CODE -> new KeptToken(method, new CodeGrant(), signer, surroundings);
            default -> new OAuth2Token(method, Grant.CLIENT_CREDENTIALS, signer, surroundings);
        };
    }

    /** RFC 7523 section 2.1. */
    private static Map<String, String> assertion(JwtSigner signer) throws StepException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        fields.put("assertion", signer.make(Map.of("jti", Nonce.RANDOM.next())).token());
        return fields;
    }

    private static AwsSigner.Keys aws(AuthMethod method, CallScope scope) {
        AuthMethod.AwsKeys keys = Objects.requireNonNull(method.aws());
        AwsConfig config = Objects.requireNonNull(method.config().aws());
        String service = keys.service().text(scope);
        boolean store = service.equals("s3");
        return new AwsSigner.Keys(
                keys.accessKeyId().text(scope),
                keys.secretAccessKey().text(scope),
                optional(keys.sessionToken(), scope),
                keys.region().text(scope),
                service,
                Objects.requireNonNullElse(config.doubleEncoding(), !store),
                Objects.requireNonNullElse(config.contentHash(), store));
    }

    private static Authorizer oauth1(AuthMethod method, CallScope scope, Clock clock) {
        AuthMethod.OAuth1Keys keys = Objects.requireNonNull(method.oauth1());
        return new OAuth1(
                new OAuth1.Keys(
                        keys.consumerKey().text(scope),
                        keys.consumerSecret().text(scope),
                        optional(keys.token(), scope),
                        optional(keys.tokenSecret(), scope),
                        optional(keys.realm(), scope),
                        Objects.requireNonNull(method.config().oauth1()).signatureMethod()),
                clock,
                Nonce.RANDOM);
    }

    /** A fixed token where the definition wants it, by default as RFC 6750 says. */
    private static Proof bearer(@Nullable InjectConfig inject, String token) {
        return inject == null || inject.name() == null
                ? Proof.header("Authorization", "Bearer " + token)
                : Injection.in(inject.into(), inject.name(), token);
    }

    private static Proof key(InjectConfig inject, String value) {
        return Injection.in(inject.into(), Objects.requireNonNull(inject.name()), value);
    }

    /** RFC 7617. */
    static Proof basic(String user, String password, Redactor redactor) {
        String pair = user + ":" + password;
        redactor.learn("basic:" + user, pair);
        return Proof.header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
