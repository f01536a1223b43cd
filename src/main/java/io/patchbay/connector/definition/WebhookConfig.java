package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An event that a system sends. */
@Doc("An event that the system sends")
public record WebhookConfig(
        @Doc("Endpoint that asks for the event, when a flow takes it; gets the inputs url, event and secret") @Nullable
        String subscribeEndpoint,

        @Doc("Endpoint that ends it, when none does any more; gets the inputs id, url and event") @Nullable
        String unsubscribeEndpoint,

        @Doc("Where the subscription's id stands in the answer of subscribeEndpoint, like $.webhook.id") @Nullable
        String subscriptionPath,

        @Doc("What the system calls the event, like orders/paid: the input event; the name here unless told") @Nullable
        String topic,

        @Doc("Where the event's records stand in the body") @Nullable
        String eventPath,

        @Doc("What is the same when the system sends an event again, like ${header.X-Event-Id}") @Nullable
        Text dedupeKey,

        @Doc("How long an event is known by its dedupeKey") @Default("3d")
        Duration dedupeFor,

        @Doc("How the sender proves itself; {type: none} for one that does not") @Nullable
        Verify verify) {

    /** The same with the settings of an instance where the sender signs them. */
    public WebhookConfig filled(UnaryOperator<String> values) {
        return new WebhookConfig(
                subscribeEndpoint,
                unsubscribeEndpoint,
                subscriptionPath,
                topic,
                eventPath,
                dedupeKey,
                dedupeFor,
                verify == null ? null : verify.filled(values));
    }

    /** How a sender proves itself. */
    @Doc("How the sender proves itself")
    public record Verify(
            @Doc("The method") Type type,

            @Doc("Header with the signature or token") @Default("Authorization")
            String header,

            @Doc("The shared secret, or user:password for basic") @Nullable
            Text secret,

            @Doc("The sender's key (ed25519): 32 bytes in hex or base64, or PEM") @Nullable
            Text publicKey,

            @Doc("How the signature is written") @Default("hex")
            Encoding encoding,

            @Doc(
                    "What is signed: rawBody, timestampDotBody, timestampBody, or a list of parts like [method, url, body, timestamp]")
            @Default("rawBody")
            SignedParts payload,

            @Doc("Text before the signature or token, like sha256=") @Nullable
            String prefix,

            @Doc("Header with the time of sending, in seconds or milliseconds since 1970; needed where it is signed")
            @Nullable
            String timestampHeader,

            @Doc("How far the time of sending may be off") @Default("5m")
            Duration tolerance,

            @Doc("What the three headers of standardWebhooks begin with") @Default("webhook-")
            String headers,

            @Doc(
                    "How the secret stands for the key of standardWebhooks: in base64, after whsec_ or not, or as the text that it is")
            @Default("base64")
            KeyForm key) {

        private Verify filled(UnaryOperator<String> values) {
            return new Verify(
                    type,
                    header,
                    secret,
                    publicKey,
                    encoding,
                    payload.filled(values),
                    prefix,
                    timestampHeader,
                    tolerance,
                    headers,
                    key);
        }
    }

    /** Methods of proof. */
    public enum Type {
        /** A signature over the body. */
        HMAC_SHA256,
        /** An older signature. */
        HMAC_SHA1,
        /** A signature by key pair. */
        ED25519,
        /** Standard Webhooks. */
        STANDARD_WEBHOOKS,
        /** A fixed token in a header. */
        TOKEN,
        /** User and password. */
        BASIC,
        /** Nothing: anybody may send. */
        NONE
    }

    /** How a signature is written. */
    public enum Encoding {
        /** Base 64. */
        BASE64,
        /** Hexadecimal. */
        HEX
    }

    /** How a secret stands for a key. */
    public enum KeyForm {
        /** In base64. */
        BASE64,
        /** The key's bytes are those of the text. */
        TEXT
    }
}
