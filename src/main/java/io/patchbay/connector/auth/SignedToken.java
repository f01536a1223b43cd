package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that we sign ourselves, kept until shortly before its end (RFC 7519, sent as in RFC 6750). */
final class SignedToken implements Authorizer {

    private final JwtSigner signer;
    private final Injection injection;
    private final Duration margin;
    private final Clock clock;
    private volatile @Nullable Kept kept;

    private record Kept(Proof proof, Instant issued, Instant renewAt) {}

    SignedToken(JwtSigner signer, Injection injection, Duration refreshBefore, Clock clock) {
        this.signer = signer;
        this.injection = injection;
        this.margin = refreshBefore;
        this.clock = clock;
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        Kept current = kept;
        if (current == null || !clock.instant().isBefore(current.renewAt())) {
            JwtSigner.Made made = signer.make(Map.of());
            Proof proof = injection.proof(made.token());
            current = new Kept(proof, made.issued(), Lifetimes.renewAt(made.issued(), made.ends(), margin));
            kept = current;
        }
        return current.proof();
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        Kept current = kept;
        if (current == null || !proof.holds(current.proof())) {
            return true; // another caller was told so before, and there is a newer one
        }
        kept = null;
        // within the same second it would be the same token
        return current.issued().plusSeconds(1).isBefore(clock.instant());
    }
}
