package io.patchbay.connector.auth;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.auth.RenewedProof.Life;
import io.patchbay.connector.auth.TokenEndpoint.Given;
import io.patchbay.connector.auth.TokenStore.Kept;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A token that is renewed with a refresh token (RFC 6749 section 6), kept in the store for all calls of the instance on all
 * replicas. One caller asks: who claims the tokens in the store. Fresh ones are stored before they are used, because with them
 * the server may have ended the old ones.
 */
final class KeptToken implements Authorizer, Consent {

    /** Code of the failure when a person has to let the instance in. */
    static final String NOT_CONNECTED = "NOT_CONNECTED";

    /** How often the store is looked at: another replica, or a person, may have put other tokens there. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** When the next look is due while another replica renews. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 500;

    private final String owner;
    private final TokenConfig config;
    private final RefreshTerms terms;
    private final TokenEndpoint endpoint;
    private final Grant grant;
    private final Injection injection;
    private final Connecting connecting;
    private final TokenStore store;
    private final TokenStore.Key key;
    private final String gotWith;
    private final Duration lease;
    private final Clock clock;
    private final Pause pause;
    private final RenewedProof proof;
    private final Fruitless renewals;
    private volatile @Nullable Proof refused;
    private volatile @Nullable Unstored unstored;

    /** Tokens that the server gave and the store did not take yet. */
    private record Unstored(Tokens tokens, long revision) {}

    KeptToken(AuthMethod method, Grant grant, @Nullable JwtSigner signer, Surroundings surroundings) {
        this.owner = surroundings.owner();
        this.config = Objects.requireNonNull(method.config().token());
        this.terms = new RefreshTerms(config);
        this.endpoint = new TokenEndpoint(method, signer, surroundings);
        this.grant = grant;
        this.injection = Injection.of(method, surroundings.scope());
        this.connecting = surroundings.connecting();
        this.store = connecting.tokens();
        this.key = new TokenStore.Key(owner, method.id());
        this.gotWith = fingerprint(endpoint.client() + "\n" + grant);
        this.lease = surroundings.fetch().longest().plus(MARGIN);
        this.clock = surroundings.clock();
        this.pause = new Pause(clock);
        this.proof = new RenewedProof(this::renewed, clock);
        this.renewals = new Fruitless(clock);
    }

    private static String fingerprint(String text) {
        return HexFormat.of().formatHex(Hashes.digest("SHA-256", text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        return proof.proof();
    }

    @Override
    public boolean refused(Proof given, AnswerHeaders answer) {
        if (!proof.refused(given, renewals)) {
            return false;
        }
        refused = given;
        return true;
    }

    @Override
    public void accepted(Proof given) {
        renewals.accepted();
    }

    @Override
    public boolean paused() {
        return pause.lasts() || renewals.lasts();
    }

    @Override
    public @Nullable String remedy() {
        return grant.again() ? null : "connect instance '" + owner + "' again at " + connecting.page(owner);
    }

    @Override
    public @Nullable Consent consent() {
        return grant.again() ? null : this;
    }

    private Life renewed() throws StepException {
        long end = System.nanoTime() + lease.toNanos();
        long wait = FIRST_WAIT_MILLIS;
        storeWhatIsNot();
        while (true) {
            Kept kept = find();
            if (kept == null) {
                return life(begun());
            }
            Tokens tokens = kept.tokens();
            Instant now = clock.instant();
            boolean good = now.isBefore(tokens.endsAt()) && !wasRefused(tokens);
            boolean last = tokens.refreshToken() == null;
            if (good && (last || now.isBefore(renewAt(tokens)))) {
                return life(tokens);
            }
            if (last) {
                return life(begun());
            }
            Tokens fresh = claimedAndRefreshed(kept, good);
            if (fresh != null) {
                return life(fresh);
            }
            if (good) {
                return new Life(injection.proof(tokens.accessToken()), now.plus(SOON), tokens.endsAt());
            }
            if (System.nanoTime() > end) {
                throw new StepException(
                        Owner.REMOTE,
                        "TOKEN_TIMEOUT",
                        "the token of instance '" + owner + "' is being renewed and does not come",
                        null,
                        true,
                        null);
            }
            sleep(wait);
            wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
    }

    private static void sleep(long millis) throws StepException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for a token was interrupted", e);
        }
    }

    /** What is kept of this client; tokens of another one, from before the instance's file was changed, are of no use. */
    private @Nullable Kept find() throws StepException {
        Kept kept = store.find(key);
        if (kept == null || !kept.tokens().gotWith().equals(gotWith)) {
            return null;
        }
        endpoint.learn(kept.tokens().accessToken(), kept.tokens().refreshToken());
        return kept;
    }

    private boolean wasRefused(Tokens tokens) {
        Proof last = refused;
        return last != null && last.holds(injection.proof(tokens.accessToken()));
    }

    private Instant renewAt(Tokens tokens) {
        return Lifetimes.renewAt(tokens.askedAt(), tokens.endsAt(), config.refreshBefore());
    }

    private Life life(Tokens tokens) {
        Instant look = clock.instant().plus(LOOK);
        Instant renew = tokens.refreshToken() == null ? tokens.endsAt() : renewAt(tokens);
        return new Life(injection.proof(tokens.accessToken()), renew.isBefore(look) ? renew : look, tokens.endsAt());
    }

    /** Without a refresh token: what the grant gives, or the sentence that a person has to connect. */
    private Tokens begun() throws StepException {
        pause.check();
        if (!grant.again()) {
            throw new StepException(
                    Owner.AUTHOR,
                    NOT_CONNECTED,
                    "instance '" + owner + "' is not connected: connect it at " + connecting.page(owner));
        }
        return put(asked(grant.fields()), clock.instant());
    }

    private Given asked(Map<String, String> fields) throws StepException {
        try {
            return endpoint.ask(fields);
        } catch (StepException e) {
            pause.begin(e);
            throw e;
        }
    }

    private Tokens put(Given given, Instant connectedAt) throws StepException {
        Tokens tokens = tokens(given, given.refresh(), given.scope(), connectedAt, null);
        store.put(key, tokens);
        return tokens;
    }

    private Tokens tokens(
            Given given, @Nullable String refresh, @Nullable String scope, Instant connectedAt, @Nullable Tokens old) {
        return new Tokens(
                given.access(),
                refresh,
                given.askedAt(),
                given.endsAt(),
                scope,
                connectedAt,
                refresh == null ? null : terms.of(given, refresh, old),
                gotWith);
    }

    /** Fresh tokens; null when another replica is at it, or was. */
    private @Nullable Tokens claimedAndRefreshed(Kept kept, boolean good) throws StepException {
        pause.check();
        Long claimed = store.claim(key, kept.revision(), lease);
        if (claimed == null) {
            return null;
        }
        Tokens fresh;
        try {
            fresh = refreshed(kept.tokens());
        } catch (StepException e) {
            return afterRefusal(e, claimed, kept.tokens(), good);
        } catch (RuntimeException e) {
            store.release(key, claimed);
            throw e;
        }
        unstored = new Unstored(fresh, claimed);
        return storeWhatIsNot() ? fresh : null;
    }

    private Tokens refreshed(Tokens old) throws StepException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", Objects.requireNonNull(old.refreshToken()));
        Given given = endpoint.ask(fields);
        String kept = config.rotatesRefreshToken() ? null : old.refreshToken();
        return tokens(
                given,
                given.refresh() == null ? kept : given.refresh(),
                given.scope() == null ? old.scope() : given.scope(),
                old.connectedAt(),
                old);
    }

