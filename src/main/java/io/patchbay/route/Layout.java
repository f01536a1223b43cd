package io.patchbay.route;

import io.patchbay.route.Laid.Again;
import io.patchbay.route.Laid.Beside;
import io.patchbay.route.Laid.Caught;
import io.patchbay.route.Laid.Collect;
import io.patchbay.route.Laid.Distribute;
import io.patchbay.route.Laid.Each;
import io.patchbay.route.Laid.Enter;
import io.patchbay.route.Laid.Gate;
import io.patchbay.route.Laid.Give;
import io.patchbay.route.Laid.Merge;
import io.patchbay.route.Laid.OnePath;
import io.patchbay.route.Laid.Open;
import io.patchbay.route.Laid.Paths;
import io.patchbay.route.Laid.Round;
import io.patchbay.route.Laid.Take;
import io.patchbay.route.Laid.Unknown;
import io.patchbay.route.Laid.Work;
import io.patchbay.shape.Contract.Takes;
import io.patchbay.shape.Contract.Yields;
import io.patchbay.shape.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a list of pieces: straight pipelines for one payload, streaming splitters behind whatever yields many, and
 * barriers where a shape needs all payloads at once, where a reader of run state meets a writer of it, before an answer, and
 * after every shape of a flow with {@code delivery: staged}. Where a shape works once per run, what is before it stands in a
 * splitter even for one payload, so that the shape works when nothing is left of it. It looks at contracts, and at what a
 * failure does to the run.
 */
final class Layout {

    /** The bucket of what a caller gets. */
    private static final String RESULT = "@result";

    /** What is needed of payloads behind a place. */
    private enum Need {
        NOTHING,
        COUNTS,
        ALL
    }

    private final boolean staged;
    private final List<Piece> pieces;
    private final @Nullable Collect end;
    /** Whether a failure in here is caught, so that the run goes on. */
    private final boolean guarded;

    private final List<Laid> top = new ArrayList<>();
    private List<Laid> current = top;
    /** Whether the body at the current place is a bucket. */
    private boolean bucket;
    /** Whether the current place is inside a splitter of this segment. */
    private boolean streaming;

    private String source;
    private int streamStart;
    private final Touched touched = new Touched();

    private Layout(
            List<Piece> pieces, boolean bucket, boolean staged, @Nullable Collect end, boolean guarded, String source) {
        this.guarded = guarded;
        this.pieces = pieces;
        this.bucket = bucket;
        this.staged = staged;
        this.end = end;
        this.source = source;
    }

    /** The layout of a whole route. */
    static List<Laid> of(List<Piece> pieces, boolean bucket, boolean staged) {
        return new Layout(pieces, bucket, staged, null, false, "start").lay();
    }

    /** The layout of a route that keeps what reaches its end, in the order of the payloads, for a caller that waits. */
    static List<Laid> giving(List<Piece> pieces, boolean staged) {
        List<Laid> laid = new ArrayList<>();
        laid.add(new Give(RESULT));
        laid.addAll(new Layout(pieces, false, staged, new Collect(RESULT, null, -1, false), false, "start").lay());
        return laid;
    }

    private List<Laid> path(Piece fan, int path, boolean bucketIn, @Nullable Union union, String from) {
        Collect collect = union == null ? null : union.collect(fan, path);
        boolean caught = guarded || (fan.plan() instanceof Plan.Guard && path == 0);
        return new Layout(fan.paths().get(path), bucketIn, staged, collect, caught, from).lay();
    }

    private List<Laid> lay() {
        Piece once = bucket ? null : Piece.firstOnce(pieces, guarded);
        if (once != null) {
            each("'" + once.id() + "' works even when nothing reaches it");
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            barrierBefore(piece, i);
            if (bucket && !piece.takesAll() && !wholeFan(piece)) {
                each("each payload of the bucket");
            }
            touched.add(piece);
            place(piece, needed(i + 1));
        }
        if (end != null) {
            current.add(end);
        }
        return top;
    }

    private void place(Piece piece, Need needed) {
        boolean beside = beside(piece);
        if (beside) {
            List<Laid> body = new ArrayList<>();
            current.add(new Beside(piece, body));
            current = body;
        }
        placeAlone(piece, needed);
        if (beside) {
            current.add(new Gate(piece));
        }
    }

    /** Whether payloads of the stream pass a shape beside each other. A whole bucket, and what is caught of all, is one thing. */
    private boolean beside(Piece piece) {
        return piece.step().common().severalAtOnce() && streaming && !bucket && !deferred(piece);
    }

