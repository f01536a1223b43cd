package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a token is asked for. */
@Doc("How a token is asked for")
public record TokenConfig(
        @Doc("The token endpoint; needed but for jwt") @Nullable
        Text url,

        @Doc("How it is asked: with a body, or with everything in the address, for a server that takes nothing else")
        @Default("POST")
        Method method,

        @Doc("Form of the request body") @Default("form") BodyFormat bodyFormat,

        @Doc("How the client proves itself; by default basic where there is a client secret, else none") @Nullable
        ClientAuth clientAuth,

        @Doc("What the token shall be good for") @Default("[]")
        List<String> scopes,

        @Doc("What stands between scopes") @Default("' '") String scopeSeparator,

        @Doc("Further parameters, like audience") @Default("{}")
        Map<String, Text> parameters,

        @Doc("Where the token stands in the answer") @Default("$.access_token")
        String accessTokenPath,

        @Doc("Where the token for the next one stands") @Default("$.refresh_token")
        String refreshTokenPath,

        @Doc("Where its lifetime in seconds stands") @Default("$.expires_in")
        String expiresInPath,

        @Doc("Lifetime when the answer does not say") @Default("1h")
        Duration defaultTtl,

        @Doc("How long before its end a token is renewed") @Default("60s")
        Duration refreshBefore,

        @Doc(
                "Whether a code is bound to who asked for it (RFC 7636); false for a server that refuses the parameters (oauth2AuthorizationCode)")
        @Default("true")
        boolean pkce,

        @Doc(
                "Where the lifetime of the refresh token in seconds stands; by default in refresh_token_expires_in, x_refresh_token_expires_in or refresh_expires_in, whichever is there (oauth2AuthorizationCode)")
        @Nullable
        String refreshExpiresInPath,

        @Doc(
                "Lifetime of a refresh token when the answer does not say, so that people are told before it ends (oauth2AuthorizationCode)")
        @Nullable
        Duration refreshTtl,

        @Doc("Where a person lets us in (oauth2AuthorizationCode)") @Nullable
        Text authorizeUrl,

        @Doc("Further parameters of that address, like access_type (oauth2AuthorizationCode)") @Default("{}")
        Map<String, Text> authorizeParameters,

        @Doc("Who the answer must come from, where the server says so (RFC 9207; oauth2AuthorizationCode)") @Nullable
        String issuer,

        @Doc("Where tokens are given back when an instance is disconnected (RFC 7009; oauth2AuthorizationCode)")
        @Nullable
        Text revokeUrl,

        @Doc("The token that we sign (jwt, oauth2JwtBearer, clientAuth: privateKeyJwt)") @Nullable
        JwtConfig jwt,

        @Doc("Whether a refresh token is good once: an answer without a new one leaves none") @Default("false")
        boolean rotatesRefreshToken,

        @Doc("One caller renews, the others wait") @Default("singleFlight")
        Refresh refresh) {

    /** How a token endpoint is asked. */
    public enum Method {
        /** As in RFC 6749 section 3.2. */
        @Key("POST")
        POST,
        /** The parameters stand in the query, secrets among them. */
        @Key("GET")
        GET
    }

    /** Forms of a token request. */
    public enum BodyFormat {
        /** As in RFC 6749. */
        FORM,
        /** A JSON object. */
        JSON
    }

    /** How the client proves itself. */
    public enum ClientAuth {
        /** Id and secret in the Authorization header (RFC 6749 section 2.3.1). */
        BASIC,
        /** client_id and client_secret in the body. */
        BODY,
        /** The same in the query, with method GET. */
        QUERY,
        /** A token that the client signs (RFC 7523 section 2.2). */
        PRIVATE_KEY_JWT,
        /** Not at all; client_id in the body where there is one. */
        NONE
    }

    /** How callers share a renewal. */
    public enum Refresh {
        /** One renews. */
        SINGLE_FLIGHT
    }
}
