package io.patchbay.trigger.intake;

import io.patchbay.connector.definition.WebhookConfig;
import io.patchbay.connector.definition.WebhookConfig.Verify;
import io.patchbay.trigger.Access;
import io.patchbay.trigger.HeaderName;
import io.patchbay.trigger.SecretRef;
import io.patchbay.trigger.VerifyKey;
import org.jspecify.annotations.Nullable;

/** What a connector says of a sender's proof, in the words of triggers. */
final class EventAccess {

    private EventAccess() {}

    /** @param proof the name under which the value of the proof is known */
    static Access of(WebhookConfig webhook, String proof) {
        Verify verify = webhook.verify();
        if (verify == null) {
            throw new IllegalStateException("a webhook without 'verify' was compiled");
        }
        SecretRef secret = new SecretRef(proof);
        HeaderName header = new HeaderName(verify.header());
        String prefix = verify.prefix();
        return switch (verify.type()) {
            case NONE -> new Access.Open();
            case TOKEN -> new Access.Token(header, prefix, secret);
            case BASIC -> new Access.Credentials(secret);
            case HMAC_SHA256 -> hmac(Access.Digest.HMAC_SHA256, verify, header, secret);
            case HMAC_SHA1 -> hmac(Access.Digest.HMAC_SHA1, verify, header, secret);
            case ED25519 ->
                new Access.Ed25519(
                        header,
                        encoding(verify),
                        prefix == null ? "" : prefix,
                        verify.payload(),
                        name(verify.timestampHeader()),
                        verify.tolerance(),
                        new VerifyKey(null, secret));
            case STANDARD_WEBHOOKS ->
                new Access.StandardWebhooks(
                        new HeaderName(verify.headers()),
                        verify.tolerance(),
                        verify.key() == WebhookConfig.KeyForm.TEXT ? Access.KeyForm.TEXT : Access.KeyForm.BASE64,
                        secret);
        };
    }

    private static Access hmac(Access.Digest digest, Verify verify, HeaderName header, SecretRef secret) {
        String prefix = verify.prefix();
        return new Access.Hmac(
                digest,
                header,
                encoding(verify),
                prefix == null ? "" : prefix,
                verify.payload(),
                name(verify.timestampHeader()),
                verify.tolerance(),
                secret);
    }

    private static Access.Encoding encoding(Verify verify) {
        return verify.encoding() == WebhookConfig.Encoding.HEX ? Access.Encoding.HEX : Access.Encoding.BASE64;
    }

    private static @Nullable HeaderName name(@Nullable String header) {
        return header == null ? null : new HeaderName(header);
    }
}