    private void placeAlone(Piece piece, Need needed) {
        if (piece.plan() instanceof Plan.Select select) {
            select(piece, select, needed);
        } else if (piece.plan() instanceof Plan.Sequence sequence) {
            sequence(piece, sequence, needed);
        } else if (piece.plan() instanceof Plan.Guard) {
            guard(piece, needed);
        } else if (piece.plan() instanceof Plan.Repeat) {
            List<Laid> round = new ArrayList<>(path(piece, 0, false, null, piece.id() + ".round"));
            round.add(new Again(piece));
            current.add(new Work(piece));
            current.add(new Round(piece, round));
            source = piece.id();
        } else if (piece.plan() instanceof Plan.Unless) {
            current.add(new Work(piece));
            current.add(new Unknown(piece, path(piece, 0, false, null, piece.id() + ".unknown")));
            source = piece.id();
        } else {
            current.add(new Work(piece));
            source = piece.id();
            if (piece.contract().yields() == Yields.MANY) {
                if (atTop()) {
                    streamStart = top.size() - 1;
                }
                bucket = false;
                each("'" + piece.id() + "' yields many payloads; they go on one by one");
            }
        }
    }

    /** Whether no splitter is open. */
    @SuppressWarnings("ReferenceEquality") // the very list, which may be as empty as another
    private boolean atTop() {
        return current == top;
    }

    /** Opens a splitter at the current place. */
    private void each(String why) {
        if (bucket && atTop()) {
            streamStart = top.size();
        }
        List<Laid> body = new ArrayList<>();
        current.add(new Each(source + ".each", why, body));
        current = body;
        streaming = true;
        bucket = false;
    }

    private void barrierBefore(Piece piece, int index) {
        if (!streaming) {
            return;
        }
        String why = null;
        if (piece.takesAll()) {
            why = piece.contract().takes() == Takes.RUN
                    ? "'" + piece.id() + "' works once, when everything before it is done"
                    : "'" + piece.id() + "' needs all payloads at once";
        } else if (staged) {
            why = "delivery is staged";
        } else if (wholeFan(piece)) {
            why = piece.severalAtOnceInside()
                    ? "inside '" + piece.id() + "' payloads pass a shape beside each other"
                    : "a shape inside '" + piece.id() + "' needs all payloads at once";
        } else if (touched.conflicts(piece)) {
            why = "'" + piece.id() + "' shares run state with a shape before it";
        }
        if (why != null) {
            closeStream(piece, why, needed(index));
        }
    }

    /** Ends the open splitters; what came through is collected, or counted, when somebody behind needs it. */
    private void closeStream(Piece piece, String why, Need needed) {
        String before = piece.id();
        if (needed != Need.NOTHING) {
            boolean tally = needed == Need.COUNTS;
            current.add(new Collect(before, null, -1, tally));
            Plan.Early early = piece.plan() instanceof Plan.Collecting work && !tally ? work.early() : null;
            top.add(streamStart, new Open(before, tally, early));
            top.add(new Take(before, why));
        }
        current = top;
        streaming = false;
        bucket = needed != Need.NOTHING;
        source = before + ".bucket";
        touched.clear();
    }

    /** What shapes from here on, or whoever gets this segment's result, need. */
    private Need needed(int from) {
        List<Piece> behind = pieces.subList(from, pieces.size());
        boolean all = behind.stream().anyMatch(piece -> piece.contract().takes() != Takes.RUN || piece.fan());
        if (all || (end != null && !end.tally())) {
            return Need.ALL;
        }
        return behind.isEmpty() && end == null ? Need.NOTHING : Need.COUNTS;
    }

    /** Whether a fan must be laid out over the whole bucket, because a shape inside needs all payloads at once. */
    private boolean wholeFan(Piece piece) {
        return piece.fan() && (bucket || streaming) && (staged || piece.needsAllInside());
    }

    /**
     * What comes out of a fan's paths.
     *
     * @param bucket where it is collected
     * @param tally whether it is only counted
     * @param parts buckets of the paths, whose payloads are put into the bucket in the order in which the payloads went in that
     *     they were made from; none where each path adds to the bucket itself
     */
    private record Union(String bucket, boolean tally, List<String> parts) {
        Collect collect(Piece fan, int path) {
            boolean told =
                    fan.plan() instanceof Plan.Select; // the lineage of what goes down such a path tells it already
            return new Collect(parts.isEmpty() ? bucket : parts.get(path), told ? null : fan.id(), path, tally);
        }

        List<Open> opens() {
            return parts.isEmpty()
                    ? List.of(new Open(bucket, tally))
                    : parts.stream().map(part -> new Open(part, tally)).toList();
        }
    }

    private @Nullable Union union(Piece piece, Need needed) {
        Union union = unionOf(piece, needed, bucket && staged && piece.byPayload());
        if (union != null) {
            current.addAll(union.opens());
        }
        return union;
    }

    private Union besideUnion(Piece piece) {
        Union union = Objects.requireNonNull(unionOf(piece, Need.ALL, true));
        current.addAll(union.opens());
        return union;
    }

    /** @param byPayload whether the paths see whole buckets, and would yield payload by payload if they did not */
    private static @Nullable Union unionOf(Piece piece, Need needed, boolean byPayload) {
        if (needed == Need.NOTHING) {
            return null;
        }
        String bucket = piece.id() + ".union";
        List<String> parts = new ArrayList<>();
        if (byPayload && needed == Need.ALL) {
            piece.paths().forEach(path -> parts.add(bucket + "." + parts.size()));
        }
        return new Union(bucket, needed == Need.COUNTS, parts);
    }

