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
     * @param perMinute most requests a minute
     * @throws IllegalArgumentException when the name is taken or no name, or the limit is out of range
     */
    Created create(String name, int perMinute);

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
