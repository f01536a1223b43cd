package io.patchbay.trigger.intake;

import io.patchbay.connector.definition.SignedParts;
import io.patchbay.trigger.Access;
import io.patchbay.trigger.SecretRef;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may come in. Credentials in headers are decided before the body is read, signatures when it has
 * been. All comparisons take the same time whatever the caller sent. A header that stands twice is refused.
 */
final class Gate {

    private final Access access;
    private final Function<String, Optional<String>> secrets;
    private final Signatures signatures;

    /**
     * A gate.
     *
     * @param secrets the value of a secret by name, from memory: asked on event loops
     * @param publicUrl what addresses begin with as senders know them, or null
     */
    Gate(Access access, Function<String, Optional<String>> secrets, Clock clock, @Nullable String publicUrl) {
        this.access = access;
        this.secrets = secrets;
        this.signatures = new Signatures(secrets, clock, publicUrl);
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

    static final Check PASSED = new Decided(true);
    static final Check REFUSED = new Decided(false);

    /** Begins the check of one request. */
    Check begin(Signatures.Asked asked) {
        MultiMap headers = asked.headers();
        if (access instanceof Access.Open) {
            return PASSED;
        }
        if (access instanceof Access.Basic basic) {
            return password(basic.user() + ":", basic.password(), headers) ? PASSED : REFUSED;
        }
        if (access instanceof Access.Credentials both) {
            return password("", both.pair(), headers) ? PASSED : REFUSED;
        }
        if (access instanceof Access.Token token) {
            return token(token, headers) ? PASSED : REFUSED;
        }
        Check check = signatures.begin(access, asked);
        return check == null ? REFUSED : check;
    }

    /** Whether senders sign the address that they call. */
    boolean needsAddress() {
        return (access instanceof Access.Hmac hmac && hmac.payload().has(SignedParts.Word.URL))
                || (access instanceof Access.Ed25519 pair && pair.payload().has(SignedParts.Word.URL));
    }

    /** Whether the check keeps the whole body in memory: the signature can only be computed in one go. */
    boolean keepsBody() {
        return access instanceof Access.Ed25519;
    }

    /** Names of the secrets that it needs. */
    Set<String> secrets() {
        SecretRef secret = null;
        if (access instanceof Access.Basic basic) {
            secret = basic.password();
        } else if (access instanceof Access.Credentials both) {
            secret = both.pair();
        } else if (access instanceof Access.Token token) {
            secret = token.secret();
        } else if (access instanceof Access.Hmac signed) {
            secret = signed.secret();
        } else if (access instanceof Access.StandardWebhooks signed) {
            secret = signed.secret();
        } else if (access instanceof Access.Ed25519 signed) {
            secret = signed.publicKey().secret();
        }
        return secret == null ? Set.of() : Set.of(secret.name());
    }

    /** What a refused caller is told to show: the value of WWW-Authenticate (RFC 9110, 11.6.1). */
    String challenge() {
        if (access instanceof Access.Basic || access instanceof Access.Credentials) {
            return "Basic realm=\"patchbay\", charset=\"UTF-8\"";
        }
        return access instanceof Access.Token token && token.header().is("Authorization")
                ? "Bearer realm=\"patchbay\""
                : "Signature realm=\"patchbay\"";
    }

    /** Basic (RFC 7617). The secret may hold the password alone; then the user and a colon stand before it. */
    private boolean password(String before, SecretRef secret, MultiMap headers) {
        String given = single(headers, "Authorization");
        Optional<String> password = secrets.apply(secret.name());
        if (given == null || password.isEmpty() || !given.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        byte[] expected = (before + password.get()).getBytes(StandardCharsets.UTF_8);
        byte[] shown = decoded(given.substring(6).strip());
        return shown != null && MessageDigest.isEqual(shown, expected);
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
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

    static @Nullable String single(MultiMap headers, String name) {
        List<String> values = headers.getAll(name);
        return values.size() == 1 ? values.get(0) : null;
    }
}
