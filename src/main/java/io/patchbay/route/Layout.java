package io.patchbay.route;

import io.patchbay.route.Laid.Caught;
import io.patchbay.route.Laid.Collect;
import io.patchbay.route.Laid.Distribute;
import io.patchbay.route.Laid.Each;
import io.patchbay.route.Laid.Enter;
import io.patchbay.route.Laid.OnePath;
import io.patchbay.route.Laid.Open;
import io.patchbay.route.Laid.Paths;
import io.patchbay.route.Laid.Take;
import io.patchbay.route.Laid.Work;
import io.patchbay.shape.Contract.Takes;
import io.patchbay.shape.Contract.Yields;
import io.patchbay.shape.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a list of pieces: straight pipelines for one payload, streaming splitters behind whatever yields many, and
 * barriers where a shape needs all payloads at once, where a reader of run state meets a writer of it, before an answer, and
 * after every shape of a flow with {@code delivery: staged}. It looks at contracts and at nothing else.
 */
final class Layout {

    private final boolean staged;
    private final List<Piece> pieces;
    private final @Nullable Collect end;

    private final List<Laid> top = new ArrayList<>();
    private List<Laid> current = top;
    /** Whether the body at the current place is a bucket. */
    private boolean bucket;
    /** Whether the current place is inside a splitter of this segment. */
    private boolean streaming;

    private String source;
    private int streamStart;
    private final Touched touched = new Touched();

    private Layout(List<Piece> pieces, boolean bucket, boolean staged, @Nullable Collect end, String source) {
        this.pieces = pieces;
        this.bucket = bucket;
        this.staged = staged;
        this.end = end;
        this.source = source;
    }

    /** The layout of a whole route. */
    static List<Laid> of(List<Piece> pieces, boolean bucket, boolean staged) {
        return new Layout(pieces, bucket, staged, null, "start").lay();
    }

    private List<Laid> path(Piece fan, int path, boolean bucketIn, @Nullable String union, String from) {
        Collect collect = union == null ? null : new Collect(union, fan.id(), path);
        return new Layout(fan.paths().get(path), bucketIn, staged, collect, from).lay();
    }

