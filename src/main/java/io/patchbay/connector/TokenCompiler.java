package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.JwtConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.connector.definition.TokenConfig.BodyFormat;
import io.patchbay.connector.definition.TokenConfig.ClientAuth;
import io.patchbay.connector.definition.TokenConfig.Method;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles how a token is had. */
final class TokenCompiler {

    /** Parameters of the address that a browser is sent to which are not the author's (RFC 6749 section 4.1.1, RFC 7636). */
    private static final List<String> OWN = List.of(
            "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method");

    /** Names that servers use for what no standard names. */
    private static final List<String> REFRESH_EXPIRES_IN =
            List.of("$.refresh_token_expires_in", "$.x_refresh_token_expires_in", "$.refresh_expires_in");

    private static final Set<ClientAuth> SHOWS_SECRET = Set.of(ClientAuth.BASIC, ClientAuth.BODY, ClientAuth.QUERY);

    private final Compiling compiling;
    private final AuthTexts texts;

    TokenCompiler(Compiling compiling, AuthTexts texts) {
        this.compiling = compiling;
        this.texts = texts;
    }

    TokenRequest compile(AuthConfig auth, TokenConfig token, String[] method) {
        String[] keys = Compiling.below(method, "token");
        boolean signs = auth.type() == AuthConfig.Type.JWT;
        ClientAuth clientAuth = clientAuth(auth, token);
        checkUse(auth, token, clientAuth, keys);
        boolean secret = !signs && SHOWS_SECRET.contains(clientAuth);
        boolean code = auth.type() == AuthConfig.Type.OAUTH2_AUTHORIZATION_CODE;
        boolean client = code
                || secret
                || clientAuth == ClientAuth.PRIVATE_KEY_JWT
                || (!signs && has(auth.clientId(), "clientId"));
        return new TokenRequest(
                address(token.url()),
                address(token.authorizeUrl()),
                compiling.parameters(token.authorizeParameters(), Where.FIXED),
                address(token.revokeUrl()),
                clientAuth,
                client ? texts.needed(given(auth.clientId(), "clientId", method)) : null,
                secret ? texts.secret(given(auth.clientSecret(), "clientSecret", method), "clientSecret") : null,
                texts.parameters(token.parameters()),
                place(token.accessTokenPath(), keys, "accessTokenPath"),
                place(token.expiresInPath(), keys, "expiresInPath"),
                place(token.refreshTokenPath(), keys, "refreshTokenPath"),
                refreshExpiresIn(token, keys),
                token.jwt() == null ? null : jwt(token.jwt(), Compiling.below(keys, "jwt")));
    }

    private @Nullable Template address(@Nullable Text url) {
        return url == null ? null : texts.in(url, Where.FIXED);
    }

    /** Where nothing is said, a client with a secret proves itself with that; RFC 6749 section 4.4 asks for it always. */
    private ClientAuth clientAuth(AuthConfig auth, TokenConfig token) {
        if (token.clientAuth() != null) {
            return token.clientAuth();
        }
        boolean secret =
                auth.type() == AuthConfig.Type.OAUTH2_CLIENT_CREDENTIALS || has(auth.clientSecret(), "clientSecret");
        return secret ? ClientAuth.BASIC : ClientAuth.NONE;
    }

    private boolean has(@Nullable Text own, String setting) {
        return own != null || compiling.settings().contains(setting);
    }

    private Text given(@Nullable Text own, String setting, String[] method) {
        return Objects.requireNonNullElseGet(own, () -> Text.of("${settings." + setting + "}", compiling.at(method)));
    }

    private void checkUse(AuthConfig auth, TokenConfig token, ClientAuth clientAuth, String[] keys) {
        AuthConfig.Type type = auth.type();
        boolean proof = clientAuth == ClientAuth.PRIVATE_KEY_JWT;
        boolean assertion = type == AuthConfig.Type.OAUTH2_JWT_BEARER;
        if (type != AuthConfig.Type.JWT && token.url() == null) {
            missing(keys, "token needs the key 'url'", "the token endpoint");
        }
        checkBrowser(type, token, keys);
        checkMethod(type, token, clientAuth, keys);
        if (type == AuthConfig.Type.JWT && token.url() != null) {
            notHere(Compiling.below(keys, "url"), "a token that we sign is asked for nowhere", null);
        }
        if ((type == AuthConfig.Type.JWT || assertion || proof) && token.jwt() == null) {
            missing(
                    keys,
                    "token needs the key 'jwt'",
                    "jwt: { alg: rs256, key: \"${settings.privateKey}\", claims: { … } }");
        }
        if (type != AuthConfig.Type.JWT && !assertion && !proof && token.jwt() != null) {
            notHere(
                    Compiling.below(keys, "jwt"),
                    "nothing here signs a token",
                    "a client proves itself with it when clientAuth is privateKeyJwt");
        }
        if (assertion && proof) {
            notHere(
                    Compiling.below(keys, "clientAuth"),
                    "the signed token is the grant already, it cannot be the client's proof too",
                    "use oauth2ClientCredentials with clientAuth: privateKeyJwt, or leave clientAuth out");
        }
    }

