package io.patchbay.route.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.PoolRules;
import io.patchbay.shape.Stores;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code stores.yaml} of every folder in {@code routes/} of every root. A name of a later root stands for that of an earlier
 * one; within a root it is declared once. A file with a problem keeps what it declared when it was last right. Used by one thread at
 * a time.
 */
public final class StoreFiles {

    private static final Pattern NAME = Pattern.compile("(?=.{1,100}$)[A-Za-z][A-Za-z0-9_-]*(@[a-z0-9-]+)?");
    private static final Binder BINDER = new Binder(Map.of());

    private final List<Path> roots;
    private final YamlReader yaml = new YamlReader();
    private final Map<Key, Read> read = new HashMap<>();

    /** Reads files of these roots, the customer's last. */
    public StoreFiles(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    private record Key(Path root, String path) {
        static Key of(SourceFile file) {
            return new Key(file.root(), file.path());
        }
    }

    /**
     * What was made of one version of a file; the declarations of an older version where this one is wrong.
     *
     * @param places of what is declared, like {@code cache stock}
     */
    private record Read(String sha256, Stores stores, Map<String, Location> places, List<Problem> problems) {}

    /**
     * All declarations.
     *
     * @param stores of all roots together
     * @param problems what is wrong with files
     */
    public record Declared(Stores stores, List<Problem> problems) {
        public Declared {
            problems = List.copyOf(problems);
        }
    }

    @Doc("What flows share: caches and data pools")
    private record StoresConfig(
            @Doc("Caches by name: letters, digits, - and _") @Default("{}")
            Map<String, CacheRules> caches,

            @Doc("Data pools by name: letters, digits, - and _") @Default("{}")
            Map<String, PoolRules> pools) {}

    /** Reads the files there are now; those that did not change are not read again. */
    public Declared read(List<SourceFile> files) {
        read.keySet().retainAll(files.stream().map(Key::of).toList());
        Map<Path, Map<String, Location>> declared = new HashMap<>();
        Map<Path, Set<String>> holds = new HashMap<>();
        Map<String, CacheRules> caches = new TreeMap<>();
        Map<String, PoolRules> pools = new TreeMap<>();
        Problems problems = new Problems();
        files.stream()
                .sorted(Comparator.<SourceFile>comparingInt(file -> roots.indexOf(file.root()))
                        .thenComparing(SourceFile::path))
                .forEach(file -> {
                    Read now = read(file, read.get(Key.of(file)));
                    read.put(Key.of(file), now);
                    problems.addAll(now.problems());
                    once(now, declared.computeIfAbsent(file.root(), any -> new HashMap<>()), problems);
                    // Within a root the first declaration holds; a name of a later root stands for that of an earlier
                    // one.
                    now.stores().caches().forEach((name, rules) -> {
                        if (first(file, "cache " + name, holds)) {
                            caches.put(name, rules);
                        }
                    });
                    now.stores().pools().forEach((name, rules) -> {
                        if (first(file, "pool " + name, holds)) {
                            pools.put(name, rules);
                        }
                    });
                });
        return new Declared(new Stores(caches, pools), problems.list());
    }

    private static boolean first(SourceFile file, String name, Map<Path, Set<String>> holds) {
        return holds.computeIfAbsent(file.root(), any -> new HashSet<>()).add(name);
    }

    private static void once(Read now, Map<String, Location> declared, Problems problems) {
        now.places().forEach((name, at) -> {
            Location first = declared.putIfAbsent(name, at);
            if (first != null) {
                problems.error(
                        at,
                        "DUPLICATE_NAME",
                        "the " + name.replace(" ", " '") + "' is declared at " + first + ", too",
                        "declare it in one place, or give it another name here and in the flows that mean this one");
            }
        });
    }

    private Read read(SourceFile file, @Nullable Read before) {
        if (before != null && before.sha256().equals(file.sha256())) {
            return before;
        }
        Problems problems = new Problems();
        Node node = yaml.read(file.path(), file.text(), problems).orElse(null);
        Map<String, Location> places = new TreeMap<>();
        if (node instanceof MapNode map) {
            names(map, "caches", "cache", places, problems);
            names(map, "pools", "pool", places, problems);
        }
        boolean empty = file.text()
                .lines()
                .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
        StoresConfig config = node == null || empty ? null : BINDER.bind(node, StoresConfig.class, problems);
        Stores now = config == null ? Stores.NONE : new Stores(config.caches(), config.pools());
        boolean wrong = problems.anyError() && !empty;
        Stores kept = before == null ? Stores.NONE : before.stores();
        return new Read(file.sha256(), wrong ? kept : now, places, wrong ? problems.list() : List.of());
    }

    private static void names(MapNode file, String key, String what, Map<String, Location> places, Problems problems) {
        if (file.get(key) instanceof MapNode declared) {
            for (Entry entry : declared.entries().values()) {
                places.put(what + " " + entry.key(), entry.at());
                if (!NAME.matcher(entry.key()).matches()) {
                    problems.error(
                            entry.at(),
                            "BAD_NAME",
                            what + " name '" + entry.key()
                                    + "' must begin with a letter and hold letters, digits, - and _"
                                    + " only, at most 100",
                            "give it another name, here and in the flows that use it");
                }
            }
        }
    }

    /** The JSON Schema of these files. */
    public static ObjectNode schema() {
        return new Schemas(BINDER).document(StoresConfig.class, "urn:patchbay:stores", "What Patchbay flows share");
    }
}
