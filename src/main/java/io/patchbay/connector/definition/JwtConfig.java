package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that we sign (RFC 7519, RFC 7515). */
@Doc("A token that we sign")
public record JwtConfig(
        @Doc("How it is signed") @Default("rs256") Algorithm alg,

        @Doc("Which key of ours it is signed with, as the system knows it") @Nullable
        Text kid,

        @Doc("The private key in PEM form (RSA for rs and ps, an elliptic curve for es), or the shared secret (hs256)")
        Text key,

        @Doc("How the shared secret is written (hs256)") @Default("text")
        HmacConfig.KeyEncoding keyEncoding,

        @Doc("What the token says; iat and exp are added, and for an assertion also jti. As a client's proof it says by"
                + " itself iss and sub (the client's id) and aud (the token endpoint)")
        @Nullable
        Node claims,

        @Doc("Further members of its header, like x5t") @Default("{}")
        Map<String, Text> header,

        @Doc("How long it is good") @Default("5m") Duration lifetime) {

    /** Ways to sign (RFC 7518 section 3.1). */
    public enum Algorithm {
        /** A shared secret, SHA-256. */
        HS256,
        /** RSA with PKCS #1 v1.5 padding, SHA-256. */
        RS256,
        /** The same, SHA-384. */
        RS384,
        /** The same, SHA-512. */
        RS512,
        /** RSA with PSS padding, SHA-256. */
        PS256,
        /** The same, SHA-384. */
        PS384,
        /** The same, SHA-512. */
        PS512,
        /** Curve P-256, SHA-256. */
        ES256,
        /** Curve P-384, SHA-384. */
        ES384,
        /** Curve P-521, SHA-512. */
        ES512
    }

    /** @throws IllegalArgumentException if it would be over at once */
    public JwtConfig {
        if (lifetime.toSeconds() < 10) {
            throw new IllegalArgumentException("the lifetime of a token must be at least 10s");
        }
    }
}
