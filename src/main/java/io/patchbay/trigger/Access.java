package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.ReadBy;
import io.patchbay.connector.definition.SignedParts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a caller shows that it may start the flow. Callers never hold the operator's token. */
@ReadBy(AccessReader.class)
public sealed interface Access {

    /** Anybody may; has to be said in the file. */
    record Open() implements Access {}

    /** User and password as in RFC 7617. */
    @Doc("User and password (HTTP Basic).")
    record Basic(
            @Doc("User name.") String user,
            @Doc("Password, by reference.") SecretRef password) implements Access {
        public Basic {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("user must not be empty or hold a colon");
            }
        }
    }

    /** A fixed token in a header. */
    @Doc("A fixed token in a header.")
    record Token(
            @Doc("The header that carries the token.") @Default("Authorization")
            HeaderName header,

            @Doc("What stands before the token in the header; 'Bearer ' in Authorization when not given.") @Nullable
            String prefix,

            @Doc("The token, by reference.") SecretRef secret)
            implements Access {
        /** What stands before the token. */
        public String before() {
            return prefix != null ? prefix : header.is("Authorization") ? "Bearer " : "";
        }
    }

    /** User and password in one secret, as {@code user:password}: what a connector's file asks an instance for. */
    record Credentials(SecretRef pair) implements Access {}

    /** An HMAC (RFC 2104) over the body as it was sent. */
    @Doc("A signature over the raw body by a shared key.")
    record Hmac(
            @Doc("The digest.") Digest type,
            @Doc("The header that carries the signature.") HeaderName header,

            @Doc("How the signature is written.") @Default("hex")
            Encoding encoding,

            @Doc("What stands before the signature in the header, like 'sha256='.") @Default("''")
            String prefix,

            @Doc(
                    "What is signed: rawBody, timestampDotBody, timestampBody, or a list of parts like [method, url, body, timestamp].")
            @Default("rawBody")
            SignedParts payload,

            @Doc("The header with the time of sending, in seconds or milliseconds since 1970; needed where it is"
                    + " signed.")
            @Nullable
            HeaderName timestampHeader,

            @Doc("How far the time of sending may be off; older deliveries are refused.") @Default("5m")
            Duration tolerance,

            @Doc("The key, by reference.") SecretRef secret)
            implements Access {
        public Hmac {
            requireTimestamp(payload, timestampHeader);
        }
    }

    /** Digests of an HMAC. */
    enum Digest {
        /** SHA-256. */
        HMAC_SHA256("HmacSHA256"),
        /** SHA-1, for senders that know nothing newer. */
        HMAC_SHA1("HmacSHA1");

        private final String algorithm;

        Digest(String algorithm) {
            this.algorithm = algorithm;
        }

        /** Java's name for it. */
        public String algorithm() {
            return algorithm;
        }
    }

    /** An Ed25519 signature (RFC 8032) over the body as it was sent. */
    @Doc("A signature over the raw body by the sender's private key.")
    record Ed25519(
            @Doc("The header that carries the signature.") HeaderName header,

            @Doc("How the signature is written.") @Default("hex")
            Encoding encoding,

            @Doc("What stands before the signature in the header.") @Default("''")
            String prefix,

            @Doc(
                    "What is signed: rawBody, timestampDotBody, timestampBody, or a list of parts like [method, url, body, timestamp].")
            @Default("rawBody")
            SignedParts payload,

            @Doc("The header with the time of sending, in seconds or milliseconds since 1970; needed where it is"
                    + " signed.")
            @Nullable
            HeaderName timestampHeader,

            @Doc("How far the time of sending may be off; older deliveries are refused.") @Default("5m")
            Duration tolerance,

            @Doc(
                    "The sender's public key: 32 bytes in hex or base64, or PEM; or a reference to a secret that holds it.")
            VerifyKey publicKey)
            implements Access {
        public Ed25519 {
            requireTimestamp(payload, timestampHeader);
        }
    }

    /** The Standard Webhooks specification, version 1 signatures: id, time and body by HMAC-SHA256, one for each of the sender's keys. */
    @Doc("A signature as the Standard Webhooks specification says: over id, time and body.")
    record StandardWebhooks(
            @Doc("What the names of the three headers begin with: webhook-id, webhook-timestamp, webhook-signature.")
            @Default("webhook-")
            HeaderName headers,

            @Doc("How far the time of sending may be off; older deliveries are refused.") @Default("5m")
            Duration tolerance,

            @Doc("How the secret stands for the key: as base64, after 'whsec_' or not, or as the text that it is.")
            @Default("base64")
            KeyForm key,

            @Doc("The secret, by reference; while it is changed, the old and the new one with a space between.")
            SecretRef secret)
            implements Access {
        /** The header with the event's id. */
        public HeaderName idHeader() {
            return new HeaderName(headers.text() + "id");
        }
    }

    /** How a secret stands for a key. */
    enum KeyForm {
        /** In base64, after {@code whsec_} or not. */
        BASE64,
        /** The key's bytes are those of the text. */
        TEXT
    }

    private static void requireTimestamp(SignedParts payload, @Nullable HeaderName header) {
        if (!payload.settings().isEmpty()) {
            throw new IllegalArgumentException("a trigger has no settings: write the characters that are signed");
        }
        if (payload.has(SignedParts.Word.TIMESTAMP) != (header != null)) {
            throw new IllegalArgumentException("a payload with the timestamp and 'timestampHeader' go together; one is"
                    + " there without the other");
        }
    }

    /** How a signature is written. */
    enum Encoding {
        /** Base 16, either case. */
        HEX,
        /** RFC 4648 section 4. */
        BASE64
    }
}
