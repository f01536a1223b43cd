package io.patchbay.route.version;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How the texts of two versions differ, as a unified diff: the flow's file first, then its scripts. */
public final class TextDiff {

    private static final int AROUND = 3;

    /** Lines of both texts together; finding what two very long texts have in common takes too long. */
    private static final int MOST_LINES = 20_000;

    private TextDiff() {}

    /**
     * The diff; empty when the texts are the same.
     *
     * @param file what the flow's file is called
     */
    public static String of(String file, Side before, Side after) {
        List<String> lines = new ArrayList<>(diff(file, before.text(), after.text()));
        Set<String> scripts = new TreeSet<>(before.scripts().keySet());
        scripts.addAll(after.scripts().keySet());
        scripts.forEach(script -> lines.addAll(diff(
                script,
                before.scripts().getOrDefault(script, ""),
                after.scripts().getOrDefault(script, ""))));
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static List<String> diff(String file, String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.size() + now.size() > MOST_LINES) {
            return List.of("--- a/" + file, "+++ b/" + file, "(the texts are too long to be compared line by line)");
        }
        Patch<String> patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
        return removedFirst(UnifiedDiffUtils.generateUnifiedDiff("a/" + file, "b/" + file, old, patch, AROUND));
    }

    /** Of lines that stand for others, those that were there first, as people and programs expect; the algorithm finds either first. */
    private static List<String> removedFirst(List<String> lines) {
        List<String> ordered = new ArrayList<>(lines.subList(0, Math.min(2, lines.size())));
        List<String> added = new ArrayList<>();
        for (String line : lines.subList(ordered.size(), lines.size())) {
            if (line.startsWith("+")) {
                added.add(line);
                continue;
            }
            if (!line.startsWith("-")) {
                ordered.addAll(added);
                added.clear();
            }
            ordered.add(line);
        }
        ordered.addAll(added);
        return ordered;
    }
}
