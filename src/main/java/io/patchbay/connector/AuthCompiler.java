package io.patchbay.connector;

import io.patchbay.connector.AuthMethod.AwsKeys;
import io.patchbay.connector.AuthMethod.OAuth1Keys;
import io.patchbay.connector.AuthMethod.TokenRequest;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.AwsConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.OAuth1Config;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Template;
import io.patchbay.problem.DidYouMean;
import io.patchbay.script.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles the ways to prove who calls. */
final class AuthCompiler {

    private static final Set<AuthConfig.Type> PAIR = Set.of(
            AuthConfig.Type.BASIC,
            AuthConfig.Type.DIGEST,
            AuthConfig.Type.NTLM,
            AuthConfig.Type.OAUTH2_PASSWORD,
            AuthConfig.Type.WSSE);
    private static final Set<AuthConfig.Type> GIVES_TOKEN = Set.of(
            AuthConfig.Type.OAUTH2_CLIENT_CREDENTIALS,
            AuthConfig.Type.OAUTH2_AUTHORIZATION_CODE,
            AuthConfig.Type.OAUTH2_JWT_BEARER,
            AuthConfig.Type.OAUTH2_PASSWORD,
            AuthConfig.Type.SESSION_LOGIN,
            AuthConfig.Type.JWT);
    private static final Where TOKEN = new Where(Set.of("settings", "auth"), Set.of(), true);

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;
    private final AuthTexts texts;

    AuthCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
        this.texts = new AuthTexts(compiling);
    }

    AuthMethod compile(String id, AuthConfig auth) {
        String[] keys = {"auth", id};
        requireFields(auth, keys);
        InjectConfig inject = auth.inject();
        if (inject != null) {
            checkInject(auth, inject, keys);
        }
        Template value = inject == null || inject.format() == null ? null : format(auth, inject.format());
        Template username = texts.optional(auth.username());
        Template password = username != null && texts.readsSecret(username)
                ? texts.optional(auth.password())
                : texts.optionalSecret(auth.password(), "password");
        Template key = texts.optionalSecret(auth.key(), "privateKey");
        Template passphrase = texts.optionalSecret(auth.passphrase(), "passphrase");
        Template certificate = texts.optional(auth.certificate());
        Template ca = texts.optional(auth.ca());
        TokenRequest token =
                auth.token() == null ? null : new TokenCompiler(compiling, texts).compile(auth, auth.token(), keys);
        OAuth1Keys oauth1 = auth.oauth1() == null ? null : oauth1(auth.oauth1());
        HmacRecipe hmac = auth.hmac() == null ? null : new HmacCompiler(compiling, texts).compile(auth.hmac(), keys);
        AuthMethod.Session session = auth.login() == null
                ? null
                : new LoginCompiler(compiling, texts, endpoints).compile(auth.login(), keys);
        AwsKeys aws = auth.aws() == null ? null : aws(auth.aws());
        texts.settings().addAll(auth.secrets());
        return new AuthMethod(
                id,
                auth,
                texts.settings(),
                value,
                values(auth, keys),
                username,
                password,
                key,
                passphrase,
                certificate,
                ca,
                token,
                oauth1,
                hmac,
                session,
                aws,
                script(auth, keys));
    }

    private @Nullable Script script(AuthConfig auth, String[] keys) {
        boolean scripted = auth.type() == AuthConfig.Type.SCRIPT;
        require(!scripted || auth.script() != null, auth.type(), "script: ./sign.js", keys);
        if (!scripted) {
            notHere(auth.script() != null, "script", keys);
            notHere(!auth.secrets().isEmpty(), "secrets", keys);
            notHere(!auth.query().isEmpty(), "query", keys);
            return null;
        }
        for (String name : auth.secrets()) {
            if (!compiling.secrets().contains(name)) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "secrets")),
                        "UNKNOWN_SETTING",
                        "'" + name + "' is not a secret setting of this connector",
                        DidYouMean.hint(name, compiling.secrets()));
            }
        }
        return auth.script() == null
                ? null
                : compiling
                        .scripts()
                        .script(
                                auth.script(),
                                "sign",
                                compiling.at(Compiling.below(keys, "script")),
                                compiling.problems());
    }

    private void notHere(boolean there, String key, String[] keys) {
        if (there) {
            compiling.error(
                    compiling.at(Compiling.below(keys, key)),
                    "NOT_HERE",
                    "'" + key + "' has a meaning with type: script only",
                    "take it out, or take this type");
        }
    }

    /** What is sent: a fixed value made of settings, or one that holds a token. */
    private Template format(AuthConfig auth, Text format) {
        if (!GIVES_TOKEN.contains(auth.type())) {
            return texts.secret(format, "token");
        }
        Template template = texts.in(format, TOKEN);
        boolean token = template.reads().stream()
                .anyMatch(ref -> ref.root().equals("auth") && ref.names().equals(List.of("accessToken")));
        boolean other = template.reads().stream()
                .anyMatch(ref -> ref.root().equals("auth") && !ref.names().equals(List.of("accessToken")));
        if (!token || other) {
            compiling.error(
                    format.at(),
                    "BAD_VALUE",
                    "'" + format.node().text() + "' must send the token and nothing else of auth",
                    "the token stands in ${auth.accessToken}");
        }
        return template;
    }

    private Map<String, Template> values(AuthConfig auth, String[] keys) {
        Map<String, Template> values = new LinkedHashMap<>();
        InjectConfig inject = auth.inject();
        auth.values().forEach((name, text) -> {
            if (inject != null && inject.into() == Into.BODY && name.equals(inject.name())) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "values", name)),
                        "BAD_VALUE",
                        "'" + name + "' is what 'inject' puts into bodies",
                        "give one of them another name");
            }
            values.put(name, texts.needed(text));
        });
        return values;
    }

    private AwsKeys aws(AwsConfig config) {
        return new AwsKeys(
                texts.needed(config.accessKeyId()),
                texts.secret(config.secretAccessKey(), "secretAccessKey"),
                texts.optionalSecret(config.sessionToken(), "sessionToken"),
                texts.needed(config.region()),
                texts.needed(config.service()));
    }

    private OAuth1Keys oauth1(OAuth1Config config) {
        return new OAuth1Keys(
                texts.needed(config.consumerKey()),
                texts.secret(config.consumerSecret(), "consumerSecret"),
                texts.optional(config.token()),
                texts.optionalSecret(config.tokenSecret(), "tokenSecret"),
                texts.optional(config.realm()));
    }

    private void requireFields(AuthConfig auth, String[] keys) {
        AuthConfig.Type type = auth.type();
        boolean injects = type == AuthConfig.Type.API_KEY || type == AuthConfig.Type.BEARER;
        require(!injects || (auth.inject() != null && auth.inject().format() != null), type, "inject: {format}", keys);
        boolean pair = PAIR.contains(type);
        require(!pair || auth.password() != null, type, "password", keys);
        require(!(pair || type == AuthConfig.Type.SSH_KEY) || auth.username() != null, type, "username", keys);
        boolean keyed = type == AuthConfig.Type.SSH_KEY || type == AuthConfig.Type.MTLS;
        require(!keyed || auth.key() != null, type, "key", keys);
        require(type != AuthConfig.Type.MTLS || auth.certificate() != null, type, "certificate", keys);
        require(
                type != AuthConfig.Type.OAUTH1 || auth.oauth1() != null,
                type,
                "oauth1: {consumerKey, consumerSecret, token, tokenSecret}",
                keys);
        require(
                type != AuthConfig.Type.HMAC_SIGNATURE || auth.hmac() != null,
                type,
                "hmac: {key, parts, into: {name}}",
                keys);
        require(
                type != AuthConfig.Type.AWS_SIGV4 || auth.aws() != null,
                type,
                "aws: {accessKeyId, secretAccessKey, region, service}",
                keys);
        require(
                type != AuthConfig.Type.SESSION_LOGIN || auth.login() != null,
                type,
                "login: {endpoint, tokenPath}",
                keys);
        boolean asks = type == AuthConfig.Type.OAUTH2_CLIENT_CREDENTIALS || type == AuthConfig.Type.OAUTH2_PASSWORD;
        require(!asks || auth.token() != null, type, "token: {url}", keys);
        require(
                type != AuthConfig.Type.OAUTH2_AUTHORIZATION_CODE || auth.token() != null,
                type,
                "token: {authorizeUrl, url}",
                keys);
        require(
                type != AuthConfig.Type.OAUTH2_JWT_BEARER || auth.token() != null,
                type,
                "token: {url, jwt: {key, claims}}",
                keys);
        require(type != AuthConfig.Type.JWT || auth.token() != null, type, "token: {jwt: {key, claims}}", keys);
    }

    private void require(boolean there, AuthConfig.Type type, String what, String[] keys) {
        if (!there) {
            String name = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            compiling.error(compiling.at(keys), "MISSING_KEY", "auth of type " + name + " needs " + what, null);
        }
    }

    private void checkInject(AuthConfig auth, InjectConfig inject, String[] keys) {
        if (inject.into() == Into.URL || inject.into() == Into.BODY_JSON || inject.into() == Into.TEMPLATE) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject", "into")),
                    "BAD_VALUE",
                    "a credential goes into header, query, cookie, path or body",
                    "like into: header; with into: body its place in the template is ${auth.NAME}");
        }
        boolean placed = inject.into() == Into.PATH || inject.into() == Into.BODY;
        boolean value = GIVES_TOKEN.contains(auth.type())
                || auth.type() == AuthConfig.Type.API_KEY
                || auth.type() == AuthConfig.Type.BEARER;
        if (placed && !value) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject", "into")),
                    "BAD_VALUE",
                    "only a key or a token can stand in a path or a body",
                    null);
        }
        if (auth.type() == AuthConfig.Type.BEARER && inject.into() != Into.HEADER && inject.name() == null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "MISSING_KEY",
                    "inject of a bearer token needs 'name' unless it goes into the header Authorization",
                    null);
        }
        if (GIVES_TOKEN.contains(auth.type()) && inject.into() != Into.HEADER && inject.name() == null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "MISSING_KEY",
                    "inject of a token needs 'name'",
                    "the name of the query parameter, cookie or ${auth.NAME}; a header has the name Authorization by itself");
        }
        if (auth.type() == AuthConfig.Type.API_KEY && inject.name() == null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "MISSING_KEY",
                    "inject of an apiKey needs 'name'",
                    "the name of the header, query parameter, cookie or ${auth.NAME}");
        }
    }
}
