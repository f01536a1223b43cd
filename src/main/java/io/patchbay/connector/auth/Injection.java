package io.patchbay.connector.auth;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.expression.Template;
import io.patchbay.payload.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a token where the definition wants it: by default as RFC 6750 section 2.1 says.
 *
 * @param inject where, or null
 * @param format what is sent, or null for the token alone
 * @param scope the settings
 */
record Injection(@Nullable InjectConfig inject, @Nullable Template format, CallScope scope) {

    static Injection of(AuthMethod method, CallScope scope) {
        return new Injection(method.config().inject(), method.value(), scope);
    }

    Proof proof(String token) {
        String name = inject == null || inject.name() == null ? "Authorization" : inject.name();
        boolean usual = inject == null || inject.name() == null;
        String value = format != null
                ? format.text(new MoreScope(
                        scope, Map.of("auth", Json.NODES.objectNode().put("accessToken", token))))
                : usual ? "Bearer " + token : token;
        return in(inject == null ? Into.HEADER : inject.into(), name, value);
    }

    /** A value in a header, the query or a cookie, or where the definition has its place. */
    static Proof in(Into into, String name, String value) {
        if (into == Into.PATH || into == Into.BODY) {
            return Proof.placed(name, value);
        }
        if (into == Into.QUERY) {
            return Proof.query(name, value);
        }
        return into == Into.COOKIE ? Proof.header("Cookie", name + "=" + value) : Proof.header(name, value);
    }
}
