package io.patchbay.connector;

import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.RightParts;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.definition.ConnectorConfig;
import io.patchbay.connector.definition.FixtureConfig;
import io.patchbay.connector.definition.InstanceConfig;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connectors folders: {@code <root>/connectors/<id>/connector.yaml} and {@code instances/*.yaml} beside it. Of
 * several roots a later one overrides the connectors (same id and version) and instances (same name) of those before it. A file that is
 * wrong never takes away what it held when it was right.
 */
public final class CatalogReader implements AutoCloseable {

    private static final int LARGEST_FILE = 4_000_000;

    /** Scripts are read once, at a time when much else goes on. */
    private static final ScriptsProperties READING = ScriptsProperties.DEFAULT.within(Duration.ofSeconds(10));

    private final Path home;
    private final YamlReader yaml = new YamlReader();
    private final Binder binder = Binder.discreet();
    private final Scripts scripts = new Scripts(READING);
    private final ApiFiles api = new ApiFiles();

    /** A reader that names files relative to the home folder. */
    public CatalogReader(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /** Reads the connectors folder of a home folder, once. */
    public static Reading once(Path home) {
        try (CatalogReader reader = new CatalogReader(home)) {
            return reader.read(List.of(home), Catalog.EMPTY);
        }
    }

    /** Ends what scripts were read with; one that is not closed ends with the program. */
    @Override
    public void close() {
        scripts.close();
    }

    /**
     * What was read.
     *
     * @param catalog everything usable, also from earlier versions of files that are wrong now
     * @param problems by file, in the order of the files; files without problems are not in it
     */
    public record Reading(Catalog catalog, Map<String, List<Problem>> problems) {}

    private static final String NONE_HERE =
            "no connector is here yet: copy the folder of one into connectors/ of the home folder"
                    + " (those that come with Patchbay are in its own folder connectors/), or make one with `patchbay connector new ID`";

    /** A file, or what is kept in place of one, with its text; null when it cannot be read. */
    private record Source(
            String name,
            Path folder,
            Path root,
            @Nullable String text,
            @Nullable StoredInstance stored) {}

    /** Reads all roots; those that do not exist are passed over. */
    public Reading read(List<Path> roots, Catalog previous) {
        return read(roots, List.of(), previous);
    }

    /** Reads all roots, and instances that are not in files; a file with the name of one of those is not taken. */
    public Reading read(List<Path> roots, List<StoredInstance> stored, Catalog previous) {
        Map<String, Problems> problems = new LinkedHashMap<>();
        List<Source> connectorFiles = new ArrayList<>();
        List<Source> instanceFiles = new ArrayList<>();
        for (Path root : roots) {
            Path connectors = root.resolve("connectors");
            for (Path folder : children(connectors, Files::isDirectory)) {
                take(folder, folder.resolve("connector.yaml"), connectors, connectorFiles, problems);
                children(folder.resolve("instances"), path -> path.toString().endsWith(".yaml"))
                        .forEach(file -> take(folder, file, connectors, instanceFiles, problems));
            }
        }
        for (StoredInstance one : stored) {
            String why = one.unreadable();
            if (why != null) {
                problems.computeIfAbsent(one.place(), any -> new Problems())
                        .error(Location.of(one.place()), "SEALED", why);
            }
            instanceFiles.add(0, source(one));
        }
        Map<String, Connector> connectors = new LinkedHashMap<>();
        Map<String, String> unusable = new HashMap<>();
        for (Source file : connectorFiles) {
            connector(file, previous, problems)
                    .ifPresentOrElse(
                            one -> connectors.put(one.id() + "@" + one.version(), one),
                            () -> unusable.put(String.valueOf(file.folder().getFileName()), file.name()));
        }
        Catalog known = new Catalog(connectors.values(), List.of(), Map.of());
        Map<String, Instance> instances = instances(instanceFiles, known, unusable, previous, problems);
        Map<String, String> withProblems = new HashMap<>();
        for (Source file : instanceFiles) {
            if (problems.containsKey(file.name()) && problems.get(file.name()).count() > 0) {
                withProblems.put(nameIn(file), file.name());
            }
        }
        Map<String, List<Problem>> found = new TreeMap<>();
        problems.forEach((file, list) -> {
            if (list.count() > 0) {
                found.put(file, list.list());
            }
        });
        withProblems.keySet().removeAll(instances.keySet());
        return new Reading(new Catalog(connectors.values(), instances.values(), withProblems), found);
    }

    /** What an instance is called whose file has problems: by the file if that can be read so far, or as the file. */
    private String nameIn(Source file) {
        String text = file.text();
        Node root = text == null
                ? null
                : yaml.read(file.name(), text, new Problems()).orElse(null);
        Node name = root instanceof Node.MapNode map ? map.get("instance") : null;
        return name instanceof Node.ScalarNode scalar && scalar.value() != null
                ? scalar.text()
                : file.name().replaceAll(".*[/:]|\\.yaml$", "");
    }

    private Map<String, Instance> instances(
            List<Source> files,
            Catalog known,
            Map<String, String> unusable,
            Catalog previous,
            Map<String, Problems> problems) {
        Map<String, Instance> instances = new HashMap<>();
        Map<String, Source> sources = new HashMap<>();
        Set<String> stored = files.stream()
                .flatMap(file -> Stream.ofNullable(file.stored()))
                .map(StoredInstance::name)
                .collect(Collectors.toSet());
        for (Source file : files) {
            instance(file, known, unusable, previous, problems).ifPresent(one -> {
                Source same = sources.get(one.name());
                if (file.stored() == null && stored.contains(one.name())) {
                    problems.computeIfAbsent(file.name(), any -> new Problems())
                            .error(
                                    Location.of(file.name()),
                                    "DUPLICATE_INSTANCE",
                                    "instance '" + one.name()
                                            + "' was made by the API, and this file has the same name",
                                    "give it another name, or delete the other with `patchbay connector delete "
                                            + one.name() + "`");
                } else if (same != null && same.root().equals(file.root())) {
                    String what = "instance '" + one.name() + "' stands in " + same.name() + " too";
                    problems.computeIfAbsent(file.name(), any -> new Problems())
                            .error(Location.of(file.name()), "DUPLICATE_INSTANCE", what);
                } else {
                    instances.put(one.name(), one);
                    sources.put(one.name(), file);
                }
            });
        }
        return instances;
    }

    private Optional<Connector> connector(Source source, Catalog previous, Map<String, Problems> problems) {
        Problems own = problems.computeIfAbsent(source.name(), any -> new Problems());
        String text = source.text();
        Connector read = text == null
                ? null
                : yaml.read(source.name(), text, own)
                        .map(root -> connector(source, root, text, own))
                        .orElse(null);
        return read != null
                ? Optional.of(read)
                : previous.connectors().stream()
                        .filter(one -> one.file().equals(source.name()))
                        .findFirst();
    }

    private @Nullable Connector connector(Source source, Node root, String text, Problems problems) {
        ConnectorConfig config = binder.bind(root, ConnectorConfig.class, problems);
        String folder = String.valueOf(source.folder().getFileName());
        if (config == null) {
            Map<String, String> standIns = Map.of("connector", folder, "version", "0.0.0");
            RightParts.of(binder, root, ConnectorConfig.class, problems.list(), standIns)
                    .ifPresent(parts -> {
                        Problems more = new Problems();
                        compiled(source, parts.value(), parts.root(), text, more);
                        parts.tell(more.list(), problems);
                    });
            inItsFolder(root, folder, problems);
            return null;
        }
        Connector read = compiled(source, config, root, text, problems);
        return inItsFolder(root, folder, problems) ? read : null;
    }

    private static boolean inItsFolder(Node root, String folder, Problems problems) {
        if (root instanceof Node.MapNode map
                && map.get("connector") instanceof Node.ScalarNode id
                && !folder.equals(id.text())) {
            String what = "connector '" + id.text() + "' stands in the folder '" + folder + "'";
            problems.error(id.at(), "WRONG_FOLDER", what, "folder and id must be the same");
            return false;
        }
        return true;
    }

    private @Nullable Connector compiled(
            Source source, ConnectorConfig config, Node root, String text, Problems problems) {
        SchemaFiles files = new SchemaFiles(source.folder(), name(source.folder()), problems);
        ScriptFiles code = new ScriptFiles(source.folder(), name(source.folder()), scripts);
        Connector compiled = new ConnectorCompiler(config, root, files, code, problems)
                .compile(source.name(), text, CatalogReader::hash);
        if (compiled != null) {
            new ApiCheck(compiled, root, problems).check(api, source.folder(), name(source.folder()));
        }
        return compiled;
    }

    private Optional<Instance> instance(
            Source source,
            Catalog known,
            Map<String, String> unusable,
            Catalog previous,
            Map<String, Problems> problems) {
        Problems own = problems.computeIfAbsent(source.name(), any -> new Problems());
        String text = source.text();
        Instance read = text == null
                ? null
                : yaml.read(source.name(), text, own)
                        .map(root -> instance(source, root, hash(source, text), known, unusable, own))
                        .orElse(null);
        return read != null
                ? Optional.of(read)
                : previous.instances().stream()
                        .filter(one -> one.file().equals(source.name()))
                        .filter(one -> known.connector(one.connector().id(), null) != null)
                        .findFirst();
    }

    private @Nullable Instance instance(
            Source source, Node root, String hash, Catalog known, Map<String, String> unusable, Problems problems) {
        InstanceConfig config = binder.bind(root, InstanceConfig.class, problems);
        if (config == null) {
            RightParts.of(binder, root, InstanceConfig.class, problems.list(), Map.of("instance", "unnamed"))
                    .ifPresent(parts -> {
                        Problems more = new Problems();
                        instance(source, parts.root(), parts.value(), hash, known, unusable, more);
                        parts.tell(more.list(), problems);
                    });
            return null;
        }
        return instance(source, root, config, hash, known, unusable, problems);
    }

    private @Nullable Instance instance(
            Source source,
            Node root,
            InstanceConfig config,
            String hash,
            Catalog known,
            Map<String, String> unusable,
            Problems problems) {
        Connector connector = known.connector(config.connectorId(), config.wantedVersion());
        if (connector == null) {
            List<String> names = known.connectors().stream()
                    .map(one -> config.wantedVersion() == null ? one.id() : one.id() + "@" + one.version())
                    .distinct()
                    .toList();
            Node place = root instanceof Node.MapNode map ? map.get("connector") : null;
            Location at = place == null ? root.at() : place.at();
            String broken = unusable.get(config.connectorId());
            if (broken != null) {
                String why = "connector '" + config.connector() + "' cannot be used, because " + broken
                        + " has problems; so nothing was checked here that hangs on it: settings, auth, hosts, limits";
                problems.error(at, "UNUSABLE_CONNECTOR", why, "mend that file first, then check again");
            } else {
                String what = "there is no connector '" + config.connector() + "'";
                problems.error(
                        at,
                        "UNKNOWN_CONNECTOR",
                        what,
                        names.isEmpty() ? NONE_HERE : DidYouMean.hint(config.connector(), names));
            }
            return null;
        }
        StoredInstance stored = source.stored();
        if (stored != null && !stored.name().equals(config.instance())) {
            problems.error(root.at(), "WRONG_NAME", "the instance's name must stay '" + stored.name() + "'");
            return null;
        }
        return new InstanceCompiler(config, root, connector, stored != null, problems).compile(source.name(), hash);
    }

    /** Checks an instance that is to be kept, against the connectors there are. */
    public Validated<Instance> check(StoredInstance wanted, Catalog known) {
        Map<String, Problems> problems = new HashMap<>();
        Instance instance = instance(source(wanted), known, Map.of(), Catalog.EMPTY, problems)
                .orElse(null);
        List<Problem> found =
                problems.values().stream().flatMap(own -> own.list().stream()).toList();
        return instance == null ? new Validated.Invalid<>(found) : new Validated.Valid<>(instance, found);
    }

    private static Source source(StoredInstance stored) {
        Path none = Path.of("");
        return new Source(stored.place(), none, none, stored.document(), stored);
    }

    /** Of a file over its content; what holds secrets has no hash that a guess could be tried on. */
    private static String hash(Source source, String text) {
        return source.stored() == null ? hash(text) : source.stored().revision();
    }

    private void take(Path folder, Path file, Path root, List<Source> into, Map<String, Problems> problems) {
        if (!Files.exists(file)) {
            return;
        }
        String name = name(file);
        Problems own = problems.computeIfAbsent(name, any -> new Problems());
        String text = text(file, root, name, own);
        into.add(new Source(name, folder, root, text, null));
    }

    /** The text, or null with a problem. */
    private @Nullable String text(Path file, Path root, String name, Problems problems) {
        try {
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                problems.error(Location.of(name), "OUTSIDE", "the file is a link that leads out of its folder");
            } else if (Files.size(file) > LARGEST_FILE) {
                problems.error(
                        Location.of(name), "FILE_TOO_LARGE", "the file has more than " + LARGEST_FILE + " bytes");
            } else {
                return Files.readString(file, StandardCharsets.UTF_8);
            }
        } catch (CharacterCodingException e) {
            problems.error(Location.of(name), "NOT_UTF8", "the file is not UTF-8");
        } catch (IOException e) {
            problems.error(Location.of(name), "UNREADABLE", "the file cannot be read");
        }
        return null;
    }

    private String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(home) ? home.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }

    private static List<Path> children(Path folder, java.util.function.Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // it went away while we looked: the next generation sees that
        }
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /** JSON Schemas of the file kinds, by file name. */
    public static Map<String, com.fasterxml.jackson.databind.node.ObjectNode> schemas() {
        Binder binder = new Binder(Map.of());
        String base = "https://patchbay.io/schema/";
        return Map.of(
                "connector.schema.json",
                new Schemas(binder).document(ConnectorConfig.class, base + "connector.schema.json", "Connector"),
                "instance.schema.json",
                new Schemas(binder).document(InstanceConfig.class, base + "instance.schema.json", "Connector instance"),
                "fixture.schema.json",
                new Schemas(binder).document(FixtureConfig.class, base + "fixture.schema.json", "Connector fixture"));
    }
}
