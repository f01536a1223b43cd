package io.patchbay.connector.camel;

import io.patchbay.connector.Instance;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.Consent;
import io.patchbay.connector.auth.Pkce;
import io.patchbay.connector.auth.TokenStore;
import io.patchbay.connector.auth.Tokens;
import io.patchbay.connector.auth.Tokens.Term;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a person connect an instance in a browser (RFC 6749 section 4.1 with RFC 7636 and RFC 9207). */
public final class InstanceConnect {

    /** How long a person may take at the other system. */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ConnectorComponent component;

    /** Connects over the connections of a component. */
    public InstanceConnect(ConnectorComponent component) {
        this.component = component;
    }

    /**
     * How an instance stands.
     *
     * @param instance its name
     * @param title what people call its connector
     * @param needed whether a person has to connect it
     * @param page where
     * @param connectedAt since when it is connected; null when it is not
     * @param accessEndsAt when the access token ends
     * @param renews whether a new one is had without a person
     * @param scope what the token is good for, where the system says so
     * @param missing scopes that were asked for and not given
     */
    public record Standing(
            String instance,
            String title,
            boolean needed,
            @Nullable String page,
            @Nullable Instant connectedAt,
            @Nullable Instant accessEndsAt,
            boolean renews,
            @Nullable String scope,
            @Nullable String missing) {}

    /**
     * A connection that was begun. It belongs to one browser session, and is good once.
     *
     * @param instance which
     * @param state what the answer must bring back
     * @param verifier what the code is redeemed with
     * @param begun when
     */
    public record Begun(String instance, String state, String verifier, Instant begun) {
        /** Whether an answer brings this state; takes the same time for every wrong one. */
        public boolean is(String other) {
            return MessageDigest.isEqual(
                    state.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "connection of " + instance + " begun at " + begun;
        }
    }

    /** Where the browser goes, and what has to be kept until it comes back. */
    public record Departure(URI address, Begun begun) {}

    /**
     * What the browser brings back (RFC 6749 sections 4.1.2 and 4.1.2.1).
     *
     * @param code for which there are tokens
     * @param issuer who it says it is from
     * @param error why there is no code
     */
    public record Arrival(
            @Nullable String code,
            @Nullable String issuer,
            @Nullable String error) {}

    /** How an instance stands; empty when there is none of this name. @throws StepException when that cannot be found out */
    public Optional<Standing> standing(String name) throws StepException {
        Instance instance = component.connections().catalog().instance(name);
        if (instance == null) {
            return Optional.empty();
        }
        String title = instance.connector().title();
        if (!needed(instance)) {
            return Optional.of(new Standing(name, title, false, null, null, null, false, null, null));
        }
        Consent consent = component.connections().consent(instance);
        Tokens tokens = consent.kept();
        String page = connecting().page(name);
        return Optional.of(
                tokens == null
                        ? new Standing(name, title, true, page, null, null, false, null, null)
                        : new Standing(
                                name,
                                title,
                                true,
                                page,
                                tokens.connectedAt(),
                                tokens.endsAt(),
                                tokens.refreshToken() != null,
                                tokens.scope(),
                                consent.missingScopes(tokens)));
    }

    /**
     * How long instances stay connected by what is kept for them, where that is known; by instance.
     *
     * @throws StepException when that cannot be read
     */
    public Map<String, Term> terms() throws StepException {
        Map<TokenStore.Key, Tokens> kept = connecting().tokens().all();
        Map<String, Term> terms = new HashMap<>();
        for (Instance instance : component.connections().catalog().instances()) {
            Tokens tokens =
                    kept.get(new TokenStore.Key(instance.name(), instance.auth().id()));
            Term term = tokens == null || !needed(instance) ? null : tokens.term();
            if (term != null) {
                terms.put(instance.name(), term);
            }
        }
        return terms;
    }

    /** Whether a person has to connect an instance. */
    public static boolean needed(Instance instance) {
        return instance.auth().config().type() == AuthConfig.Type.OAUTH2_AUTHORIZATION_CODE;
    }

    /** The redirect address that the client is registered with at the other system. */
    public String redirect() {
        return connecting().redirect();
    }

    /** Begins. @throws StepException when there is no such instance, it needs no person, or a setting is wrong */
    public Departure begin(String name) throws StepException {
        Pkce pkce = Pkce.fresh();
        String state = Pkce.random();
        URI address = consent(name).authorize(state, pkce);
        return new Departure(address, new Begun(name, state, pkce.verifier(), now()));
    }

    /** Ends what was begun: the code is redeemed and the tokens are kept. @throws StepException when it cannot be */
    public void finish(Begun begun, Arrival arrival) throws StepException {
        if (begun.begun().plus(PATIENCE).isBefore(now())) {
            throw refused("STATE_REFUSED", "this took longer than " + PATIENCE.toMinutes() + " minutes; begin again");
        }
        Consent consent = consent(begun.instance());
        String issuer = consent.issuer();
        if (issuer != null && !issuer.equals(arrival.issuer())) {
            throw refused(
                    "ISSUER_REFUSED",
                    "the answer does not name " + issuer + " as the one it is from, which the connector expects"
                            + " (token.issuer); nothing was sent to anybody");
        }
        if (arrival.error() != null) {
            String error = arrival.error().matches("[a-z_]{1,40}") ? " (" + arrival.error() + ")" : "";
            throw refused(
                    "CONSENT_REFUSED",
                    "the system did not let the instance in" + error
                            + (error.equals(" (access_denied)") ? ": somebody said no there" : ""));
        }
        if (arrival.code() == null || arrival.code().isEmpty()) {
            throw refused("NO_CODE", "the answer holds no code");
        }
        consent.redeem(arrival.code(), Pkce.of(begun.verifier()));
    }

    /** Forgets an instance's tokens. @return what the other system does not know of it, as a sentence; null when it knows */
    public @Nullable String disconnect(String name) throws StepException {
        return consent(name).disconnect();
    }

    private Consent consent(String name) throws StepException {
        Instance instance = component.connections().catalog().instance(name);
        if (instance == null) {
            throw refused("NOT_FOUND", "there is no instance '" + name + "'");
        }
        return component.connections().consent(instance);
    }

    private Connecting connecting() {
        return component.connections().services().connecting();
    }

    private Instant now() {
        return component.connections().services().clock().instant();
    }

    private static StepException refused(String code, String why) {
        return new StepException(Owner.AUTHOR, code, why);
    }
}
