package io.patchbay.run;

import io.patchbay.payload.Payload;
import io.patchbay.shape.Watch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What failed before at the shapes of a run: in an earlier life of it, and in earlier runs. */
final class EarlierFailures {

    private final Run run;
    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final Map<String, List<Watch.Watcher>> menders = new ConcurrentHashMap<>();

    EarlierFailures(Run run) {
        this.run = run;
    }

    /** Ordering keys of records that failed at a shape; those of an earlier life are among them. */
    Set<String> keys(String shape, Function<Payload, Collection<String>> of) {
        return keys.computeIfAbsent(shape, any -> {
            Set<String> known = ConcurrentHashMap.newKeySet();
            for (FailedPayload failed : run.progress().failed().values()) {
                // What is lost is tried again, and tells its keys then.
                if (failed.shape().equals(shape) && failed.lost() == null) {
                    known.addAll(of.apply(failed.payload()));
                }
            }
            return known;
        });
    }

    /** Who resolves what failed at the shape in earlier runs, if there is anything to resolve. */
    List<Watch.Watcher> menders(String shape) {
        if (run.rules().businessKey().isEmpty()) {
            return List.of();
        }
        return menders.computeIfAbsent(
                shape,
                any -> run.services().checkpoints().waits(run.identity().flow(), shape, run.startedAt())
                        ? List.of(new MendedKeys(
                                run.services().checkpoints(),
                                run.rules(),
                                run.identity().flow(),
                                shape,
                                run.startedAt()))
                        : List.of());
    }
}
