package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.JwtConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.connector.definition.TokenConfig.ClientAuth;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks and compiles how a token is had. */
final class TokenCompiler {

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
        boolean secret = !signs && (clientAuth == ClientAuth.BASIC || clientAuth == ClientAuth.BODY);
        boolean client =
                secret || clientAuth == ClientAuth.PRIVATE_KEY_JWT || (!signs && has(auth.clientId(), "clientId"));
        return new TokenRequest(
                token.url() == null ? null : texts.in(token.url(), Where.FIXED),
                clientAuth,
                client ? texts.needed(given(auth.clientId(), "clientId", method)) : null,
                secret ? texts.needed(given(auth.clientSecret(), "clientSecret", method)) : null,
                texts.parameters(token.parameters()),
                place(token.accessTokenPath(), keys, "accessTokenPath"),
                place(token.expiresInPath(), keys, "expiresInPath"),
                place(token.refreshTokenPath(), keys, "refreshTokenPath"),
                token.jwt() == null ? null : jwt(token.jwt(), Compiling.below(keys, "jwt")));
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

    private Place place(String path, String[] keys, String key) {
        @Nullable Place place = compiling.parsed(path, Place::parse, Compiling.below(keys, key));
        return place == null ? Place.parse("$") : place;
    }
}
