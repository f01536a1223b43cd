package io.patchbay.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How far flows came in lists that grow, for an operator. Runs move cursors by {@link Checkpoints#finish}. */
public interface Cursors {

    /** All cursors, by flow, instance, endpoint and inputs. */
    List<PullCursor> list(@Nullable String flow);

    /** One cursor. */
    Optional<PullCursor> find(PullCursor.Key key);

    /**
     * Puts a cursor elsewhere. A run that goes on by now does not move it any more when it ends.
     *
     * @param position of the cursor's kind
     * @return completes when that is synced; with false when there is no such cursor
     */
    CompletableFuture<Boolean> put(PullCursor.Key key, String position);

    /** Puts a cursor elsewhere that still is what was seen. @return like {@link #put}; with false also when it is not */
    CompletableFuture<Boolean> put(PullCursor seen, String position);

    /** Forgets a cursor: the next run begins where its connector says. @return like {@link #put} */
    CompletableFuture<Boolean> forget(PullCursor.Key key);

    /** Forgets a cursor that still is what was seen. @return like {@link #put}; with false also when it is not */
    CompletableFuture<Boolean> forget(PullCursor seen);
}
