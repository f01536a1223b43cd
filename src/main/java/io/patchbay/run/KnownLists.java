package io.patchbay.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lists whose keys are kept, because their deletes are what is missing in them; for an operator. */
public interface KnownLists {

    /** All of them, by flow, instance, endpoint and inputs. */
    List<KnownList> list(@Nullable String flow);

    /** One of them. */
    Optional<KnownList> find(PullCursor.Key key);

    /**
     * Forgets the keys of a list: the next run tells no deletes, and knows what it finds.
     *
     * @return completes when that is synced; with false when there are none
     */
    CompletableFuture<Boolean> forget(PullCursor.Key key);

    /** Lets the next run tell deletes, whatever is missing. @return like {@link #forget} */
    CompletableFuture<Boolean> allow(PullCursor.Key key);
}
