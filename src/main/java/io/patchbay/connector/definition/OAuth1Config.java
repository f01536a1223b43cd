package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** Keys of a signature as in RFC 5849. */
@Doc("Keys of a signature as in RFC 5849; it goes into the Authorization header")
public record OAuth1Config(
        @Doc("The client's identifier") Text consumerKey,

        @Doc("The client's shared secret") Text consumerSecret,

        @Doc("The token's identifier; without it the client signs for itself") @Nullable
        Text token,

        @Doc("The token's shared secret") @Nullable Text tokenSecret,

        @Doc("What the header names as realm; it is not signed") @Nullable
        Text realm,

        @Doc("How it is signed") @Default("hmacSha1") SignatureMethod signatureMethod) {

    /** Ways to sign. */
    public enum SignatureMethod {
        /** RFC 5849 section 3.4.2. */
        HMAC_SHA1,
        /** The same with SHA-256, which many systems ask for though no RFC has it. */
        HMAC_SHA256
    }
}