    /** A refresh token that the server does not take any more is of no use; with another failure it may be taken the next time. */
    private @Nullable Tokens afterRefusal(StepException why, long claimed, Tokens old, boolean good)
            throws StepException {
        boolean over = why.code().equals(TokenFetch.GRANT_REFUSED) || (grant.again() && !why.retryable());
        if (!over) {
            store.release(key, claimed);
            pause.begin(why);
            throw why;
        }
        if (good) {
            Tokens rest = new Tokens(
                    old.accessToken(),
                    null,
                    old.askedAt(),
                    old.endsAt(),
                    old.scope(),
                    old.connectedAt(),
                    null,
                    gotWith);
            return store.replace(key, claimed, rest) ? rest : null;
        }
        if (!store.remove(key, claimed)) {
            return null;
        }
        if (grant.again()) {
            return begun();
        }
        throw new StepException(Owner.AUTHOR, NOT_CONNECTED, why.getMessage() + ": " + remedy());
    }

    /** @return false when others stand there meanwhile */
    private boolean storeWhatIsNot() throws StepException {
        Unstored waiting = unstored;
        if (waiting == null) {
            return true;
        }
        boolean stored = store.replace(key, waiting.revision(), waiting.tokens());
        unstored = null;
        return stored;
    }

    @Override
    public URI authorize(String state, Pkce pkce) throws StepException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("response_type", "code");
        fields.put("redirect_uri", connecting.redirect());
        fields.put("state", state);
        if (config.pkce()) {
            fields.put("code_challenge", pkce.challenge());
            fields.put("code_challenge_method", "S256");
        }
        return endpoint.authorize(fields);
    }

    @Override
    public @Nullable String issuer() {
        return config.issuer();
    }

    @Override
    public void redeem(String code, Pkce pkce) throws StepException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", connecting.redirect());
        if (config.pkce()) {
            fields.put("code_verifier", pkce.verifier());
        }
        put(endpoint.ask(fields), clock.instant());
        pause.end();
        proof.forget();
    }

    @Override
    public @Nullable Tokens kept() throws StepException {
        Kept kept = find();
        return kept == null ? null : kept.tokens();
    }

    @Override
    public @Nullable String disconnect() throws StepException {
        Tokens tokens = kept();
        store.remove(key, null);
        unstored = null;
        proof.forget();
        if (tokens == null) {
            return null;
        }
        String refresh = tokens.refreshToken();
        try {
            boolean told = refresh == null
                    ? endpoint.revoke(tokens.accessToken(), "access_token")
                    : endpoint.revoke(refresh, "refresh_token");
            return told ? null : "the system was not told, because the connector declares no token.revokeUrl";
        } catch (StepException e) {
            return "the system was not told: " + e.getMessage();
        }
    }

    @Override
    public @Nullable String missingScopes(Tokens tokens) {
        String given = tokens.scope();
        if (given == null) {
            return null; // RFC 6749 section 5.1: then it is what was asked for
        }
        List<String> missing = new ArrayList<>(config.scopes());
        missing.removeAll(Arrays.asList(given.split("[ ,]+")));
        missing.remove("offline_access"); // asks for a refresh token, and is seldom named in an answer
        return missing.isEmpty() ? null : String.join(", ", missing);
    }
}
