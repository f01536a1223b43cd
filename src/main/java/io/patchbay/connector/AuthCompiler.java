package io.patchbay.connector;

import io.patchbay.connector.AuthMethod.OAuth1Keys;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.OAuth1Config;
import io.patchbay.connector.definition.Text;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.expression.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles the ways to prove who calls. */
final class AuthCompiler {

    private final Compiling compiling;
    private final Set<String> reads = new HashSet<>();

    AuthCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    AuthMethod compile(String id, AuthConfig auth) {
        String[] keys = {"auth", id};
        requireFields(auth, keys);
        InjectConfig inject = auth.inject();
        if (inject != null) {
            checkInject(auth, inject, keys);
        }
        Template value = inject == null ? null : text(inject.format());
        Template username = text(auth.username());
        Template password = text(auth.password());
        Template key = text(auth.key());
        Template passphrase = text(auth.passphrase());
        TokenRequest token = auth.token() == null ? null : token(auth, auth.token(), keys);
        OAuth1Keys oauth1 = auth.oauth1() == null ? null : oauth1(auth.oauth1());
        return new AuthMethod(id, auth, reads, value, username, password, key, passphrase, token, oauth1);
    }

    /** Compiles a text that may hold secrets. */
    private Template needed(Text text) {
        Template template = compiling.template(text, Where.AUTH);
        template.reads().forEach(ref -> reads.add(ref.name()));
        return template;
    }

    private @Nullable Template text(@Nullable Text text) {
        return text == null ? null : needed(text);
    }

    /** Compiles a text that is a secret: a connector file must not hold it. */
    private Template secret(Text text, String setting) {
        long before = compiling.problems().errors();
        Template template = needed(text);
        if (compiling.problems().errors() > before) {
            return template;
        }
        if (template.constant()) {
            compiling.error(
                    template.at(),
                    "LITERAL_SECRET",
                    "a secret must not stand in a connector file",
                    "read it from a secret setting: ${settings." + setting + "}");
        } else if (template.reads().stream()
                .noneMatch(ref -> compiling.secrets().contains(ref.name()))) {
            compiling.error(
                    template.at(),
                    "NOT_SECRET",
                    "'" + template + "' reads no secret setting",
                    "add the setting to settings: {secrets: […]}, so that it is never shown");
        }
        return template;
    }

    private OAuth1Keys oauth1(OAuth1Config config) {
        return new OAuth1Keys(
                needed(config.consumerKey()),
                secret(config.consumerSecret(), "consumerSecret"),
                text(config.token()),
                config.tokenSecret() == null ? null : secret(config.tokenSecret(), "tokenSecret"),
                text(config.realm()));
    }

    private void requireFields(AuthConfig auth, String[] keys) {
        AuthConfig.Type type = auth.type();
        boolean injects = type == AuthConfig.Type.API_KEY || type == AuthConfig.Type.BEARER;
        require(!injects || (auth.inject() != null && auth.inject().format() != null), type, "inject: {format}", keys);
        boolean named = type == AuthConfig.Type.BASIC || type == AuthConfig.Type.SSH_KEY;
        require(!named || auth.username() != null, type, "username", keys);
        require(type != AuthConfig.Type.BASIC || auth.password() != null, type, "password", keys);
        require(type != AuthConfig.Type.SSH_KEY || auth.key() != null, type, "key", keys);
        require(
                type != AuthConfig.Type.OAUTH1 || auth.oauth1() != null,
                type,
                "oauth1: {consumerKey, consumerSecret, token, tokenSecret}",
                keys);
        require(type != AuthConfig.Type.OAUTH2_CLIENT_CREDENTIALS || auth.token() != null, type, "token: {url}", keys);
    }

    private void require(boolean there, AuthConfig.Type type, String what, String[] keys) {
        if (!there) {
            String name = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            compiling.error(compiling.at(keys), "MISSING_KEY", "auth of type " + name + " needs " + what, null);
        }
    }

    private void checkInject(AuthConfig auth, InjectConfig inject, String[] keys) {
        if (inject.into() == Into.URL || inject.into() == Into.BODY_JSON) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject", "into")),
                    "BAD_VALUE",
                    "a credential goes into header, query or cookie",
                    null);
        }
        if (auth.type() == AuthConfig.Type.API_KEY && inject.name() == null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "MISSING_KEY",
                    "inject of an apiKey needs 'name'",
                    "the name of the header, query parameter or cookie");
        }
    }

    private TokenRequest token(AuthConfig auth, TokenConfig token, String[] keys) {
        Text clientId = Objects.requireNonNullElseGet(auth.clientId(), () -> assumed("clientId", keys));
        Text clientSecret = Objects.requireNonNullElseGet(auth.clientSecret(), () -> assumed("clientSecret", keys));
        Place accessToken = place(token.accessTokenPath(), keys, "accessTokenPath");
        Place expiresIn = place(token.expiresInPath(), keys, "expiresInPath");
        return new TokenRequest(
                fixed(token.url()),
                needed(clientId),
                needed(clientSecret),
                parameters(token.parameters()),
                accessToken,
                expiresIn);
    }

    private List<Parameter> parameters(Map<String, Text> texts) {
        List<Parameter> parameters = new ArrayList<>();
        texts.forEach((name, text) -> parameters.add(Parameter.of(name, needed(text))));
        return parameters;
    }

    private Template fixed(Text text) {
        Template template = compiling.template(text, Where.FIXED);
        template.reads().forEach(ref -> reads.add(ref.name()));
        return template;
    }

    private Text assumed(String setting, String[] keys) {
        return Text.of("${settings." + setting + "}", compiling.at(keys));
    }

    private Place place(String path, String[] keys, String key) {
        @Nullable Place place = compiling.parsed(path, Place::parse, Compiling.below(keys, "token", key));
        return place == null ? Place.parse("$") : place;
    }
}
