package io.patchbay.run;

import io.patchbay.payload.Pull.Reached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How far the pulls of one run come in lists that grow. A cursor moves only when every pull that began at it came to its end, and
 * then to the least of where they came to: what one of them did not read, the next run reads.
 */
final class Reaching {

    private final Map<PullCursor.Key, Set<String>> open = new HashMap<>();
    private final Map<PullCursor.Key, List<Reached>> ended = new HashMap<>();

    /** A pull begins at a cursor; a further try of the same one does not count again. */
    synchronized void begins(PullCursor.Key key, String pull) {
        open.computeIfAbsent(key, any -> new HashSet<>()).add(pull);
    }

    /** A pull came to its end. */
    synchronized void ends(PullCursor.Key key, String pull, Reached reached) {
        Set<String> pulls = open.computeIfAbsent(key, any -> new HashSet<>());
        pulls.remove(pull);
        ended.computeIfAbsent(key, any -> new ArrayList<>()).add(reached);
    }

    /** What may be moved if the run ends now and well. */
    synchronized List<PullCursor.Move> moves() {
        List<PullCursor.Move> moves = new ArrayList<>();
        ended.forEach((key, all) -> {
            if (open.getOrDefault(key, Set.of()).isEmpty()) {
                all.stream()
                        .filter(one -> one.to() != null && !one.to().equals(one.from()))
                        .map(one -> new PullCursor.Move(key, one.kind(), one.from(), Objects.requireNonNull(one.to())))
                        .min((one, other) -> PullCursor.compare(one.kind(), one.to(), other.to()))
                        .ifPresent(moves::add);
            }
        });
        return moves;
    }
}
