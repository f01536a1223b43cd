package io.patchbay.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what is kept at rest, and opens it: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits. What it is for goes
 * in as additional authenticated data, so that a sealed text that was moved to another place cannot be opened there. A sealed
 * text names its key ({@code v1.KEY.CONTENT}): the newest key writes, all that are known open. Safe for use by several threads.
 */
public final class Seal {

    private static final String VERSION = "v1";
    private static final int PARTS = 3;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final @Nullable KeyFile file;
    private final SecureRandom random;
    private volatile List<SealKey> keys;
    private volatile @Nullable Redactor redactor;

    private Seal(List<SealKey> keys, @Nullable KeyFile file, SecureRandom random) {
        this.keys = List.copyOf(keys);
        this.file = file;
        this.random = random;
    }

    /**
     * Seals with keys that somebody gives.
     *
     * @param keys each 32 bytes in base 64, separated by commas, blanks or lines; the first one writes
     * @throws SealException if they have another form
     */
    public static Seal of(String keys, SecureRandom random) {
        return new Seal(SealKey.parse(keys, "PATCHBAY_KEY"), null, random);
    }

    /**
     * Seals with the keys of a file; one that is missing is made, readable for its owner only.
     *
     * @throws SealException if the file cannot be used, or others may read it
     */
    public static Seal ofFile(Path path, SecureRandom random) {
        KeyFile file = new KeyFile(path, random);
        return new Seal(file.open(), file, random);
    }

    /** Makes its keys known to a redactor, each by itself, and those that come later too. */
    public void tell(Redactor told) {
        redactor = told;
        keys(keys);
    }

    private void keys(List<SealKey> now) {
        keys = now;
        Redactor told = redactor;
        if (told != null) {
            now.forEach(key -> told.learn("key " + key.id(), key.text()));
        }
    }

    /** Seals a text for a place, like {@code instance/my-shop/apiKey}. */
    public String seal(String text, String context) {
        return seal(text.getBytes(StandardCharsets.UTF_8), context);
    }

    /** Seals bytes for a place. */
    public String seal(byte[] content, String context) {
        SealKey key = keys.get(0);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
            byte[] sealed = cipher.doFinal(content);
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return VERSION + "." + key.id() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /**
     * Opens what was sealed as text for the same place.
     *
     * @throws SealException if its key is not known, it was changed, or it was sealed for another place
     */
    public String open(String sealed, String context) {
        return new String(openBytes(sealed, context), StandardCharsets.UTF_8);
    }

    /** Opens what was sealed for the same place. @throws SealException as {@link #open} */
    public byte[] openBytes(String sealed, String context) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new SealException("what is kept for " + context + " is not sealed by a version that is known here");
        }
        byte[] whole = decoded(parts[2], context);
        SealKey key = key(parts[1], context);
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new SealException("what is kept for " + context + " was changed, or was sealed for another place", e);
        } catch (GeneralSecurityException e) {
            throw new SealException("what is kept for " + context + " cannot be opened", e);
        }
    }

    private static byte[] decoded(String text, String context) {
        try {
            byte[] whole = Base64.getUrlDecoder().decode(text);
            if (whole.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                return whole;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new SealException("what is kept for " + context + " was changed: it is cut or has foreign characters");
    }

    private static Cipher cipher(int mode, SealKey key, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((VERSION + "." + key.id() + "." + context).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** A key by its id; another process may have put a newer one into the file. */
    private SealKey key(String id, String context) {
        return known(id)
                .or(() -> {
                    reload();
                    return known(id);
                })
                .orElseThrow(() -> new SealException("what is kept for " + context + " was sealed with the key " + id
                        + ", which is not among the keys "
                        + (file == null ? "in PATCHBAY_KEY; put it there behind the newest" : "of " + file.path())));
    }

    private Optional<SealKey> known(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private void reload() {
        if (file != null) {
            keys(file.open());
        }
    }

    /** Whether the newest key sealed it: if not, it is to be sealed again when keys are rotated. */
    public boolean isNewest(String sealed) {
        return sealed.startsWith(VERSION + "." + newest() + ".");
    }

    /** Id of the key that writes. */
    public String newest() {
        return keys.get(0).id();
    }

    /** Ids of the keys that open, the newest first. */
    public List<String> known() {
        return keys.stream().map(SealKey::id).toList();
    }

    /**
     * Puts a new key before those of the file; keys that somebody gave are changed by whoever gave them.
     *
     * @return whether there is a file, and so a new key
     * @throws SealException if the file cannot be written
     */
    public synchronized boolean renew() {
        if (file == null) {
            return false;
        }
        keys(file.renew());
        return true;
    }

    /** Takes out of the file what is older than the newest key and the one before, once nothing is sealed with it. */
    public synchronized void forgetOld() {
        if (file != null) {
            keys(file.forgetOld());
        }
    }
}
