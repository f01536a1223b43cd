package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotYet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a token is asked for. */
@Doc("How a token is asked for")
public record TokenConfig(
        @Doc("Where") Text url,

        @Doc("Form of the request body") @Default("form") BodyFormat bodyFormat,

        @Doc("Where the client's credentials go") @Default("basic")
        ClientAuth clientAuth,

        @Doc("What the token shall be good for") @Default("[]")
        List<String> scopes,

        @Doc("What stands between scopes") @Default("' '") String scopeSeparator,

        @Doc("Further parameters, like audience") @Default("{}")
        Map<String, Text> parameters,

        @Doc("Where the token stands in the answer") @Default("$.access_token")
        String accessTokenPath,

        @Doc("Where its lifetime in seconds stands") @Default("$.expires_in")
        String expiresInPath,

        @Doc("Lifetime when the answer does not say") @Default("1h")
        Duration defaultTtl,

        @Doc("How long before its end a token is renewed") @Default("60s")
        Duration refreshBefore,

        @NotYet @Nullable Node method,

        @NotYet @Nullable Node pkce,

        @NotYet @Nullable Node refreshTokenPath,

        @NotYet @Nullable Node authorizeUrl,

        @NotYet @Nullable Node jwt,

        @NotYet @Nullable Node rotatesRefreshToken,

        @Doc("One caller renews, the others wait") @Default("singleFlight")
        Refresh refresh) {

    /** Forms of a token request. */
    public enum BodyFormat {
        /** As in RFC 6749. */
        FORM,
        /** A JSON object. */
        JSON
    }

    /** Where the client's credentials go. */
    public enum ClientAuth {
        /** The Authorization header. */
        BASIC,
        /** client_id and client_secret in the body. */
        BODY,
        /** RFC 7523. */
        @NotYet
        PRIVATE_KEY_JWT
    }

    /** How callers share a renewal. */
    public enum Refresh {
        /** One renews. */
        SINGLE_FLIGHT
    }
}
