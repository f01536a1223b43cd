package io.patchbay.route;

import io.patchbay.shape.Contract;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step with what the layout needs of it.
 *
 * @param step the placed shape
 * @param contract what it promises
 * @param plan what it becomes
 * @param paths the pieces it holds, a list per path
 */
record Piece(Step step, Contract contract, Plan plan, List<List<Piece>> paths) {

    Piece {
        paths = List.copyOf(paths);
    }

    /** The pieces of steps; disabled shapes are left out. */
    static List<Piece> of(List<Step> steps, Surroundings around) {
        List<Piece> pieces = new ArrayList<>();
        for (Step step : steps) {
            if (step.common().disabled()) {
                continue;
            }
            List<List<Piece>> paths =
                    step.paths().stream().map(path -> of(path.steps(), around)).toList();
            pieces.add(new Piece(step, step.contract(around), step.plan(around.at(step.id())), paths));
        }
        return List.copyOf(pieces);
    }

    String id() {
        return step.id();
    }

    boolean fan() {
        return plan instanceof Plan.Select || plan instanceof Plan.Sequence || plan instanceof Plan.Guard;
    }

    boolean answers() {
        return plan instanceof Plan.Answering;
    }

    /** Whether the piece must see all payloads at once. */
    boolean takesAll() {
        return contract.takes() != Contract.Takes.PAYLOAD || plan instanceof Plan.Sequence || answers();
    }

    /** Whether it works once, whatever reached it. */
    boolean once() {
        return contract.takes() != Contract.Takes.PAYLOAD;
    }

    /** Whether one of its paths holds a shape that works once. A catch is gone through only when something failed. */
    boolean holdsOnce() {
        List<List<Piece>> always = plan instanceof Plan.Guard ? paths.subList(0, 1) : paths;
        return always.stream().flatMap(List::stream).anyMatch(piece -> piece.once() || piece.holdsOnce());
    }

    /** Whether a payload may end in it while the run goes on. */
    boolean mayEnd() {
        return contract.yields() == Contract.Yields.AT_MOST_ONE
                || fan()
                || step.common().onError() == Step.OnError.SKIP;
    }

    /**
     * Whether its paths have a barrier in them, or one of them reads run state that another one writes: then each path must
     * see all payloads before the next one does. A barrier in a catch alone is put behind the stream.
     */
    boolean needsAllInside() {
        return severalAtOnceInside() || sharesInside();
    }

    private boolean sharesInside() {
        return plan instanceof Plan.Guard
                ? Touched.needsAll(paths.get(0))
                : paths.stream().anyMatch(Touched::needsAll) || Touched.share(paths);
    }

    /** Whether what comes out of a fan is ordered payload by payload: none of its paths must see all payloads at once. */
    boolean byPayload() {
        return !sharesInside() && !(plan instanceof Plan.Guard && catchNeedsAll());
    }

    /** Whether the catch must see everything that failed before it begins. */
    boolean catchNeedsAll() {
        return Touched.needsAll(paths.get(1)) || Touched.share(paths);
    }

    /** Whether payloads pass a shape in its paths beside each other: a path gets them all for that. */
    boolean severalAtOnceInside() {
        List<List<Piece>> streamed = plan instanceof Plan.Guard ? paths.subList(0, 1) : paths;
        return streamed.stream()
                .flatMap(List::stream)
                .anyMatch(piece -> piece.step().common().severalAtOnce() || piece.severalAtOnceInside());
    }

    /**
     * A shape that works once and that a payload which ends before it, while the run goes on, must not keep from it; or null.
     *
     * @param guarded whether a failure in these pieces is caught
     */
    static @Nullable Piece firstOnce(List<Piece> pieces, boolean guarded) {
        boolean mayEnd = false;
        boolean many = false;
        for (Piece piece : pieces) {
            boolean inPath = piece.plan() instanceof Plan.Select && piece.holdsOnce();
            if (inPath || (mayEnd && (piece.once() || piece.holdsOnce()))) {
                return many ? null : piece;
            }
            mayEnd |= guarded || piece.mayEnd();
            many |= !mayEnd
                    && piece.contract().yields() == Contract.Yields.MANY; // what is behind stands in its splitter
        }
        return null;
    }

    /** The piece and all that it holds. */
    Stream<Piece> all() {
        return Stream.concat(
                Stream.of(this), paths.stream().flatMap(List::stream).flatMap(Piece::all));
    }

    /**
     * What is left of a list when a run enters at a shape: the shape and all behind it. Inside a try the rest of its path
     * stays guarded; inside a route or branch the rest of that path alone is taken.
     */
    static Optional<List<Piece>> from(List<Piece> pieces, String shape) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.id().equals(shape)) {
                return Optional.of(pieces.subList(i, pieces.size()));
            }
            List<Piece> behind = pieces.subList(i + 1, pieces.size());
            for (int path = 0; path < piece.paths().size(); path++) {
                Optional<List<Piece>> inside = from(piece.paths().get(path), shape);
                if (inside.isPresent()) {
                    return Optional.of(joined(piece.entered(path, inside.get()), behind));
                }
            }
        }
        return Optional.empty();
    }

    private List<Piece> entered(int path, List<Piece> rest) {
        if (plan instanceof Plan.Repeat) {
            return joined(rest, List.of(this)); // the rest of the round, then as many as are still needed
        }
        if (plan instanceof Plan.Guard && path == 0) {
            return List.of(new Piece(step, contract, plan, List.of(rest, paths.get(1))));
        }
        return rest;
    }

    private static List<Piece> joined(List<Piece> first, List<Piece> second) {
        List<Piece> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
