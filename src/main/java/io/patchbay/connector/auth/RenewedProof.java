package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A proof that ends. One caller asks for a new one; while the old one is still good the others go on with it, else they wait
 * and share the outcome. When there is no new one, the old one serves as long as it is good. Safe for use by several threads.
 */
final class RenewedProof {

    /** How long after a renewal that failed the next one is tried, while the old proof is good. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Source source;
    private final Clock clock;
    private final SingleFlight<Life> flight = new SingleFlight<>();
    private volatile @Nullable Life life;

    RenewedProof(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** A proof, when a new one is to be had, and when it ends. */
    record Life(Proof proof, Instant renewAt, Instant endsAt) {}

    /** Where new ones come from. */
    interface Source {
        /** Asks for one, and waits for it. */
        Life make() throws StepException;
    }

    Proof proof() throws StepException {
        Life current = life;
        if (current == null) {
            return renewed(null).proof();
        }
        Instant now = clock.instant();
        boolean serves = now.isBefore(current.renewAt()) || (now.isBefore(current.endsAt()) && flight.busy());
        return serves ? current.proof() : renewed(current).proof();
    }

    /**
     * The system does not take it: the next caller gets another one, if that is worth while. Of callers that are refused with
     * the same proof at once, one decides.
     *
     * @return whether another one is to be had
     */
    synchronized boolean refused(Proof proof, Fruitless renewals) {
        Life current = life;
        if (current == null || !proof.holds(current.proof())) {
            return true; // another caller was told so before
        }
        if (!renewals.worthAnother()) {
            return false;
        }
        life = null;
        return true;
    }

    /** The next caller gets another one, whatever this one is good for. */
    void forget() {
        life = null;
    }

    /** The proof if there is a good one; asks for none. */
    @Nullable
    Proof good() {
        Life current = life;
        return current != null && clock.instant().isBefore(current.endsAt()) ? current.proof() : null;
    }

    private Life renewed(@Nullable Life old) throws StepException {
        return flight.run(() -> {
            Life current = life;
            if (current != null && !current.equals(old)) {
                return current; // someone was faster
            }
            Life fresh = madeOr(current);
            life = fresh;
            return fresh;
        });
    }

    private Life madeOr(@Nullable Life old) throws StepException {
        try {
            return source.make();
        } catch (StepException e) {
            Instant now = clock.instant();
            boolean over = e.code().equals(KeptToken.NOT_CONNECTED);
            if (old == null || life == null || over || !now.isBefore(old.endsAt())) {
                throw e;
            }
            Instant later = now.plus(AGAIN);
            return new Life(old.proof(), later.isBefore(old.endsAt()) ? later : old.endsAt(), old.endsAt());
        }
    }
}
