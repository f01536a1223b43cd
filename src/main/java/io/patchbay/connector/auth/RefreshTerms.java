package io.patchbay.connector.auth;

import io.patchbay.connector.auth.TokenEndpoint.Given;
import io.patchbay.connector.auth.Tokens.Term;
import io.patchbay.connector.definition.TokenConfig;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long refresh tokens are good: as the answer says, else as the connector does.
 *
 * @param config what the connector says
 */
record RefreshTerms(TokenConfig config) {

    /**
     * That of one that is kept now; null where nobody knows.
     *
     * @param given the answer that it came with, or that left it as it was
     * @param old what was kept before; null when it is the first
     */
    @Nullable
    Term of(Given given, String refresh, @Nullable Tokens old) {
        Duration life = given.refreshLife();
        Instant asked = given.askedAt();
        if (old == null || !refresh.equals(old.refreshToken())) {
            Duration whole = life == null ? config.refreshTtl() : life;
            return whole == null ? null : new Term(asked, asked.plus(whole));
        }
        Term before = old.refreshTerm();
        if (life == null) {
            return before == null ? sinceConnected(old, asked) : before;
        }
        return new Term(before == null ? old.connectedAt() : before.from(), asked.plus(life));
    }

    /** Of one from before terms were kept, or before the connector said any. One that was good longer is younger, or lives longer. */
    private @Nullable Term sinceConnected(Tokens old, Instant asked) {
        Duration whole = config.rotatesRefreshToken() ? null : config.refreshTtl();
        if (whole == null) {
            return null;
        }
        Instant until = old.connectedAt().plus(whole);
        return until.isAfter(asked) ? new Term(old.connectedAt(), until) : null;
    }
}
