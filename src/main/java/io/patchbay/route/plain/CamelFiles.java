package io.patchbay.route.plain;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes of {@code *.camel.yaml} files as the files are: a new version of a file is tried out first, a bad one never
 * replaces a good one, the routes of a deleted file are drained and removed. A bad version is tried again with every
 * generation, because what it lacked (an instance, an id) may be there now. Between the old routes of a changed file and its
 * new ones there is a moment without either; what waits on {@code direct:} waits it out.
 */
public final class CamelFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CamelFiles.class);
    private static final String ENDING = ".camel.yaml";

    private final PlainContext context;
    private final Scratch scratch;
    private final CamelRules rules;
    private final long drainMillis;
    private final ExecutorService worker;

    private final Map<String, Deployed> deployed = new HashMap<>();
    private final Map<String, List<Problem>> refused = new HashMap<>();
    private volatile Map<String, List<Problem>> problems = Map.of();

    CamelFiles(PlainContext context, Scratch scratch, CamelRules rules, long drainMillis) {
        this.context = context;
        this.scratch = scratch;
        this.rules = rules;
        this.drainMillis = drainMillis;
        this.worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "patchbay-camel-files");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A file whose routes run. */
    private record Deployed(SourceFile file, List<String> routes, List<Problem> warnings) {}

    /** A version of a file that was found right, or not. */
    private record Checked(SourceFile file, Node root, Problems problems) {}

    /**
     * Takes all files there are now, on a thread of its own: draining routes must not hold up the flows.
     *
     * @return done when all of it is in place
     */
    public CompletableFuture<Void> apply(List<SourceFile> files) {
        List<SourceFile> all = List.copyOf(files);
        return CompletableFuture.runAsync(() -> take(all), worker);
    }

    /** What is wrong with a file, without taking it. */
    public List<Problem> check(SourceFile file) {
        return tried(file).problems().list();
    }

    /** What is wrong with files, by file. */
    public Map<String, List<Problem>> problems() {
        return problems;
    }

    /** Ids of the routes that run, by file. */
    public synchronized Map<String, List<String>> routes() {
        return deployed.values().stream()
                .collect(Collectors.toMap(one -> one.file().path(), Deployed::routes, (a, b) -> a, TreeMap::new));
    }

    private synchronized void take(List<SourceFile> files) {
        Map<String, SourceFile> now = new LinkedHashMap<>();
        files.forEach(file -> now.put(file.path(), file));
        for (String path : List.copyOf(deployed.keySet())) {
            if (!now.containsKey(path)) {
                remove(Objects.requireNonNull(deployed.remove(path)));
                LOG.info("{}: its routes are gone with the file", path);
            }
        }
        refused.keySet().retainAll(now.keySet());
        now.values().forEach(this::take);
        report();
    }

    private void take(SourceFile file) {
        Deployed old = deployed.get(file.path());
        if (old != null && old.file().sha256().equals(file.sha256())) {
            refused.remove(file.path());
            return;
        }
        Checked checked = tried(file);
        if (!checked.problems().anyError()) {
            replace(old, checked);
        }
        List<Problem> found = checked.problems().list();
        if (checked.problems().anyError()) {
            refused.put(file.path(), found);
        } else {
            refused.remove(file.path());
        }
    }

    private Checked tried(SourceFile file) {
        Problems found = new Problems();
        Node root = new YamlReader().read(file.path(), file.text(), found).orElse(null);
        if (root == null) {
            return new Checked(file, new Node.ListNode(Location.of(file.path()), List.of()), found);
        }
        new YamlCheck(rules, found).file(root);
        if (!found.anyError()) {
            scratch.check(file.path(), file.text(), root, found);
        }
        return new Checked(file, root, found);
    }

    private void replace(@Nullable Deployed old, Checked checked) {
        try {
            PlainLoader.Loaded loaded = load(checked.file());
            if (taken(loaded.ids(), checked)) {
                return;
            }
            if (old != null) {
                remove(old);
            }
            context.start(); // only a program with plain routes pays for their context
            try {
                loaded.addTo(context);
            } catch (Exception e) {
                remove(new Deployed(checked.file(), loaded.ids(), List.of()));
                putBack(old);
                throw e;
            }
            deployed.put(
                    checked.file().path(),
                    new Deployed(
                            checked.file(), loaded.ids(), checked.problems().list()));
            LOG.info("{}: routes {} run", checked.file().path(), loaded.ids());
        } catch (Exception e) {
            CamelProblems.add(e, checked.root(), checked.problems());
        }
    }

    private boolean taken(List<String> ids, Checked checked) {
        for (Deployed other : deployed.values()) {
            if (!other.file().path().equals(checked.file().path())) {
                other.routes().stream()
                        .filter(ids::contains)
                        .forEach(id -> checked.problems()
                                .error(
                                        CamelProblems.route(id, checked.root()),
                                        "DUPLICATE_ID",
                                        "route id '" + id + "' is taken by "
                                                + other.file().path(),
                                        "give this route another id"));
            }
        }
        return checked.problems().anyError();
    }

    private void putBack(@Nullable Deployed old) {
        if (old == null) {
            return;
        }
        try {
            load(old.file()).addTo(context);
        } catch (Exception e) {
            deployed.remove(old.file().path());
            LOG.error(
                    "{}: the version that ran before cannot be started again",
                    old.file().path(),
                    e);
        }
    }

    private PlainLoader.Loaded load(SourceFile file) throws Exception {
        String path = file.path();
        String plain = path.startsWith("routes/") ? path.substring("routes/".length()) : path;
        String id = plain.endsWith(ENDING) ? plain.substring(0, plain.length() - ENDING.length()) : plain;
        return PlainLoader.load(context, path, file.text(), id, "file:" + path);
    }

    /** All are stopped together, each waits for what it has taken in. */
    private void remove(Deployed old) {
        for (String id : old.routes()) {
            try {
                if (context.getRoute(id) != null) {
                    context.getRouteController().stopRoute(id, drainMillis, TimeUnit.MILLISECONDS);
                }
                context.removeRoute(id);
            } catch (Exception e) {
                LOG.error("{}: route {} cannot be removed", old.file().path(), id, e);
            }
        }
    }

    /** A problem is told once, when it is new. */
    private void report() {
        Map<String, List<Problem>> found = new TreeMap<>();
        deployed.forEach((path, one) -> put(found, path, one.warnings()));
        refused.forEach((path, one) -> put(found, path, one));
        found.forEach((path, list) -> {
            if (!list.equals(problems.get(path))) {
                list.forEach(problem -> LOG.warn("{}", problem));
            }
        });
        problems = Map.copyOf(found);
    }

    private static void put(Map<String, List<Problem>> found, String path, List<Problem> more) {
        if (!more.isEmpty()) {
            List<Problem> all = new ArrayList<>(found.getOrDefault(path, List.of()));
            all.addAll(more);
            found.put(path, List.copyOf(all));
        }
    }

    /** Takes nothing more; routes go with their context. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
