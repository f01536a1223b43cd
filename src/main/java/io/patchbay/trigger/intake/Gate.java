package io.patchbay.trigger.intake;

import io.patchbay.trigger.Access;
import io.patchbay.trigger.HeaderName;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may come in. Credentials in headers are decided before the body is read, signatures when it has
 * been. All comparisons take the same time whatever the caller sent. A header that stands twice is refused.
 */
final class Gate {

    private final Access access;
    private final Function<String, Optional<String>> secrets;
    private final Clock clock;

    /**
     * A gate.
     *
     * @param secrets the value of a secret by name, from memory: asked on event loops
     */
    Gate(Access access, Function<String, Optional<String>> secrets, Clock clock) {
        this.access = access;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What a request has shown so far. */
    interface Check {
        /** Whether the headers alone are enough to refuse it. */
        boolean refused();

        /** Takes the next bytes of the body. */
        void update(Buffer bytes);

        /** Whether it may come in, after the whole body. */
        boolean passes();
    }

    private record Decided(boolean passes) implements Check {
        @Override
        public boolean refused() {
            return !passes;
        }

        @Override
        public void update(Buffer bytes) {
            // decided without the body
        }
    }

    private static final Check PASSED = new Decided(true);
    private static final Check REFUSED = new Decided(false);

    /** Begins the check of one request. */
    Check begin(MultiMap headers) {
        if (access instanceof Access.Open) {
            return PASSED;
        }
        if (access instanceof Access.Basic basic) {
            return basic(basic, headers) ? PASSED : REFUSED;
        }
        if (access instanceof Access.Token token) {
            return token(token, headers) ? PASSED : REFUSED;
        }
        return signature((Access.HmacSha256) access, headers);
    }

    /** What a refused caller is told to show: the value of WWW-Authenticate (RFC 9110, 11.6.1). */
    String challenge() {
        if (access instanceof Access.Basic) {
            return "Basic realm=\"patchbay\", charset=\"UTF-8\"";
        }
        return access instanceof Access.Token token && token.header().is("Authorization")
                ? "Bearer realm=\"patchbay\""
                : "Signature realm=\"patchbay\"";
    }

    private boolean basic(Access.Basic basic, MultiMap headers) {
        String given = single(headers, "Authorization");
        Optional<String> password = secrets.apply(basic.password().name());
        if (given == null || password.isEmpty() || !given.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        byte[] expected = (basic.user() + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
        byte[] shown = decode(given.substring(6).strip(), Access.Encoding.BASE64);
        return shown != null && MessageDigest.isEqual(shown, expected);
    }

    private boolean token(Access.Token token, MultiMap headers) {
        String given = single(headers, token.header().text());
        Optional<String> secret = secrets.apply(token.secret().name());
        if (given == null || secret.isEmpty()) {
            return false;
        }
        byte[] expected = (token.before() + secret.get()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected);
    }

    private Check signature(Access.HmacSha256 signed, MultiMap headers) {
        String given = single(headers, signed.header().text());
        Optional<String> secret = secrets.apply(signed.secret().name());
        if (given == null || secret.isEmpty() || !given.startsWith(signed.prefix())) {
            return REFUSED;
        }
        byte[] shown = decode(given.substring(signed.prefix().length()), signed.encoding());
        HeaderName timestampHeader = signed.timestampHeader();
        String timestamp = timestampHeader == null ? null : single(headers, timestampHeader.text());
        if (shown == null || (timestampHeader != null && !timely(timestamp, signed.tolerance()))) {
            return REFUSED;
        }
        Mac mac = mac(secret.get());
        if (timestamp != null) {
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        }
        return new Signature(mac, shown);
    }

    private boolean timely(@Nullable String timestamp, Duration tolerance) {
        if (timestamp == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long off = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
        return Math.abs(off) <= tolerance.toSeconds();
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static @Nullable String single(MultiMap headers, String name) {
        List<String> values = headers.getAll(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    private static byte @Nullable [] decode(String text, Access.Encoding encoding) {
        try {
            return encoding == Access.Encoding.HEX
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static final class Signature implements Check {
        private final Mac mac;
        private final byte[] shown;

        Signature(Mac mac, byte[] shown) {
            this.mac = mac;
            this.shown = shown;
        }

        @Override
        public boolean refused() {
            return false;
        }

        @Override
        public void update(Buffer bytes) {
            mac.update(bytes.getBytes());
        }

        @Override
        public boolean passes() {
            return MessageDigest.isEqual(shown, mac.doFinal());
        }
    }
}
