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
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.PoolRules;
import io.patchbay.shape.Stores;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code routes/stores.yaml} of every root. A name of a later root stands for that of an earlier one. A file with a
 * problem keeps what it declared when it was last right. Used by one thread at a time.
 */
public final class StoreFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");
    private static final Binder BINDER = new Binder(Map.of());

    private final List<Path> roots;
    private final YamlReader yaml = new YamlReader();
    private final Map<Path, Read> read = new HashMap<>();

    /** Reads files of these roots, the customer's last. */
    public StoreFiles(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** What was made of one version of a file; the declarations of an older version where this one is wrong. */
    private record Read(String path, String sha256, Stores stores, List<Problem> problems) {}

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
        read.keySet().retainAll(files.stream().map(SourceFile::root).toList());
        Map<String, CacheRules> caches = new TreeMap<>();
        Map<String, PoolRules> pools = new TreeMap<>();
        Problems problems = new Problems();
        files.stream()
                .sorted(Comparator.comparingInt(file -> roots.indexOf(file.root())))
                .forEach(file -> {
                    Read now = read(file, read.get(file.root()));
                    read.put(file.root(), now);
                    problems.addAll(now.problems());
                    caches.putAll(now.stores().caches());
                    pools.putAll(now.stores().pools());
                });
        return new Declared(new Stores(caches, pools), problems.list());
    }

    private Read read(SourceFile file, @Nullable Read before) {
        if (before != null
                && before.sha256().equals(file.sha256())
                && before.path().equals(file.path())) {
            return before;
        }
        Problems problems = new Problems();
        Node node = yaml.read(file.path(), file.text(), problems).orElse(null);
        if (node instanceof MapNode map) {
            names(map, "caches", "cache", problems);
            names(map, "pools", "pool", problems);
        }
        boolean empty = file.text()
                .lines()
                .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
        StoresConfig config = node == null || empty ? null : BINDER.bind(node, StoresConfig.class, problems);
        Stores now = config == null ? Stores.NONE : new Stores(config.caches(), config.pools());
        boolean wrong = problems.anyError() && !empty;
        Stores kept = before == null ? Stores.NONE : before.stores();
        return new Read(file.path(), file.sha256(), wrong ? kept : now, wrong ? problems.list() : List.of());
    }

    private static void names(MapNode file, String key, String what, Problems problems) {
        if (file.get(key) instanceof MapNode declared) {
            for (Entry entry : declared.entries().values()) {
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