    /** What goes on behind a fan is the union of its paths, when anybody needs it. */
    private void takeUnion(Piece piece, @Nullable Union union) {
        if (union != null) {
            if (!union.parts().isEmpty()) {
                current.add(new Open(union.bucket(), false));
                current.add(new Merge(union.bucket(), union.parts()));
            }
            current.add(
                    new Take(union.bucket(), "what came out of the paths of '" + piece.id() + "' goes on together"));
        }
        bucket = union != null;
        source = piece.id() + ".union";
    }

    private void select(Piece piece, Plan.Select select, Need needed) {
        boolean beside = select.beside() && piece.byPayload();
        // What paths yield beside each other is put in order when all have ended: for that it is kept.
        Union union = beside && needed != Need.NOTHING ? besideUnion(piece) : union(piece, needed);
        List<OnePath> paths = bucket ? selectFromBucket(piece, select, union) : new ArrayList<>();
        if (!bucket) {
            current.add(new Work(piece));
            for (int i = 0; i < select.paths().size(); i++) {
                String id = piece.id() + "." + select.paths().get(i).name();
                paths.add(new OnePath(id, i, path(piece, i, false, union, id)));
            }
        }
        current.add(new Paths(
                piece.id() + ".paths",
                "those paths that '" + piece.id() + "' chose" + (beside ? ", beside each other" : ""),
                beside,
                paths));
        takeUnion(piece, union);
    }

    private List<OnePath> selectFromBucket(Piece piece, Plan.Select select, @Nullable Union union) {
        List<String> buckets = select.paths().stream()
                .map(path -> piece.id() + "." + path.name())
                .toList();
        buckets.forEach(each -> current.add(new Open(each, false)));
        current.add(new Each(
                piece.id() + ".tested",
                "each payload is tested against the paths",
                List.of(new Work(piece), new Distribute(piece, buckets))));
        List<OnePath> paths = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            List<Laid> body = new ArrayList<>();
            body.add(new Take(buckets.get(i), "all payloads of the path"));
            body.addAll(path(piece, i, true, union, buckets.get(i)));
            paths.add(new OnePath(buckets.get(i) + ".path", -1, body));
        }
        return paths;
    }

    private void sequence(Piece piece, Plan.Sequence sequence, Need needed) {
        Union union = unionOf(piece, needed, false);
        if (union != null) {
            current.addAll(union.opens());
        }
        current.add(new Work(piece));
        List<OnePath> paths = new ArrayList<>();
        for (int i = 0; i < sequence.paths().size(); i++) {
            String id = piece.id() + "." + sequence.paths().get(i).name();
            List<Laid> body = new ArrayList<>();
            if (!sequence.stopAtFailure()) {
                body.add(new Enter(piece, false, false));
            }
            body.addAll(path(piece, i, bucket, union, id));
            paths.add(new OnePath(id, -1, body));
        }
        current.add(new Paths(
                piece.id() + ".paths", "every path gets all payloads, one path after the other", false, paths));
        takeUnion(piece, union);
    }

    private void guard(Piece piece, Need needed) {
        if (deferred(piece)) {
            deferredGuard(piece, needed);
            return;
        }
        Union union = union(piece, needed);
        current.add(new Work(piece));
        List<Laid> tried = new ArrayList<>();
        tried.add(new Enter(piece, true, false));
        tried.addAll(path(piece, 0, bucket, union, piece.id() + ".try"));
        current.add(new Paths(
                piece.id() + ".paths",
                "first the try, then the catch with what failed",
                false,
                List.of(new OnePath(piece.id() + ".try", -1, tried), caught(piece, false, union))));
        takeUnion(piece, union);
    }

    /** Whether it is a try whose catch, which needs everything that failed, comes behind the stream. */
    private boolean deferred(Piece piece) {
        return piece.plan() instanceof Plan.Guard && streaming && !bucket && piece.catchNeedsAll();
    }

    private OnePath caught(Piece piece, boolean wholeRun, @Nullable Union union) {
        List<Laid> caught = new ArrayList<>();
        caught.add(new Caught(piece, wholeRun));
        caught.addAll(path(piece, 1, true, union, piece.id() + ".catch"));
        return new OnePath(piece.id() + ".catch", -1, caught);
    }

    /** The try goes on page by page; the catch, which needs everything that failed, comes behind the stream. */
    private void deferredGuard(Piece piece, Need needed) {
        Union union = unionOf(piece, needed, false);
        current.add(new Work(piece));
        current.add(new Enter(piece, true, true));
        current.addAll(path(piece, 0, false, union, piece.id() + ".try"));
        if (union != null) {
            top.addAll(streamStart, union.opens());
        }
        current = top;
        streaming = false;
        top.add(new Paths(
                piece.id() + ".paths",
                "the catch of '" + piece.id() + "' needs all that failed",
                false,
                List.of(caught(piece, true, union))));
        takeUnion(piece, union);
        touched.clear();
    }
}
