package io.patchbay.blueprint;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges what two sides made of one text, line by line. What only one side changed is taken; where both changed the same lines, or lines
 * that touch, and not alike, it is a conflict. The library compares two texts; it merges none.
 */
final class ThreeWay {

    private final List<String> base;
    private final List<String> mine;
    private final List<String> theirs;
    private final Keep keep;
    private final List<String> merged = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    /** Whose lines are taken where both changed the same. */
    enum Keep {
        /** Those of the home. */
        MINE,
        /** Those of the new version. */
        THEIRS
    }

    /**
     * Both sides changed the same lines.
     *
     * @param line first line of the base that it is about, from 1
     */
    record Conflict(int line, List<String> base, List<String> mine, List<String> theirs) {}

    /** A text, and where the sides did not agree. */
    record Merged(String text, List<Conflict> conflicts) {}

    private ThreeWay(String base, String mine, String theirs, Keep keep) {
        this.base = lines(base);
        this.mine = lines(mine);
        this.theirs = lines(theirs);
        this.keep = keep;
    }

    static Merged merge(String base, String mine, String theirs, Keep keep) {
        if (mine.equals(theirs) || theirs.equals(base)) {
            return new Merged(mine, List.of());
        }
        if (mine.equals(base)) {
            return new Merged(theirs, List.of());
        }
        return new ThreeWay(base, mine, theirs, keep).merged();
    }

    /** Lines with their ends, so that a missing last end is a difference as well. */
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }

    private Merged merged() {
        List<AbstractDelta<String>> ours = DiffUtils.diff(base, mine).getDeltas();
        List<AbstractDelta<String>> others = DiffUtils.diff(base, theirs).getDeltas();
        int at = 0;
        int i = 0;
        int j = 0;
        while (i < ours.size() || j < others.size()) {
            int from = Math.min(start(ours, i), start(others, j));
            merged.addAll(base.subList(at, from));
            int end = from;
            int firstOfOurs = i;
            int firstOfOthers = j;
            boolean more = true;
            while (more) {
                more = false;
                while (i < ours.size() && touches(ours.get(i), from, end)) {
                    end = Math.max(end, end(ours.get(i++)));
                    more = true;
                }
                while (j < others.size() && touches(others.get(j), from, end)) {
                    end = Math.max(end, end(others.get(j++)));
                    more = true;
                }
            }
            hunk(from, end, ours.subList(firstOfOurs, i), others.subList(firstOfOthers, j));
            at = end;
        }
        merged.addAll(base.subList(at, base.size()));
        return new Merged(String.join("", merged), conflicts);
    }

    private void hunk(int from, int end, List<AbstractDelta<String>> ours, List<AbstractDelta<String>> others) {
        List<String> own = side(from, end, ours);
        List<String> their = side(from, end, others);
        if (others.isEmpty() || own.equals(their)) {
            merged.addAll(own);
        } else if (ours.isEmpty()) {
            merged.addAll(their);
        } else {
            conflicts.add(new Conflict(from + 1, base.subList(from, end), own, their));
            merged.addAll(keep == Keep.MINE ? own : their);
        }
    }

    /** What a side made of lines of the base. */
    private List<String> side(int from, int end, List<AbstractDelta<String>> deltas) {
        List<String> lines = new ArrayList<>();
        int at = from;
        for (AbstractDelta<String> delta : deltas) {
            Chunk<String> source = delta.getSource();
            lines.addAll(base.subList(at, source.getPosition()));
            lines.addAll(delta.getTarget().getLines());
            at = source.getPosition() + source.size();
        }
        lines.addAll(base.subList(at, end));
        return lines;
    }

    private static boolean touches(AbstractDelta<String> delta, int from, int end) {
        return delta.getSource().getPosition() >= from && delta.getSource().getPosition() <= end;
    }

    private int start(List<AbstractDelta<String>> deltas, int index) {
        return index < deltas.size() ? deltas.get(index).getSource().getPosition() : base.size();
    }

    private static int end(AbstractDelta<String> delta) {
        return delta.getSource().getPosition() + delta.getSource().size();
    }
}
