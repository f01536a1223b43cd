package io.patchbay.connector.auth;

/** A proof that is always the same: none, a key, user and password, or a fixed token. */
record FixedProof(Proof proof) implements Authorizer {

    @Override
    public boolean refused(Proof refused) {
        return false;
    }
}
