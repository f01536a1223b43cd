package io.patchbay.run;

import io.patchbay.payload.KnownKeys;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keys that a pull of a run finds. All pulls of one list in one run fill the same set. */
final class RunKeys implements KnownKeys {

    private static final long PATIENCE_SECONDS = 60;

    private final Run run;
    private final ListKeys store;
    private final ListKeys.Found found;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    private ListKeys.@Nullable Known known;

    RunKeys(Run run, ListKeys.Found found) {
        this.run = run;
        this.store = run.services().checkpoints().keys();
        this.found = found;
    }

    @Override
    public String list() {
        PullCursor.Key list = found.list();
        String name = list.flow() + " " + list.instance() + " " + list.endpoint();
        return list.digest().isEmpty() ? name : name + " " + list.digest();
    }

    @Override
    public void found(List<String> keys) {
        CompletableFuture<Void> write = store.found(found, keys);
        run.writes().await(write);
        boolean well = written.isDone() && !written.isCompletedExceptionally();
        written = well ? write : CompletableFuture.allOf(written, write);
    }

    @Override
    public Missing compared() throws StepException {
        found(List.of()); // a list that is empty is known, too
        settle();
        try {
            ListKeys.Known all = store.known(found);
            for (String fields : all.fields()) {
                if (!fields.equals(found.fields())) {
                    throw new StepException(
                            Owner.AUTHOR,
                            "KEYS_OF_OTHER_FIELDS",
                            "the known keys of " + found.list() + " are made of " + fields
                                    + ", and the connector now says " + found.fields() + "; forget them to begin anew");
                }
            }
            known = all;
            return new Missing(all.keys(), all.found(), all.missing(), all.allowed());
        } catch (IllegalStateException e) {
            throw silent(e);
        }
    }

    private void settle() throws StepException {
        try {
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(e);
        } catch (ExecutionException | TimeoutException e) {
            throw silent(e);
        }
    }

    @Override
    public List<String> missing(@Nullable String after, int most) throws StepException {
        try {
            return store.missing(found, Objects.requireNonNull(known).sets(), after, most);
        } catch (IllegalStateException e) {
            throw silent(e);
        }
    }

    @Override
    public void told() {
        run.reaching().told(new ListKeys.Move(found, Objects.requireNonNull(known)));
    }

    private static StepException silent(Exception why) {
        return new StepException(
                Owner.INTERNAL, "NO_KEYS", "the store does not say which keys a list had", why, true, null);
    }
}
