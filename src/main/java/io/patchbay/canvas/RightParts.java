package io.patchbay.canvas;

import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is right of a file that is wrong in places: so that one that has a slip in one place is checked in all others too.
 *
 * @param value what could be bound without the wrong entries
 * @param root the file without them
 * @param whole the file as it was written
 * @param gone the entries that were taken out, as keys from the root
 * @param later problems that came to light when others were out of the way
 */
public record RightParts<T>(T value, MapNode root, MapNode whole, Set<List<String>> gone, List<Problem> later) {

    private static final int MOST_TAKEN_OUT = 100;
    private static final Pattern MEANT = Pattern.compile("did you mean '(.+)'\\?");

    /** What one place of a file may lack because an entry was taken out there. */
    private static final Set<String> BY_ABSENCE =
            Set.of("MISSING_KEY", "NOT_HERE", "BAD_ENDPOINT", "MISSING_SETTING", "UNKNOWN_AUTH");

    /** What any place may do because of an entry below this key of the root. */
    private static final Map<String, String> BY_ANOTHER = Map.of("SECRET_NOT_HERE", "auth");

    public RightParts {
        gone = Set.copyOf(gone);
        later = List.copyOf(later);
    }

    /**
     * Takes out what problems are about, and writes misspelt keys and words right, until the rest binds.
     *
     * @param standIns values for keys of the root that may be missing
     * @return nothing when there is no such rest
     */
    public static <T> Optional<RightParts<T>> of(
            Binder binder, Node file, Class<T> type, List<Problem> problems, Map<String, String> standIns) {
        if (!(file instanceof MapNode whole)) {
            return Optional.empty();
        }
        MapNode root = whole;
        Set<List<String>> gone = new HashSet<>();
        List<Problem> wrong = problems;
        List<Problem> later = new ArrayList<>();
        for (int i = 0; i < MOST_TAKEN_OUT; i++) {
            MapNode before = root;
            for (Problem problem : wrong) {
                root = without(root, problem, gone, standIns);
            }
            Problems left = new Problems();
            T value = binder.bind(root, type, left);
            if (value != null) {
                return Optional.of(new RightParts<>(value, root, whole, gone, later));
            }
            if (root.equals(before)) {
                return Optional.empty();
            }
            wrong = left.list();
            // What entries lack or have too many of was told at once; what is more now comes of what was changed here.
            wrong.stream().filter(problem -> problem.code().equals("BAD_VALUE")).forEach(later::add);
        }
        return Optional.empty();
    }

    /** Adds the problems that do not come from what was taken out. */
    public void tell(List<Problem> found, Problems into) {
        into.addAll(Stream.concat(later.stream(), found.stream())
                .filter(this::own)
                .filter(problem -> !into.list().contains(problem))
                .distinct()
                .toList());
    }

    private boolean own(Problem problem) {
        String other = BY_ANOTHER.get(problem.code());
        if (gone.stream().anyMatch(keys -> keys.get(0).equals(other))) {
            return false;
        }
        for (List<String> keys : gone) {
            if (problem.what().contains("'" + keys.get(keys.size() - 1) + "'")) {
                return false;
            }
        }
        List<String> block = block(path(whole, problem.at(), true));
        return !BY_ABSENCE.contains(problem.code())
                || gone.stream().map(RightParts::block).noneMatch(lost -> alike(block, lost));
    }

    /** The part of a file that stands by itself: one of the entries of one of the root's. */
    private static List<String> block(List<String> keys) {
        return keys.subList(0, Math.min(2, keys.size()));
    }

    private static boolean alike(List<String> one, List<String> other) {
        int shorter = Math.min(one.size(), other.size());
        return one.subList(0, shorter).equals(other.subList(0, shorter));
    }

    private static MapNode without(
            MapNode root, Problem problem, Set<List<String>> gone, Map<String, String> standIns) {
        boolean missing = problem.code().equals("MISSING_KEY");
        List<String> path = path(root, problem.at(), !missing);
        if (missing && problem.at().equals(root.at())) {
            return completed(root, standIns);
        }
        if (path.isEmpty()) {
            return root;
        }
        Matcher suggested = MEANT.matcher(String.valueOf(problem.hint()));
        String meant = suggested.matches() ? suggested.group(1) : null;
        if (problem.code().equals("BAD_VALUE")
                && meant != null
                && at(root, path) instanceof Node.ScalarNode word
                && word.at().equals(problem.at())
                && !meant.equals(word.text())) {
            return (MapNode) changed(
                    root,
                    path,
                    entry -> new Entry(entry.at(), entry.key(), new Node.ScalarNode(word.at(), meant, meant, true)));
        }
        boolean named = problem.what().contains("'" + path.get(path.size() - 1) + "'");
        if (problem.code().equals("UNKNOWN_KEY") && meant != null && named) {
            return (MapNode) changed(root, path, entry -> new Entry(entry.at(), meant, entry.value()));
        }
        gone.add(path);
        return (MapNode) changed(root, path, entry -> null);
    }

    private static @Nullable Node at(Node root, List<String> path) {
        Node node = root;
        for (String key : path) {
            node = node instanceof MapNode map ? map.get(key) : null;
        }
        return node;
    }

    private static MapNode completed(MapNode root, Map<String, String> standIns) {
        Map<String, Entry> entries = new LinkedHashMap<>(root.entries());
        standIns.forEach((key, text) ->
                entries.putIfAbsent(key, new Entry(root.at(), key, new Node.ScalarNode(root.at(), text, text, true))));
        return new MapNode(root.at(), entries);
    }

    /** With another entry at the path, unless there is one of that key already, or without it. */
    private static Node changed(Node node, List<String> path, Function<Entry, @Nullable Entry> change) {
        MapNode map = (MapNode) node;
        Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
        String key = path.get(0);
        Entry entry = entries.get(key);
        if (entry != null && path.size() > 1) {
            Node below = changed(entry.value(), path.subList(1, path.size()), change);
            entries.put(key, new Entry(entry.at(), key, below));
        } else if (entry != null) {
            entries.remove(key);
            Entry other = change.apply(entry);
            if (other != null) {
                entries.putIfAbsent(other.key(), other);
            }
        }
        return new MapNode(map.at(), entries);
    }

    /**
     * Keys from the root to the deepest entry that a place belongs to; lists are not gone into.
     *
     * @param deepest whether, where a mapping begins with its first entry, that entry is meant and not the mapping
     */
    private static List<String> path(MapNode root, Location at, boolean deepest) {
        List<String> path = new ArrayList<>();
        Node node = root;
        while (node instanceof MapNode map
                && (path.isEmpty() || deepest || !map.at().equals(at))) {
            Entry next = map.entries().values().stream()
                    .filter(entry -> entry.at().equals(at) || holds(entry.value(), at))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                break;
            }
            path.add(next.key());
            if (next.at().equals(at) && !next.value().at().equals(at)) {
                break;
            }
            node = next.value();
        }
        return path;
    }

    private static boolean holds(Node node, Location at) {
        if (node.at().equals(at)) {
            return true;
        }
        if (node instanceof ListNode list) {
            return list.items().stream().anyMatch(item -> holds(item, at));
        }
        return node instanceof MapNode map
                && map.entries().values().stream().anyMatch(entry -> entry.at().equals(at) || holds(entry.value(), at));
    }
}
