package io.patchbay.secret;

import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.MapSecrets;
import io.patchbay.expression.Proofs;
import io.patchbay.expression.SecretNames;
import io.patchbay.secret.Secrets.UnreachableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Proofs with the secrets that there are. What was found is kept for some seconds: a map asks for each record, and a vault is far
 * away.
 */
public final class SecretProofs implements Proofs, MapSecrets {

    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    private final Secrets secrets;
    private final OpenSecrets open;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(Optional<Secret> secret, Instant until) {}

    /**
     * Proofs with secrets.
     *
     * @param secrets finds them by name
     * @param open which of them maps may use
     */
    public SecretProofs(Secrets secrets, OpenSecrets open, Clock clock) {
        this.secrets = secrets;
        this.open = open;
        this.clock = clock;
    }

    @Override
    public byte[] of(String secret, String algorithm, byte[] content) {
        if (!open.has(secret)) {
            throw new ExpressionException("SECRET_NOT_OPEN", open.closed(secret));
        }
        String key = found(secret)
                .map(Secret::reveal)
                .orElseThrow(() -> new ExpressionException("NO_SECRET", missing(secret)));
        return Proofs.with(key, algorithm, content);
    }

    /** A vault is not asked: it is far away, and whoever deploys waits. */
    @Override
    public @Nullable String lacks(String secret) {
        if (!open.has(secret)) {
            return open.closed(secret);
        }
        if (SecretNames.inVault(secret)) {
            return null;
        }
        try {
            return secrets.find(secret).isPresent() ? null : missing(secret);
        } catch (IllegalStateException | UnreachableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Optional<Secret> found(String name) {
        Instant now = clock.instant();
        @Nullable Kept known = kept.get(name);
        if (known != null && now.isBefore(known.until())) {
            return known.secret();
        }
        try {
            Optional<Secret> secret = secrets.find(name);
            if (kept.size() >= MOST) {
                kept.clear();
            }
            kept.put(name, new Kept(secret, now.plus(KEPT)));
            return secret;
        } catch (UnreachableException e) {
            throw ExpressionException.unreachable("SECRET_UNREACHABLE", String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw new ExpressionException("NO_SECRET", String.valueOf(e.getMessage()));
        }
    }

    private static String missing(String secret) {
        return SecretNames.inVault(secret)
                ? "the vault has no secret '" + secret + "', or an empty one"
                : "there is no secret '" + secret + "': it is the environment's " + Secrets.PREFIX + secret
                        + " or a file of this name in the secrets folder";
    }
}
