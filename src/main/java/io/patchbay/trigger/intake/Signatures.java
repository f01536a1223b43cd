package io.patchbay.trigger.intake;

import io.patchbay.connector.definition.SignedParts;
import io.patchbay.trigger.Access;
import io.patchbay.trigger.HeaderName;
import io.patchbay.trigger.SecretRef;
import io.patchbay.trigger.VerifyKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signatures over the bytes of a request as they come in: HMAC (RFC 2104), Ed25519 (RFC 8032) and the Standard Webhooks
 * specification. Own code over the JDK's algorithms: a library for each sender's form would bring its own reading of the body.
 */
final class Signatures {

    /** Signatures of one request that are looked at; a sender has a key or two. */
    private static final int MOST = 10;

    private static final Pattern TIME = Pattern.compile("[0-9]{1,14}");

    /** Above this a time is in milliseconds; in seconds it would be in the year 5138. */
    private static final long SECONDS = 100_000_000_000L;

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final Function<String, Optional<String>> secrets;
    private final Clock clock;
    private final @Nullable String publicUrl;

    /**
     * A request without its body.
     *
     * @param target path and query as they came
     */
    record Asked(String method, String target, MultiMap headers) {}

    /** @param publicUrl what addresses begin with as senders know them, or null */
    Signatures(Function<String, Optional<String>> secrets, Clock clock, @Nullable String publicUrl) {
        this.publicUrl = publicUrl;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Begins to check a request; null when its headers are enough to refuse it. */
    Gate.@Nullable Check begin(Access access, Asked asked) {
        if (access instanceof Access.Hmac signed) {
            return hmac(signed, asked);
        }
        if (access instanceof Access.Ed25519 signed) {
            return ed25519(signed, asked);
        }
        return access instanceof Access.StandardWebhooks signed ? standard(signed, asked.headers()) : null;
    }

    private Gate.@Nullable Check hmac(Access.Hmac signed, Asked asked) {
        MultiMap headers = asked.headers();
        String secret = secret(signed.secret());
        byte[] shown = shown(Gate.single(headers, signed.header().text()), signed.prefix(), signed.encoding());
        Around around = around(signed.payload(), signed.timestampHeader(), signed.tolerance(), asked);
        if (secret == null || shown == null || around == null) {
            return null;
        }
        Mac mac = mac(signed.type().algorithm(), secret.getBytes(StandardCharsets.UTF_8), around.before());
        return mac == null ? null : new Macs(List.of(mac), List.of(shown), around.after());
    }

    private Gate.@Nullable Check ed25519(Access.Ed25519 signed, Asked asked) {
        MultiMap headers = asked.headers();
        byte[] shown = shown(Gate.single(headers, signed.header().text()), signed.prefix(), signed.encoding());
        Around around = around(signed.payload(), signed.timestampHeader(), signed.tolerance(), asked);
        VerifyKey given = signed.publicKey();
        String text = given.text() != null ? given.text() : given.secret() == null ? null : secret(given.secret());
        if (text == null || shown == null || around == null) {
            return null;
        }
        try {
            PublicKey key = VerifyKey.ed25519(text);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(around.before().getBytes(StandardCharsets.UTF_8));
            return new KeyPair(signature, shown, around.after());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null; // no key: nobody is let in
        }
    }

    private Gate.@Nullable Check standard(Access.StandardWebhooks signed, MultiMap headers) {
        String id = Gate.single(headers, signed.idHeader().text());
        String timestamp = Gate.single(headers, signed.headers().text() + "timestamp");
        String signatures = Gate.single(headers, signed.headers().text() + "signature");
        String secret = secret(signed.secret());
        if (id == null
                || id.isEmpty()
                || signatures == null
                || secret == null
                || timestamp == null
                || !timely(timestamp, signed.tolerance())) {
            return null;
        }
        List<byte[]> shown = new ArrayList<>();
        for (String one : signatures.split(" ", MOST + 1)) {
            byte[] bytes = shown.size() < MOST ? shown(one, VERSION, Access.Encoding.BASE64) : null;
            if (bytes != null) {
                shown.add(bytes);
            }
        }
        List<Mac> macs = new ArrayList<>();
        for (byte[] key : keys(secret, signed.key())) {
            Mac mac = mac("HmacSHA256", key, id + "." + timestamp + ".");
            if (mac != null) {
                macs.add(mac);
            }
        }
        return shown.isEmpty() || macs.isEmpty() ? null : new Macs(macs, shown, "");
    }

    private static List<byte[]> keys(String secret, Access.KeyForm form) {
        if (form == Access.KeyForm.TEXT) {
            return List.of(secret.getBytes(StandardCharsets.UTF_8));
        }
        List<byte[]> keys = new ArrayList<>();
        for (String one : secret.strip().split("\\s+", MOST)) {
            String text = one.startsWith(SECRET_PREFIX) ? one.substring(SECRET_PREFIX.length()) : one;
            byte[] key = decoded(text, Access.Encoding.BASE64);
            if (key != null && key.length > 0) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** What is signed before the body and behind it. */
    private record Around(String before, String after) {}

    /** Null when the time of sending is missing or too far off, or nobody said under which address senders know the intake. */
    private @Nullable Around around(SignedParts parts, @Nullable HeaderName header, Duration tolerance, Asked asked) {
        String timestamp = header == null ? "" : Gate.single(asked.headers(), header.text());
        boolean late = header != null && (timestamp == null || !timely(timestamp, tolerance));
        if (timestamp == null || late || (parts.has(SignedParts.Word.URL) && publicUrl == null)) {
            return null;
        }
        return new Around(text(parts.before(), asked, timestamp), text(parts.after(), asked, timestamp));
    }

    private String text(List<SignedParts.Part> parts, Asked asked, String timestamp) {
        StringBuilder text = new StringBuilder();
        for (SignedParts.Part part : parts) {
            SignedParts.Word word = part.word();
            text.append(
                    word == null
                            ? part.text()
                            : switch (word) {
                                case METHOD -> asked.method();
                                case URL -> publicUrl + asked.target();
                                case PATH -> asked.target();
                                case TIMESTAMP -> timestamp;
                            });
        }
        return text.toString();
    }

    private boolean timely(String timestamp, Duration tolerance) {
        if (!TIME.matcher(timestamp).matches()) {
            return false;
        }
        long time = Long.parseLong(timestamp);
        long off = clock.instant().getEpochSecond() - (time > SECONDS ? time / 1_000 : time);
        return Math.abs(off) <= tolerance.toSeconds();
    }

    private @Nullable String secret(SecretRef secret) {
        return secrets.apply(secret.name()).filter(value -> !value.isEmpty()).orElse(null);
    }

    private static @Nullable Mac mac(String algorithm, byte[] key, String before) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static byte @Nullable [] shown(@Nullable String given, String prefix, Access.Encoding encoding) {
        return given == null || !given.startsWith(prefix) ? null : decoded(given.substring(prefix.length()), encoding);
    }

    private static byte @Nullable [] decoded(String text, Access.Encoding encoding) {
        try {
            return encoding == Access.Encoding.HEX
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Signatures by shared keys: one of the shown ones has to be that of one of the keys. */
    private record Macs(List<Mac> macs, List<byte[]> shown, String after) implements Gate.Check {

        @Override
        public boolean refused() {
            return false;
        }

        @Override
        public void update(Buffer bytes) {
            byte[] part = bytes.getBytes();
            macs.forEach(mac -> mac.update(part));
        }

        @Override
        public boolean passes() {
            boolean equal = false;
            for (Mac mac : macs) {
                byte[] expected = mac.doFinal(after.getBytes(StandardCharsets.UTF_8));
                for (byte[] one : shown) {
                    equal |= MessageDigest.isEqual(one, expected);
                }
            }
            return equal;
        }
    }

    /** A signature by a private key. Ed25519 reads its message twice, so the JDK keeps it until the end. */
    @SuppressWarnings("ArrayRecordComponent") // compared by the algorithm
    private record KeyPair(Signature signature, byte[] shown, String after) implements Gate.Check {

        @Override
        public boolean refused() {
            return false;
        }

        @Override
        public void update(Buffer bytes) {
            try {
                signature.update(bytes.getBytes());
            } catch (SignatureException e) {
                throw new IllegalStateException("the signature was begun", e);
            }
        }

        @Override
        public boolean passes() {
            try {
                signature.update(after.getBytes(StandardCharsets.UTF_8));
                return signature.verify(shown);
            } catch (SignatureException e) {
                return false; // not 64 bytes, or no point of the curve
            }
        }
    }
}
