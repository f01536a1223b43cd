package io.patchbay.connector.auth;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens beyond the program's end, for all replicas. Every change makes another revision, and who changes what it read
 * names the revision it read: so that of several who renew at once one asks, and nobody overwrites newer tokens. What was
 * written is on disk when a method returns. All methods fail with a {@link StepException} that another attempt may mend.
 */
public interface TokenStore {

    /** Keeps nothing: where nothing is called. */
    TokenStore NONE = new TokenStore() {
        @Override
        public @Nullable Kept find(Key key) {
            return null;
        }

        @Override
        public Map<Key, Tokens> all() {
            return Map.of();
        }

        @Override
        public void put(Key key, Tokens tokens) throws StepException {
            throw new StepException(Owner.INTERNAL, "NO_STORE", "there is no store for tokens");
        }

        @Override
        public @Nullable Long claim(Key key, long revision, Duration lease) {
            return null;
        }

        @Override
        public boolean replace(Key key, long revision, Tokens fresh) {
            return false;
        }

        @Override
        public void release(Key key, long revision) {
            // nothing was claimed
        }

        @Override
        public boolean remove(Key key, @Nullable Long revision) {
            return false;
        }
    };

    /**
     * Whose tokens they are.
     *
     * @param instance name of the instance
     * @param auth id of the way to prove who calls
     */
    record Key(String instance, String auth) {}

    /** Tokens as they are kept. */
    record Kept(Tokens tokens, long revision) {}

    /** What is kept; null for nothing. */
    @Nullable
    Kept find(Key key) throws StepException;

    /** All that is kept, but for what cannot be read. */
    Map<Key, Tokens> all() throws StepException;

    /** Keeps these instead of what was there, whatever that is. */
    void put(Key key, Tokens tokens) throws StepException;

    /**
     * Takes the right to renew, which nobody else gets until the lease is over.
     *
     * @return the revision to go on with; null when there is another revision, or somebody else is at it
     */
    @Nullable
    Long claim(Key key, long revision, Duration lease) throws StepException;

    /** Keeps fresh tokens and ends the claim. @return false, and nothing is kept, when there is another revision */
    boolean replace(Key key, long revision, Tokens fresh) throws StepException;

    /** Ends a claim without fresh tokens. */
    void release(Key key, long revision) throws StepException;

    /**
     * Forgets them.
     *
     * @param revision the one that must be there, or null for any
     * @return whether there were any
     */
    boolean remove(Key key, @Nullable Long revision) throws StepException;
}
