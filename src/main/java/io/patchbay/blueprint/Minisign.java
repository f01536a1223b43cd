package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Verifies signatures of minisign (jedisct1.github.io/minisign, "Signature format"), whose tool makes them. No kept library of Java reads them;
 * the cryptography is Bouncy Castle's. Text of two files: a key is one line of base64 behind a comment, a signature four lines.
 */
final class Minisign {

    /** Signed as it is. */
    private static final byte[] PLAIN = {'E', 'd'};
    /** The BLAKE2b-512 of it was signed. */
    private static final byte[] HASHED = {'E', 'D'};

    private static final int ID = 8;
    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    private static final String COMMENT = "untrusted comment:";
    private static final String TRUSTED = "trusted comment: ";

    private Minisign() {}

    /** A public key. */
    record Key(String id, Ed25519PublicKeyParameters key) {

        /** Reads a key file, or its line alone; empty when it is none. */
        static Optional<Key> parse(String text) {
            List<String> lines = text.strip().lines().toList();
            return !lines.isEmpty() && lines.size() <= 2
                    ? decoded(lines.get(lines.size() - 1), PLAIN.length + ID + KEY)
                            .filter(bytes -> begins(bytes, PLAIN))
                            .map(bytes ->
                                    new Key(idOf(bytes), new Ed25519PublicKeyParameters(bytes, PLAIN.length + ID)))
                    : Optional.empty();
        }

        /** Reads one. @throws BlueprintException when it is none */
        static Key read(Path file) throws IOException {
            return parse(Files.readString(file))
                    .orElseThrow(() -> new BlueprintException(file.getFileName()
                            + " is no public key of minisign: those are made by 'minisign -G', in minisign.pub"));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * Verifies a signature.
     *
     * @param content what was signed
     * @param signature text of the signature's file
     * @param keys those that are trusted
     * @return the key that signed it
     * @throws BlueprintException when it is no signature, of no trusted key, or of other content
     */
    static Key verified(byte[] content, String signature, List<Key> keys) {
        List<String> lines = signature.strip().lines().toList();
        byte[] signed = lines.size() == 4
                ? decoded(lines.get(1), PLAIN.length + ID + SIGNATURE).orElse(null)
                : null;
        byte[] global = lines.size() == 4 ? decoded(lines.get(3), SIGNATURE).orElse(null) : null;
        if (signed == null
                || global == null
                || !lines.get(0).startsWith(COMMENT)
                || !lines.get(2).startsWith(TRUSTED)
                || !(begins(signed, PLAIN) || begins(signed, HASHED))) {
            throw new BlueprintException("its signature is none of minisign");
        }
        String id = idOf(signed);
        Key key = keys.stream()
                .filter(one -> one.id().equals(id))
                .findAny()
                .orElseThrow(() -> new BlueprintException("it was signed with the key " + id
                        + ", which is not trusted: put its public key into blueprints/keys/, or name it with --key"));
        byte[] own = Arrays.copyOfRange(signed, PLAIN.length + ID, signed.length);
        byte[] what = begins(signed, HASHED) ? hash(content) : content;
        byte[] comment = lines.get(2).substring(TRUSTED.length()).getBytes(StandardCharsets.UTF_8);
        byte[] withComment = Arrays.copyOf(own, own.length + comment.length);
        System.arraycopy(comment, 0, withComment, own.length, comment.length);
        if (!good(key, what, own) || !good(key, withComment, global)) {
            throw new BlueprintException(
                    "its signature is not of this content: it was changed after it was signed with " + id);
        }
        return key;
    }

    private static boolean good(Key key, byte[] content, byte[] signature) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, key.key());
        signer.update(content, 0, content.length);
        return signer.verifySignature(signature);
    }

    private static byte[] hash(byte[] content) {
        Blake2bDigest digest = new Blake2bDigest(512);
        digest.update(content, 0, content.length);
        byte[] hash = new byte[64];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static Optional<byte[]> decoded(String line, int length) {
        try {
            byte[] bytes = Base64.getDecoder().decode(line.strip());
            return bytes.length == length ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        return bytes[0] == with[0] && bytes[1] == with[1];
    }

    /** As the tool shows it: the number of eight bytes, the last first. */
    private static String idOf(byte[] bytes) {
        byte[] id = new byte[ID];
        for (int i = 0; i < ID; i++) {
            id[i] = bytes[PLAIN.length + ID - 1 - i];
        }
        return HexFormat.of().withUpperCase().formatHex(id);
    }
}
