package io.patchbay.run;

import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Pull.Reached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How far the pulls of one run come in lists that grow. A cursor moves only when every pull that began at it came to its end, and
 * then to the least of where they came to, which is where they began when one found nothing new: what one of them did not read, the
 * next run reads.
 */
final class Reaching {

    private static final int MOST_SHOWN = 200;

    private final UnaryOperator<String> redact;
    private final Map<PullCursor.Key, Set<String>> open = new HashMap<>();
    private final Map<PullCursor.Key, List<Reached>> ended = new HashMap<>();
    private final Map<PullCursor.Key, Set<String>> begun = new HashMap<>();
    private final Map<PullCursor.Key, Reached> delivered = new HashMap<>();
    private boolean allOrNothing;
    private final Map<PullCursor.Key, ListKeys.Move> told = new HashMap<>();

    /** @param redact hides secrets in what is shown of inputs */
    Reaching(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    /** A pull begins at a cursor; a further try of the same one does not count again. */
    synchronized void begins(PullCursor.Key key, String pull) {
        open.computeIfAbsent(key, any -> new HashSet<>()).add(pull);
        begun.computeIfAbsent(key, any -> new HashSet<>()).add(pull);
    }

    /** A pull came to its end. @return whether a cursor can be at where all came to: different tokens have no least */
    synchronized boolean ends(PullCursor.Key key, String pull, Reached reached) {
        Set<String> pulls = open.computeIfAbsent(key, any -> new HashSet<>());
        pulls.remove(pull);
        List<Reached> all = ended.computeIfAbsent(key, any -> new ArrayList<>());
        all.add(reached);
        return !differ(all);
    }

    private static boolean differ(List<Reached> all) {
        return all.get(0).kind() == CursorKind.TOKEN
                && all.stream().map(Reached::to).distinct().count() > 1;
    }

    /** All that a pull has given up to there is delivered, and nothing that it gives later lies before that. */
    synchronized void delivered(PullCursor.Key key, Reached reached) {
        delivered.put(key, reached);
    }

    /** Where the pulls of a list are is not known while they go on. */
    synchronized void astray(PullCursor.Key key) {
        delivered.remove(key);
    }

    /** Something is not done yet with what was delivered: if the run breaks off, the next one reads all of it again. */
    synchronized void allOrNothing() {
        allOrNothing = true;
    }

    /**
     * What may be moved although pulls did not come to their end: how far they are behind the run for good. A list that more than
     * one pull reads is left, because each of them gives it to something else.
     */
    synchronized List<PullCursor.Move> movesOfBroken() {
        List<PullCursor.Move> moves = new ArrayList<>();
        delivered.forEach((key, reached) -> {
            boolean one = begun.getOrDefault(key, Set.of()).size() == 1;
            if (!allOrNothing && one && !stayed(reached)) {
                moves.add(move(key, reached));
            }
        });
        return moves;
    }

    private PullCursor.Move move(PullCursor.Key key, Reached reached) {
        return new PullCursor.Move(
                key, shown(reached.inputs()), reached.kind(), reached.from(), Objects.requireNonNull(reached.to()));
    }

    /** A pull read a list to its end and told what is missing; one that did is enough, for all of them fill the same set. */
    synchronized void told(ListKeys.Move move) {
        told.put(move.found().list(), move);
    }

    /** What may be moved if the run ends now and well. */
    synchronized Checkpoints.Moves moves() {
        return new Checkpoints.Moves(cursors(), List.copyOf(told.values()));
    }

    private List<PullCursor.Move> cursors() {
        List<PullCursor.Move> moves = new ArrayList<>();
        for (PullCursor.Move move : movesOfBroken()) {
            if (!open.getOrDefault(move.key(), Set.of()).isEmpty()) {
                moves.add(move);
            }
        }
        ended.forEach((key, all) -> {
            boolean stays = differ(all) || all.stream().anyMatch(Reaching::stayed);
            if (!stays && open.getOrDefault(key, Set.of()).isEmpty()) {
                all.stream()
                        .map(one -> move(key, one))
                        .min((one, other) -> PullCursor.compare(one.kind(), one.to(), other.to()))
                        .ifPresent(moves::add);
            }
        });
        return moves;
    }

    /** What a list is asked with, as it is kept for reading. */
    String shown(String inputs) {
        String text = redact.apply(inputs);
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    private static boolean stayed(Reached one) {
        return one.to() == null || one.to().equals(one.from());
    }
}
