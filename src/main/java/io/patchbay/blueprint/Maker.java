package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.References.Reference;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlText;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.payload.Json;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a blueprint of flows that a home has: takes what they name along, and writes down what they need. What it cannot know (titles,
 * questions, rights of credentials) it leaves to a person.
 */
final class Maker {

    private final Path home;
    private final Catalog catalog;
    private final String id;
    private final FolderTexts texts;
    private final SortedMap<String, Optional<String>> made = new TreeMap<>();
    private final Set<String> instances = new TreeSet<>();
    private final Set<String> caches = new TreeSet<>();
    private final Set<String> pools = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();

    Maker(Path home, Catalog catalog, Snapshot snapshot, String id) {
        this.home = home;
        this.catalog = catalog;
        this.id = id;
        this.texts = FolderTexts.of(snapshot);
    }

    /**
     * What was made.
     *
     * @param files texts by path from the home folder
     * @param notes what a person has to look at
     */
    record Made(SortedMap<String, Optional<String>> files, List<String> notes) {}

    Made of(List<String> flows, String title) throws IOException {
        Set<String> taken = new TreeSet<>();
        for (String flow : flows) {
            taken.add(texts.flow(flow));
        }
        for (String path : taken) {
            flow(path, flows);
        }
        stores();
        ObjectNode manifest = manifest(title);
        put("blueprint.yaml", YamlText.block(manifest, 0) + "\n");
        put(
                "README.md",
                "# " + title + "\n\nWhat it does, what must be set before it works, what it leaves out, what fails.\n");
        notes.add("write its README.md, and titles and rights of its instances, in blueprint.yaml");
        notes.add("questions: name what differs from install to install, with the place that each sets");
        return new Made(made, notes);
    }

    private void flow(String path, List<String> flows) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        YamlPatch patch = YamlPatch.of(texts.text(path))
                .orElseThrow(() -> new BlueprintException(path + " cannot be read; 'patchbay check' says why"));
        patch.set(List.of("status"), Json.NODES.textNode("draft"));
        put("routes/" + name, patch.text());
        String test = texts.test(path).orElse(null);
        if (test != null) {
            put("routes/" + FolderTexts.tested(name), texts.text(test));
        } else {
            notes.add(path + " has no tests: an install runs those that a blueprint has");
        }
        for (Reference one :
                References.in(path, Objects.requireNonNull(texts.trees().get(path)))) {
            switch (one.kind()) {
                case INSTANCE -> instance(one);
                case TABLE -> along(SourceKind.TABLE, one.name() + ".csv", "tables");
                case SCRIPT -> along(SourceKind.FLOW_SCRIPT, one.name(), "scripts");
                case SCHEMA -> along(SourceKind.FLOW_SCHEMA, one.name(), "schemas");
                case CACHE -> caches.add(one.name());
                case POOL -> pools.add(one.name());
                case SECRET -> {} // named by permissions
                case ENVIRONMENT, PREFIX, PACKAGE -> {} // no flow names them
                case FLOW -> {
                    if (!flows.contains(one.name())) {
                        notes.add("flow '" + one.name() + "' (" + one.at()
                                + ") is not part of it: name it with --flow, too, or it must be there already");
                    }
                }
            }
        }
    }

    private void along(SourceKind kind, String name, String folder) {
        texts.named(kind, name).findAny().ifPresent(path -> put("routes/" + folder + "/" + name, texts.text(path)));
    }

    private void instance(Reference reference) {
        if (!instances.add(reference.name())) {
            return;
        }
        Instance instance = catalog.instance(reference.name());
        if (instance == null) {
            throw new BlueprintException(reference.at() + ": instance '" + reference.name()
                    + "' is in no file of connectors/, or not right; 'patchbay check' says more");
        }
        String connector = instance.connector().id();
        Path file = home.resolve("connectors")
                .resolve(connector)
                .resolve("instances")
                .resolve(reference.name() + ".yaml");
        try {
            put(Blueprint.template(connector, reference.name()), HomeText.read(file));
        } catch (IOException e) {
            throw new BlueprintException("the file of instance '" + reference.name() + "' is not at "
                    + home.relativize(file) + ", where a blueprint has it");
        }
        notes.add("instance '" + reference.name()
                + "' goes along as its file has it: look for what belongs to you alone");
    }

    /** Of what is declared, that which its flows use. */
    private void stores() {
        ObjectNode all = texts.declared(caches, pools);
        if (!all.isEmpty()) {
            put("routes/stores.yaml", YamlText.block(all, 0) + "\n");
        }
    }

    private ObjectNode manifest(String title) {
        ObjectNode manifest = Json.NODES
                .objectNode()
                .put("blueprint", id)
                .put("version", "1.0.0")
                .put("title", title);
        ObjectNode connectors = Json.NODES.objectNode();
        ObjectNode needs = Json.NODES.objectNode();
        for (String name : instances) {
            Instance instance = catalog.instance(name);
            if (instance != null) {
                connectors.put(
                        instance.connector().id(),
                        String.valueOf(instance.connector().version()));
                needs.putObject(name)
                        .put("connector", instance.connector().id())
                        .put("title", "The " + instance.connector().title());
            }
        }
        ObjectNode permissions = Json.NODES.objectNode();
        Reach reach = new Reach();
        made.forEach((path, text) -> reach.add(path.substring(("blueprints/" + id + "/").length()), text.orElse("")));
        Set<String> hosts = reach.hosts();
        Set<String> secrets = reach.secrets();
        Set<String> scripts = reach.code();
        list("hosts", hosts, permissions);
        list("secrets", secrets, permissions);
        list("scripts", scripts, permissions);
        manifest.set("connectors", connectors);
        manifest.set("instances", needs);
        manifest.set("permissions", permissions);
        return manifest;
    }

    private static void list(String key, Set<String> names, ObjectNode to) {
        if (!names.isEmpty()) {
            names.forEach(to.putArray(key)::add);
        }
    }

    private void put(String path, @Nullable String text) {
        Optional<String> before = made.put("blueprints/" + id + "/" + path, Optional.ofNullable(text));
        if (before != null && !before.equals(Optional.ofNullable(text))) {
            throw new BlueprintException("two files of it are called " + path
                    + ": a blueprint has its flows in one folder; give one of them another name");
        }
    }
}
