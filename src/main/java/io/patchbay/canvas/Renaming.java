package io.patchbay.canvas;

import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts other names into a YAML text, in the places of those that it has; all else stays to the letter. Used by one thread at a time. */
public final class Renaming {

    private final String text;
    private final List<Integer> lines = new ArrayList<>(List.of(0));
    private final TreeMap<Integer, Change> changes = new TreeMap<>();

    private record Change(int to, String name) {}

    /** In a text whose lines end with a line feed, as places in it are told. */
    public Renaming(String text) {
        this.text = text;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                lines.add(i + 1);
            }
        }
    }

    /**
     * Puts another name into a place.
     *
     * @param at where the name begins, or the quote before it; a place that an alias has, too, may be given again
     * @return false when it cannot be done: it is written with escapes, or behind an anchor or a tag
     */
    public boolean put(Location at, String name, String other) {
        int begin = offset(at);
        int from = quote(begin) && text.startsWith(name, begin + 1) ? begin + 1 : begin;
        if (text.startsWith(name, from)) {
            changes.put(from, new Change(from + name.length(), other));
            return true;
        }
        if (marked(at) || quote(begin) || !other.endsWith(name)) {
            return false;
        }
        changes.put(begin, new Change(begin, other.substring(0, other.length() - name.length())));
        return true;
    }

    /** Whether an anchor or a tag stands at a place, and what it is of behind it. */
    public boolean marked(Location at) {
        int begin = offset(at);
        return begin < text.length() && (text.charAt(begin) == '&' || text.charAt(begin) == '!');
    }

    /** Columns count characters as people do, not halves of them. */
    private int offset(Location at) {
        return text.offsetByCodePoints(lines.get(at.line() - 1), at.column() - 1);
    }

    private boolean quote(int at) {
        return at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
    }

    /** The text with all that was put into it. */
    public String text() {
        StringBuilder changed = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, Change> change : changes.entrySet()) {
            changed.append(text, at, change.getKey()).append(change.getValue().name());
            at = change.getValue().to();
        }
        return changed.append(text, at, text.length()).toString();
    }
}
