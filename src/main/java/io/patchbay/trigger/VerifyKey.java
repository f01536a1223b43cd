package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A public key of a sender, which is no secret; or where it is kept.
 *
 * @param text the key as it was written; null when it is kept elsewhere
 * @param secret where it is kept; null when it stands in the file
 */
@ReadBy(VerifyKey.Reader.class)
public record VerifyKey(@Nullable String text, @Nullable SecretRef secret) {

    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410, section 4). */
    private static final String HEAD = "302a300506032b6570032100";

    private static final int RAW = 32;

    /**
     * An Ed25519 key: 32 bytes in hex or base64, or its X.509 form in base64, in PEM or bare.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PublicKey ed25519(String text) {
        byte[] bytes = bytes(text.strip());
        byte[] encoded = bytes.length == RAW
                ? HexFormat.of().parseHex(HEAD + HexFormat.of().formatHex(bytes))
                : bytes;
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no Ed25519 public key: 32 bytes in hex or base64, or PEM", e);
        }
    }

    private static byte[] bytes(String text) {
        if (HEX.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        String base64 = text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "")
                .replaceAll("\\s", "")
                .replace('-', '+')
                .replace('_', '/');
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this is no Ed25519 public key: 32 bytes in hex or base64, or PEM", e);
        }
    }

    /** Reads a key, or {@code ${secret.NAME}}. */
    static final class Reader implements ValueReader<VerifyKey> {

        @Override
        public @Nullable VerifyKey read(Node node, Reading reading) {
            String text = reading.text(node, "a public key");
            if (text == null) {
                return null;
            }
            if (text.startsWith("${")) {
                SecretRef secret = new SecretRef.Reader().read(node, reading);
                return secret == null ? null : new VerifyKey(null, secret);
            }
            try {
                ed25519(text);
                return new VerifyKey(text, null);
            } catch (IllegalArgumentException e) {
                reading.error(
                        node,
                        "BAD_VALUE",
                        String.valueOf(e.getMessage()),
                        "copy the key from the sender's page of webhooks; a private key never belongs here");
                return null;
            }
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "string").put("minLength", 1);
        }
    }
}
