package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;

/** A proof of another method with a signature over the request and that proof. */
record Signed(Authorizer inner, HmacSigner signer) implements Authorizer {

    @Override
    public Proof proof(Outgoing request) throws StepException {
        Proof first = inner.proof(request);
        return first.and(signer.proof(request.with(first)));
    }

    @Override
    public boolean refused(Proof proof, Refusal refusal) {
        return inner.refused(proof, refusal);
    }

    @Override
    public boolean challenged() {
        return inner.challenged();
    }
}
