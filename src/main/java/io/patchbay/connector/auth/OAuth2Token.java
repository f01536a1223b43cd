package io.patchbay.connector.auth;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.auth.RenewedProof.Life;
import io.patchbay.connector.definition.TokenConfig;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token that is asked for as often as needed (RFC 6749 section 4.4, RFC 7523 section 2.1), kept for all calls of the instance. */
final class OAuth2Token implements Authorizer {

    private final TokenEndpoint endpoint;
    private final TokenConfig config;
    private final Grant grant;
    private final Injection injection;
    private final RenewedProof token;
    private final Fruitless renewals;

    OAuth2Token(AuthMethod method, Grant grant, @Nullable JwtSigner signer, Surroundings surroundings) {
        this.endpoint = new TokenEndpoint(method, signer, surroundings);
        this.config = Objects.requireNonNull(method.config().token());
        this.grant = grant;
        this.injection = Injection.of(method, surroundings.scope());
        this.token = new RenewedProof(this::ask, surroundings.clock());
        this.renewals = new Fruitless(surroundings.clock());
    }

    @Override
    public Proof proof(Outgoing outgoing) throws StepException {
        return token.proof();
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return token.refused(proof, renewals);
    }

    @Override
    public void accepted(Proof proof) {
        renewals.accepted();
    }

    @Override
    public boolean paused() {
        return renewals.lasts();
    }

    private Life ask() throws StepException {
        TokenEndpoint.Given given = endpoint.ask(grant.fields());
        return new Life(
                injection.proof(given.access()),
                Lifetimes.renewAt(given.askedAt(), given.endsAt(), config.refreshBefore()),
                given.endsAt());
    }
}
