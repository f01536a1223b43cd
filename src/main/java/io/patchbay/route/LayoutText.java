package io.patchbay.route;

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
import java.util.ArrayList;
import java.util.List;

/** A layout as lines for people: what follows what, and why there is a splitter or a barrier. */
final class LayoutText {

    private final List<String> lines = new ArrayList<>();

    private LayoutText() {}

    static List<String> of(List<Laid> laid) {
        LayoutText text = new LayoutText();
        text.write(laid, 0);
        return List.copyOf(text.lines);
    }

    private void write(List<Laid> laid, int depth) {
        for (Laid node : laid) {
            if (node instanceof Work work) {
                line(
                        depth,
                        work.piece().step().type().spec().name() + " "
                                + work.piece().id() + effects(work.piece()));
            } else if (node instanceof Each each) {
                line(depth, "splitter: " + each.why());
                write(each.body(), depth + 1);
            } else if (node instanceof Beside beside) {
                line(depth, "up to " + beside.piece().step().common().parallel() + " payloads at one time:");
                write(beside.body(), depth + 1);
            } else if (node instanceof Round round) {
                line(depth, "round of '" + round.piece().id() + "', as often as its condition holds:");
                write(round.body(), depth + 1);
            } else if (node instanceof Unknown unknown) {
                line(depth, "what has no result for '" + unknown.piece().id() + "' yet, to have one:");
                write(unknown.body(), depth + 1);
            } else if (node instanceof Gate gate) {
                boolean ordered = gate.piece().step().common().ordered();
                line(depth, "one by one again, " + (ordered ? "in the order in which they came" : "as they are done"));
            } else if (node instanceof Paths paths) {
                line(depth, "paths: " + paths.why());
                for (OnePath path : paths.paths()) {
                    line(depth + 1, "path " + path.id());
                    write(path.body(), depth + 2);
                }
            } else if (node instanceof Take take) {
                line(depth, "barrier: " + take.why());
            } else if (node instanceof Collect collect) {
                line(depth, (collect.tally() ? "count for " : "collect for ") + collect.bucket());
            } else if (node instanceof Enter enter) {
                line(depth, "failures from here on belong to " + enter.piece().id());
            } else if (node instanceof Caught caught) {
                line(depth, "what failed in " + caught.piece().id());
            } else if (node instanceof Distribute distribute) {
                line(depth, "collect for " + String.join(", ", distribute.buckets()));
            } else if (node instanceof Merge merge) {
                line(depth, "merge by payload: " + String.join(", ", merge.parts()));
            } else if (node instanceof Give give) {
                line(depth, "open bucket " + give.bucket());
            } else if (node instanceof Open open) {
                line(depth, (open.tally() ? "open count " : "open bucket ") + open.bucket());
            }
        }
    }

    private static String effects(Piece piece) {
        return piece.contract().outside() ? "  (acts outside: a checkpoint follows)" : "";
    }

    private void line(int depth, String text) {
        lines.add("  ".repeat(depth) + text);
    }
}
