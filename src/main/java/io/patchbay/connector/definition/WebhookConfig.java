package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.NotYet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An event that a system sends. */
@Doc("An event that the system sends")
public record WebhookConfig(
        @Doc("Endpoint that asks for the event") @Nullable String subscribeEndpoint,

        @Doc("Endpoint that ends it") @Nullable String unsubscribeEndpoint,

        @Doc("Where the event's records stand in the body") @Nullable
        String eventPath,

        @Doc("What is the same when the system sends an event again") @Nullable
        Text dedupeKey,

        @Doc("How the sender proves itself") @Nullable Verify verify) {

    /** How a sender proves itself. */
    @Doc("How the sender proves itself")
    public record Verify(
            @Doc("The method") Type type,

            @Doc("Header with the signature or token") @Default("Authorization")
            String header,

            @Doc("The shared secret, or user:password for basic") @Nullable
            Text secret,

            @Doc("How the signature is written") @Default("hex")
            Encoding encoding,

            @Doc("What is signed") @Default("rawBody") Signed payload,

            @Doc("Text before the signature, like sha256=") @Default("''")
            String prefix,

            @Doc("Header with the time of sending (timestampDotBody)") @Nullable
            String timestampHeader,

            @Doc("Oldest event that is taken (timestampDotBody)") @Default("5m")
            Duration tolerance) {}

    /** Methods of proof. */
    public enum Type {
        /** A signature over the body. */
        HMAC_SHA256,
        /** A fixed token in a header. */
        TOKEN,
        /** User and password. */
        BASIC,
        /** An older signature. */
        @NotYet
        HMAC_SHA1,
        /** A signature by key pair. */
        @NotYet
        ED25519,
        /** Standard Webhooks. */
        @NotYet
        STANDARD_WEBHOOKS,
        /** A client certificate. */
        @NotYet
        MTLS
    }

    /** How a signature is written. */
    public enum Encoding {
        /** Base 64. */
        BASE64,
        /** Hexadecimal. */
        HEX
    }

    /** What is signed. */
    public enum Signed {
        /** The body as it came. */
        RAW_BODY,
        /** Time, a dot, and the body. */
        TIMESTAMP_DOT_BODY
    }
}
