package io.patchbay.canvas;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, each shown with the lines that stand in its place. */
public final class Lines {

    private static final int LOOKED = 200;

    private Lines() {}

    /**
     * Lines that are others now.
     *
     * @param line the first of them, before
     * @param before the lines that went
     * @param after the lines that came
     */
    public record Change(int line, List<String> before, List<String> after) {
        public Change {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** From one to the other, in order. Texts are small: each difference ends where the next equal line stands nearest. */
    public static List<Change> changes(String from, String to) {
        List<String> before = from.lines().toList();
        List<String> after = to.lines().toList();
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
                continue;
            }
            int[] met = meeting(before, after, i, j);
            changes.add(new Change(i + 1, before.subList(i, met[0]), after.subList(j, met[1])));
            i = met[0];
            j = met[1];
        }
        return changes;
    }

    private static int[] meeting(List<String> before, List<String> after, int i, int j) {
        int most = Math.max(before.size() - i, after.size() - j) * 2;
        for (int far = 1; far <= Math.min(most, LOOKED); far++) {
            for (int down = 0; down <= far; down++) {
                int left = i + down;
                int right = j + far - down;
                if (left < before.size()
                        && right < after.size()
                        && before.get(left).equals(after.get(right))) {
                    return new int[] {left, right};
                }
            }
        }
        return new int[] {before.size(), after.size()};
    }
}
