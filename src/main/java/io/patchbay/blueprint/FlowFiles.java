package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.References.Reference;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlText;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All files of a home that a flow needs: its tests, what it names, the flows that it calls, its connectors and instances. */
public final class FlowFiles {

    private final Path home;
    private final Catalog catalog;
    private final FolderTexts texts;
    private final SortedMap<String, String> taken = new TreeMap<>();
    private final Set<String> caches = new TreeSet<>();
    private final Set<String> pools = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();

    private FlowFiles(Path home, Catalog catalog, Snapshot snapshot) {
        this.home = home;
        this.catalog = catalog;
        this.texts = FolderTexts.of(snapshot);
    }

    /**
     * What belongs to a flow.
     *
     * @param files texts by path from the home folder
     * @param notes what is left out
     */
    public record Found(SortedMap<String, String> files, List<String> notes) {}

    /** Finds what belongs to a flow. @throws BlueprintException when something that it names is in no file */
    public static Found of(Path home, Catalog catalog, Snapshot snapshot, String flow) throws IOException {
        FlowFiles files = new FlowFiles(home, catalog, snapshot);
        Deque<String> left = new ArrayDeque<>(List.of(flow));
        Set<String> seen = new TreeSet<>();
        while (!left.isEmpty()) {
            String next = left.pop();
            if (seen.add(next)) {
                left.addAll(files.flow(next));
            }
        }
        files.stores(flow);
        return new Found(files.taken, files.notes);
    }

    private List<String> flow(String id) throws IOException {
        String path = texts.flow(id);
        taken.put(path, texts.text(path));
        texts.test(path).ifPresent(test -> taken.put(test, texts.text(test)));
        List<String> called = new ArrayList<>();
        Node tree = texts.trees().get(path);
        for (Reference one : tree == null ? List.<Reference>of() : References.in(path, tree)) {
            switch (one.kind()) {
                case INSTANCE -> instance(one);
                case TABLE -> along(SourceKind.TABLE, one.name() + ".csv");
                case SCRIPT -> script(one.name());
                case SCHEMA -> along(SourceKind.FLOW_SCHEMA, one.name());
                case CACHE -> caches.add(one.name());
                case POOL -> pools.add(one.name());
                case SECRET -> {} // stays behind
                case ENVIRONMENT, PREFIX, PACKAGE -> {} // no flow names them
                case FLOW -> called.add(one.name());
            }
        }
        return called;
    }

    private void along(SourceKind kind, String name) {
        texts.named(kind, name).forEach(path -> taken.put(path, texts.text(path)));
    }

    private void script(String name) {
        along(SourceKind.FLOW_SCRIPT, name);
        along(SourceKind.TEST, name.replaceFirst("\\.[a-z]+$", ".test.yaml"));
    }

    private void instance(Reference reference) throws IOException {
        if (!instances.add(reference.name())) {
            return;
        }
        Instance instance = catalog.instance(reference.name());
        if (instance == null) {
            throw new BlueprintException(reference.at() + ": instance '" + reference.name()
                    + "' is in no file of connectors/, or not right; 'patchbay check' says more");
        }
        Path folder = home.resolve("connectors").resolve(instance.connector().id());
        Path file = folder.resolve("instances").resolve(reference.name() + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw new BlueprintException(
                    "the file of instance '" + reference.name() + "' is not at " + home.relativize(file));
        }
        // Its secrets are references: the reader takes no others.
        taken.put(name(file), HomeText.read(file));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
                if (!one.startsWith(folder.resolve("instances"))) {
                    add(one);
                }
            }
        }
    }

    private void add(Path file) throws IOException {
        try {
            taken.put(name(file), Files.readString(file).replace("\r\n", "\n"));
        } catch (CharacterCodingException e) {
            notes.add(name(file) + " is no text, and is left out");
        }
    }

    private String name(Path file) {
        return home.relativize(file).toString().replace('\\', '/');
    }

    /** Of what is declared, that which the flows use, in a file of their own. */
    private void stores(String flow) {
        ObjectNode all = texts.declared(caches, pools);
        if (!all.isEmpty()) {
            taken.put("routes/" + flow + "/stores.yaml", YamlText.block(all, 0) + "\n");
        }
    }
}
