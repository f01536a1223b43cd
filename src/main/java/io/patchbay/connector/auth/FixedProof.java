package io.patchbay.connector.auth;

/** A proof that is always the same: none, a key, user and password, or a fixed token. */
record FixedProof(Proof proof) implements Authorizer {

    @Override
    public Proof proof(Outgoing request) {
        return proof;
    }

    @Override
    public boolean refused(Proof refused, AnswerHeaders answer) {
        return false;
    }
}
