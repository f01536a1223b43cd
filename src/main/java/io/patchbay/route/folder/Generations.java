package io.patchbay.route.folder;

import io.patchbay.problem.Problem;
import io.patchbay.route.folder.FolderScan.Found;
import io.patchbay.route.folder.FolderScan.Seen;
import io.patchbay.route.folder.FolderScan.Stamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots out of looks at the folders. A change is taken when one further look finds everything at rest; while
 * something goes on changing for a second, what is at rest is taken without it.
 */
final class Generations {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private static final long GATHER_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** File systems keep times as coarse as two seconds: content is compared until no change can hide in the same stamp. */
    private static final long COARSEST_CLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final List<Path> roots;
    private final FolderLimits limits;
    private final Consumer<Snapshot> consumer;
    private final LongSupplier nanos;

    private final Map<String, Taken> taken = new TreeMap<>();
    private @Nullable Found before;
    private @Nullable Snapshot last;
    private long changingSince;
    private boolean changing;

    /** @param nanos a clock that never goes back, in nanoseconds */
    Generations(List<Path> roots, FolderLimits limits, Consumer<Snapshot> consumer, LongSupplier nanos) {
        this.roots = List.copyOf(roots);
        this.limits = limits;
        this.consumer = consumer;
        this.nanos = nanos;
    }

    /** What was taken of a path: the file (null when it never could be read), its stamp, and when it was read. */
    private record Taken(
            @Nullable SourceFile file,
            Stamp stamp,
            @Nullable Problem problem,
            long at) {}

    /** Takes what is there now. */
    void first() {
        Found found = FolderScan.of(roots, limits);
        take(found, Set.of());
        before = found;
        hand(found);
    }

    /** Looks once; answers whether a change was seen, so that the next look should come soon. */
    boolean look() {
        Found found = FolderScan.of(roots, limits);
        compareContent(found);
        Found previous = before;
        before = found;
        if (found.tooMany() || !changed(found)) {
            changing = false;
            hand(found);
            return false;
        }
        long now = nanos.getAsLong();
        if (!changing) {
            changing = true;
            changingSince = now;
            return true;
        }
        Set<String> unsteady = unsteady(found, previous);
        if (unsteady.isEmpty() || now - changingSince >= GATHER_NANOS) {
            take(found, unsteady);
            changing = false;
            hand(found);
        }
        return true;
    }

    /** A file that was read a moment ago may have changed within the same stamp; its stamp is then made to differ. */
    private void compareContent(Found found) {
        long now = nanos.getAsLong();
        taken.replaceAll((path, was) -> {
            SourceFile file = was.file();
            Seen seen = found.files().get(path);
            if (file == null || seen == null || !same(was, seen) || now - was.at() > COARSEST_CLOCK_NANOS) {
                return was;
            }
            SourceFile again = FileReading.of(path, seen, limits).file();
            boolean differs = again != null && !again.sha256().equals(file.sha256());
            return differs ? new Taken(file, Stamp.NONE, was.problem(), now) : was;
        });
    }

    private boolean changed(Found found) {
        boolean newer = found.files().entrySet().stream().anyMatch(entry -> {
            Taken was = taken.get(entry.getKey());
            return was == null || (!same(was, entry.getValue()) && !found.hides(entry.getKey()));
        });
        return newer
                || taken.keySet().stream().anyMatch(path -> !found.files().containsKey(path) && !found.hides(path));
    }

    /** Paths that looked different the last time: they may be in the middle of being written, or replaced. */
    private static Set<String> unsteady(Found found, @Nullable Found previous) {
        Set<String> result = new HashSet<>();
        if (previous == null) {
            return result;
        }
        Set<String> paths = new TreeSet<>(found.files().keySet());
        paths.addAll(previous.files().keySet());
        for (String path : paths) {
            Seen now = found.files().get(path);
            Seen then = previous.files().get(path);
            if (now == null || !now.equals(then)) {
                result.add(path);
            }
        }
        return result;
    }

    /** Reads what is new, keeps what is unsteady or cannot be read now as it was, lets go of what is gone. */
    private void take(Found found, Set<String> unsteady) {
        if (found.tooMany()) {
            return;
        }
        Map<String, Taken> next = new HashMap<>();
        long now = nanos.getAsLong();
        for (Map.Entry<String, Seen> entry : found.files().entrySet()) {
            String path = entry.getKey();
            Seen seen = entry.getValue();
            Taken was = taken.get(path);
            if (was != null && (unsteady.contains(path) || found.hides(path) || same(was, seen))) {
                next.put(path, was);
                continue;
            }
            if (unsteady.contains(path)) {
                continue;
            }
            FileReading reading = FileReading.of(path, seen, limits);
            SourceFile file = reading.file();
            if (!reading.unsteady()) {
                SourceFile kept = file != null || was == null ? file : was.file();
                next.put(path, new Taken(kept, seen.stamp(), reading.problem(), now));
            } else if (was != null) {
                next.put(path, was);
            }
        }
        taken.forEach((path, was) -> {
            if (!found.files().containsKey(path) && (found.hides(path) || unsteady.contains(path))) {
                next.put(path, was);
            }
        });
        taken.clear();
        taken.putAll(next);
    }

    private static boolean same(Taken was, Seen seen) {
        return was.stamp().equals(seen.stamp())
                && (was.file() == null || was.file().root().equals(seen.root()));
    }

    private List<SourceFile> files() {
        List<SourceFile> files = new ArrayList<>();
        taken.values().forEach(one -> {
            SourceFile file = one.file();
            if (file != null) {
                files.add(file);
            }
        });
        return files;
    }

    private List<Problem> problems(Found found) {
        List<Problem> problems = new ArrayList<>(found.problems());
        taken.values().forEach(one -> {
            Problem problem = one.problem();
            if (problem != null) {
                problems.add(problem);
            }
        });
        return problems.stream().sorted().toList();
    }

    private void hand(Found found) {
        Snapshot snapshot = new Snapshot(files(), problems(found));
        if (snapshot.equals(last)) {
            return;
        }
        last = snapshot;
        try {
            consumer.accept(snapshot);
        } catch (RuntimeException e) {
            LOG.error("A generation of files was not taken; the next change is tried again.", e);
        }
    }
}