    private List<Laid> lay() {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            barrierBefore(piece, i);
            if (bucket && !piece.takesAll() && !wholeFan(piece)) {
                each("each payload of the bucket");
            }
            touched.add(piece);
            place(piece, payloadsNeeded(i + 1));
        }
        if (end != null) {
            current.add(end);
        }
        return top;
    }

    private void place(Piece piece, boolean needed) {
        if (piece.plan() instanceof Plan.Select select) {
            select(piece, select, needed);
        } else if (piece.plan() instanceof Plan.Sequence sequence) {
            sequence(piece, sequence, needed);
        } else if (piece.plan() instanceof Plan.Guard) {
            guard(piece, needed);
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
            why = "a shape inside '" + piece.id() + "' needs all payloads at once";
        } else if (touched.conflicts(piece)) {
            why = "'" + piece.id() + "' shares run state with a shape before it";
        }
        if (why != null) {
            closeStream(piece.id(), why, payloadsNeeded(index));
        }
    }

    /** Ends the open splitters; what came through is collected when somebody behind needs it. */
    private void closeStream(String before, String why, boolean needed) {
        if (needed) {
            current.add(new Collect(before, null, 0));
            top.add(streamStart, new Open(before));
            top.add(new Take(before, why));
        }
        current = top;
        streaming = false;
        bucket = needed;
        source = before;
        touched.clear();
    }

    /** Whether a shape from here on, or whoever gets this segment's result, needs payloads. */
    private boolean payloadsNeeded(int from) {
        return end != null
                || pieces.subList(from, pieces.size()).stream()
                        .anyMatch(piece -> piece.contract().takes() != Takes.RUN || piece.fan());
    }

    /** Whether a fan must be laid out over the whole bucket, because a shape inside needs all payloads at once. */
    private boolean wholeFan(Piece piece) {
        if (!piece.fan() || !(bucket || streaming)) {
            return false;
        }
        if (staged) {
            return true;
        }
        if (piece.plan() instanceof Plan.Guard) {
            return Touched.needsAll(piece.paths().get(0)); // a barrier in the catch alone is put behind the stream
        }
        return piece.paths().stream().anyMatch(Touched::needsAll);
    }

    private @Nullable String union(Piece piece, boolean needed) {
        if (!needed) {
            return null;
        }
        String union = piece.id() + ".union";
        current.add(new Open(union));
        return union;
    }

    /** What goes on behind a fan is the union of its paths, when anybody needs it. */
    private void takeUnion(Piece piece, @Nullable String union) {
        if (union != null) {
            current.add(new Take(union, "what came out of the paths of '" + piece.id() + "' goes on together"));
        }
        bucket = union != null;
        source = piece.id();
    }

    private void select(Piece piece, Plan.Select select, boolean needed) {
        String union = union(piece, needed);
        List<OnePath> paths = bucket ? selectFromBucket(piece, select, union) : new ArrayList<>();
        if (!bucket) {
            current.add(new Work(piece));
            for (int i = 0; i < select.paths().size(); i++) {
                String id = piece.id() + "." + select.paths().get(i).name();
                paths.add(new OnePath(id, i, path(piece, i, false, union, id)));
            }
        }
        current.add(new Paths(piece.id() + ".paths", "those paths that '" + piece.id() + "' chose", paths));
        takeUnion(piece, union);
    }

    private List<OnePath> selectFromBucket(Piece piece, Plan.Select select, @Nullable String union) {
        List<String> buckets = select.paths().stream()
                .map(path -> piece.id() + "." + path.name())
                .toList();
        buckets.forEach(each -> current.add(new Open(each)));
        current.add(new Each(
                piece.id() + ".each",
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

    private void sequence(Piece piece, Plan.Sequence sequence, boolean needed) {
        String union = union(piece, needed);
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
        current.add(new Paths(piece.id() + ".paths", "every path gets all payloads, one path after the other", paths));
        takeUnion(piece, union);
    }

    private void guard(Piece piece, boolean needed) {
        if (streaming && !bucket && Touched.needsAll(piece.paths().get(1))) {
            deferredGuard(piece, needed);
            return;
        }
        String union = union(piece, needed);
        current.add(new Work(piece));
        List<Laid> tried = new ArrayList<>();
        tried.add(new Enter(piece, true, false));
        tried.addAll(path(piece, 0, bucket, union, piece.id() + ".try"));
        current.add(new Paths(
                piece.id() + ".paths",
                "first the try, then the catch with what failed",
                List.of(new OnePath(piece.id() + ".try", -1, tried), caught(piece, false, union))));
        takeUnion(piece, union);
    }

    private OnePath caught(Piece piece, boolean wholeRun, @Nullable String union) {
        List<Laid> caught = new ArrayList<>();
        caught.add(new Caught(piece, wholeRun));
        caught.addAll(path(piece, 1, true, union, piece.id() + ".catch"));
        return new OnePath(piece.id() + ".catch", -1, caught);
    }

    /** The try goes on page by page; the catch, which needs everything that failed, comes behind the stream. */
    private void deferredGuard(Piece piece, boolean needed) {
        String union = needed ? piece.id() + ".union" : null;
        current.add(new Work(piece));
        current.add(new Enter(piece, true, true));
        current.addAll(path(piece, 0, false, union, piece.id() + ".try"));
        if (union != null) {
            top.add(streamStart, new Open(union));
        }
        current = top;
        streaming = false;
        top.add(new Paths(
                piece.id() + ".paths",
                "the catch of '" + piece.id() + "' needs all that failed",
                List.of(caught(piece, true, union))));
        takeUnion(piece, union);
        touched.clear();
    }
}
