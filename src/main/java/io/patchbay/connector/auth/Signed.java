package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** A proof of another method with a signature over the request and that proof. */
record Signed(Authorizer inner, HmacSigner signer) implements Authorizer {

    @Override
    public Proof proof(Outgoing request) throws StepException {
        Proof first = inner.proof(request);
        return first.and(signer.proof(request.with(first)));
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return inner.refused(proof, answer);
    }

    @Override
    public boolean paused() {
        return inner.paused();
    }

    @Override
    public boolean signs() {
        return true;
    }

    @Override
    public boolean challenged() {
        return inner.challenged();
    }

    @Override
    public void accepted(Proof proof) {
        inner.accepted(proof);
    }

    @Override
    public @Nullable String remedy() {
        return inner.remedy();
    }

    @Override
    public @Nullable Consent consent() {
        return inner.consent();
    }

    @Override
    public @Nullable Proof open() {
        return inner.open();
    }
}
