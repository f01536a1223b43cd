package io.patchbay.trigger.inbound;

import java.util.List;
import java.util.Optional;

/** The callers of the inbound API, as operators manage them. All methods may wait for the database. */
public interface Callers {

    /** All of them, by name. */
    List<Caller> list();

    /** One of them. */
    Optional<Caller> find(String name);

    /**
     * Makes a caller known. The secret is shown here and never again: only a hash is kept.
     *
     * @throws IllegalArgumentException when the name is taken or no name
     */
    Created create(String name, Caller.Limits limits);

    /**
     * Changes how much a caller may send: here at once, on other replicas within five seconds. Its secret and tokens stay.
     *
     * @return the caller as it is now; empty when there is none, or when it was revoked
     */
    Optional<Caller> limit(String name, Caller.Limits limits);

    /** Ends a caller's access, with all its tokens: here at once, on other replicas within five seconds. */
    Optional<Caller> revoke(String name);

    /**
     * A new caller.
     *
     * @param secret its secret, which is nowhere else
     */
    record Created(Caller caller, String secret) {
        @Override
        public String toString() {
            return caller + " and its secret";
        }
    }
}