    private void checkBrowser(AuthConfig.Type type, TokenConfig token, String[] keys) {
        boolean code = type == AuthConfig.Type.OAUTH2_AUTHORIZATION_CODE;
        if (code && token.authorizeUrl() == null) {
            missing(keys, "token needs the key 'authorizeUrl'", "where a person lets us in");
        }
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("authorizeUrl", token.authorizeUrl() != null);
        given.put("authorizeParameters", !token.authorizeParameters().isEmpty());
        given.put("issuer", token.issuer() != null);
        given.put("revokeUrl", token.revokeUrl() != null);
        given.put("pkce", !token.pkce());
        given.forEach((key, there) -> {
            if (there && !code) {
                notHere(
                        Compiling.below(keys, key),
                        "'" + key + "' belongs to oauth2AuthorizationCode: nobody is sent to a browser here",
                        null);
            }
        });
        if (token.rotatesRefreshToken() && !code && type != AuthConfig.Type.OAUTH2_PASSWORD) {
            notHere(
                    Compiling.below(keys, "rotatesRefreshToken"),
                    "'rotatesRefreshToken' belongs to oauth2AuthorizationCode and oauth2Password: no refresh token is used here",
                    null);
        }
        Map<String, Boolean> refresh = new LinkedHashMap<>();
        refresh.put("refreshExpiresInPath", token.refreshExpiresInPath() != null);
        refresh.put("refreshTtl", token.refreshTtl() != null);
        refresh.forEach((key, there) -> {
            if (there && !code) {
                notHere(
                        Compiling.below(keys, key),
                        "'" + key
                                + "' belongs to oauth2AuthorizationCode: elsewhere no person is needed when a refresh token ends",
                        null);
            }
        });
        for (String own : OWN) {
            if (token.authorizeParameters().containsKey(own)) {
                notHere(
                        Compiling.below(keys, "authorizeParameters", own),
                        "'" + own + "' is set by the program itself",
                        "leave it out; scopes stand in token.scopes, the client in clientId");
            }
        }
    }

    /** What a GET has no place for. */
    private void checkMethod(AuthConfig.Type type, TokenConfig token, ClientAuth clientAuth, String[] keys) {
        boolean get = token.method() == Method.GET;
        if (get && type == AuthConfig.Type.JWT) {
            notHere(Compiling.below(keys, "method"), "a token that we sign is asked for nowhere", null);
            return;
        }
        if (get && token.bodyFormat() == BodyFormat.JSON) {
            notHere(
                    Compiling.below(keys, "bodyFormat"),
                    "a token that is asked for by GET has no body: its parameters stand in the query",
                    "take 'bodyFormat' out, or 'method: GET'");
        }
        if (get && clientAuth == ClientAuth.BODY) {
            notHere(
                    Compiling.below(keys, "clientAuth"),
                    "a token that is asked for by GET has no body for id and secret",
                    "clientAuth: query, or basic where the server takes the Authorization header");
        }
        if (!get && clientAuth == ClientAuth.QUERY) {
            notHere(
                    Compiling.below(keys, "clientAuth"),
                    "id and secret stand in the query of a token that is asked for by GET, and of no other",
                    "clientAuth: body, or method: GET");
        }
    }

    private void missing(String[] keys, String what, String hint) {
        compiling.error(compiling.at(keys), "MISSING_KEY", what, hint);
    }

    private void notHere(String[] keys, String what, @Nullable String hint) {
        compiling.error(compiling.at(keys), "NOT_HERE", what, hint);
    }

    private JwtRecipe jwt(JwtConfig config, String[] keys) {
        Template key = texts.secret(config.key(), "privateKey");
        return new JwtRecipe(
                config,
                key,
                texts.optional(config.kid()),
                texts.parameters(config.header()),
                claims(config.claims(), keys));
    }

    private @Nullable TemplateTree claims(@Nullable Node claims, String[] keys) {
        if (claims == null) {
            return null;
        }
        if (!(claims instanceof MapNode)) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "claims")),
                    "WRONG_TYPE",
                    "claims must be a mapping, found " + claims.kind(),
                    "like claims: { iss: \"${settings.clientId}\", aud: \"https://…\" }");
            return null;
        }
        return texts.tree(claims);
    }

    private List<Place> refreshExpiresIn(TokenConfig token, String[] keys) {
        String own = token.refreshExpiresInPath();
        return own == null
                ? REFRESH_EXPIRES_IN.stream().map(Place::parse).toList()
                : List.of(place(own, keys, "refreshExpiresInPath"));
    }

    private Place place(String path, String[] keys, String key) {
        @Nullable Place place = compiling.parsed(path, Place::parse, Compiling.below(keys, key));
        return place == null ? Place.parse("$") : place;
    }
}
