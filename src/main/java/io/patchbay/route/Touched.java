package io.patchbay.route;

import io.patchbay.shape.StateRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The run state that the shapes of an open stream read and write. While payloads stream, a shape sees what another one wrote
 * for the payload before it; a barrier between readers and writers keeps the meaning of one bucket after the other.
 */
final class Touched {

    private final Set<StateRef> reads = new HashSet<>();
    private final Set<StateRef> writes = new HashSet<>();

    void add(Piece piece) {
        reads.addAll(piece.contract().reads());
        writes.addAll(piece.contract().writes());
        piece.paths().forEach(path -> path.forEach(this::add));
    }

    void clear() {
        reads.clear();
        writes.clear();
    }

    /** Whether a piece may not work in the same stream; every shape writes the run's counts. */
    boolean conflicts(Piece piece) {
        Touched other = new Touched();
        other.add(piece);
        return piece.contract().reads().contains(StateRef.run())
                || meet(other.reads, writes)
                || meet(other.writes, reads)
                || meet(other.writes, writes);
    }

    /** Whether a path reads or writes run state that another one of them writes. */
    static boolean share(List<List<Piece>> paths) {
        Touched before = new Touched();
        for (List<Piece> path : paths) {
            if (path.stream().anyMatch(before::conflicts)) {
                return true;
            }
            path.forEach(before::add);
        }
        return false;
    }

    /** Whether a list of pieces has a barrier in it when many payloads pass. */
    static boolean needsAll(List<Piece> pieces) {
        Touched before = new Touched();
        for (Piece piece : pieces) {
            boolean inside = piece.paths().stream().anyMatch(Touched::needsAll) || share(piece.paths());
            if (inside || piece.takesAll() || before.conflicts(piece)) {
                return true;
            }
            before.add(piece);
        }
        return false;
    }

    private static boolean meet(Set<StateRef> left, Set<StateRef> right) {
        return left.stream().anyMatch(right::contains);
    }
}
