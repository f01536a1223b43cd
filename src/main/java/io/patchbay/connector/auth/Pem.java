package io.patchbay.connector.auth;

import io.patchbay.connector.Validity;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and certificates in PEM form (RFC 7468), as they are after a way through a file, an environment variable or a
 * JSON text. Its failures say nothing of what was read. Own code, because Java reads only what is inside the blocks, and only
 * PKCS #8.
 */
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    /** P-256, P-384 and P-521 as object identifiers (RFC 5480 section 2.1.1.1). */
    private static final List<String> CURVES = List.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023");

    private Pem() {}

    /** What stands between two marks. */
    private static final class Block {
        private final String label;
        private final byte[] der;

        Block(String label, byte[] der) {
            this.label = label;
            this.der = der;
        }
    }

    private static List<Block> blocks(String text, String what) throws StepException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text.replace("\\n", "\n").replace("\\r", ""));
        while (matcher.find()) {
            String content = matcher.group(2);
            if (content.contains("ENCRYPTED") || matcher.group(1).contains("ENCRYPTED")) {
                throw bad(what + " is encrypted; give it without a passphrase, the setting is a secret already", null);
            }
            try {
                byte[] der = Base64.getDecoder().decode(content.replaceAll("\\s", ""));
                blocks.add(new Block(matcher.group(1), der));
            } catch (IllegalArgumentException e) {
                throw bad(what + " has a PEM block that is not base 64", null);
            }
        }
        if (blocks.isEmpty()) {
            throw bad(what + " is not in PEM form: it begins with -----BEGIN and ends with a line of -----END", null);
        }
        return blocks;
    }

    private static StepException bad(String message, @Nullable Throwable cause) {
        return new StepException(Owner.AUTHOR, "BAD_KEY", message, cause);
    }

    /**
     * A private key, RSA or elliptic curve: PKCS #8 (RFC 5208), PKCS #1 (RFC 8017) or SEC 1 (RFC 5915).
     *
     * @param what messages call it
     */
    public static PrivateKey privateKey(String text, String what) throws StepException {
        for (Block block : blocks(text, what)) {
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return key(block.der, what);
                }
                case "RSA PRIVATE KEY" -> {
                    return key(wrapped(RSA, block.der), what);
                }
                case "EC PRIVATE KEY" -> {
                    return key(wrapped(curve(block.der), block.der), what);
                }
                default -> {
                    // parameters or certificates that stand in the same file
                }
            }
        }
        throw bad(what + " holds no private key", null);
    }

    /**
     * A certificate and those that it hangs on.
     *
     * @param what messages call them
     */
    public static List<X509Certificate> certificates(String text, String what) throws StepException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(text, what)) {
                if (block.label.equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der)));
                }
            }
        } catch (CertificateException e) {
            throw bad(what + " holds a certificate that cannot be read", e);
        }
        if (certificates.isEmpty()) {
            throw bad(what + " holds no certificate", null);
        }
        return certificates;
    }

    /** How long the one of a chain is good that ends first; null when there are none. */
    public static @Nullable Validity validity(List<X509Certificate> chain) {
        return chain.stream()
                .map(one -> new Validity(
                        one.getNotBefore().toInstant(), one.getNotAfter().toInstant()))
                .min(Comparator.comparing(Validity::ends))
                .orElse(null);
    }

    private static PrivateKey key(byte[] pkcs8, String what) throws StepException {
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // it may be one of the other kind; said below
            }
        }
        throw bad(what + " is neither an RSA key nor one of an elliptic curve", null);
    }

    /** The algorithm of a SEC 1 key; a key that does not name its curve is taken for one of P-256. */
    private static byte[] curve(byte[] sec1) {
        String hex = HexFormat.of().formatHex(sec1);
        String named = CURVES.stream().filter(hex::contains).findFirst().orElse(CURVES.get(0));
        return der(0x30, joined(EC, HexFormat.of().parseHex(named)));
    }

    /** PrivateKeyInfo of RFC 5208 section 5: version 0, algorithm, key. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return der(0x30, joined(new byte[] {2, 1, 0}, algorithm, der(0x04, key)));
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x100) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
