package io.patchbay.connector;

import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.RightParts;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.CatalogFiles.Source;
import io.patchbay.connector.definition.ConnectorConfig;
import io.patchbay.connector.definition.FixtureConfig;
import io.patchbay.connector.definition.InstanceConfig;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
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
 * Reads the connectors folders: {@code <root>/connectors/<id>/connector.yaml}, {@code versions/<version>/connector.yaml} and
 * {@code instances/*.yaml} beside it. Of several roots a later one overrides the connectors (same id and version) and instances (same name) of those before it. A file that is
 * wrong never takes away what it held when it was right.
 */
public final class CatalogReader implements AutoCloseable {

    /** Scripts are read once, at a time when much else goes on. */
    private static final ScriptsProperties READING = ScriptsProperties.DEFAULT.within(Duration.ofSeconds(10));

    private final CatalogFiles files;
    private final YamlReader yaml = new YamlReader();
    private final Binder binder = Binder.discreet();
    private final Scripts scripts = new Scripts(READING);
    private final ApiFiles api = new ApiFiles();

    /** A reader that names files relative to the home folder. */
    public CatalogReader(Path home) {
        this.files = new CatalogFiles(home);
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

    /** Reads all roots; those that do not exist are passed over. */
    public Reading read(List<Path> roots, Catalog previous) {
        return read(roots, List.of(), previous);
    }

    /** Reads all roots, and instances that are not in files; a file with the name of one of those is not taken. */
    public Reading read(List<Path> roots, List<StoredInstance> stored, Catalog previous) {
        Map<String, Problems> problems = new LinkedHashMap<>();
        List<Source> connectorFiles = files.connectors(roots, problems);
        List<Source> instanceFiles = files.instances(roots, problems);
        for (StoredInstance one : stored) {
            String why = one.unreadable();
            if (why != null) {
                problems.computeIfAbsent(one.place(), any -> new Problems())
                        .error(Location.of(one.place()), "SEALED", why);
            }
            instanceFiles.add(0, Source.of(one));
        }
        Versions versions = versions(connectorFiles, previous.versions(), problems);
        Map<String, Fitted> instances = instances(instanceFiles, versions, previous, problems);
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
        return new Reading(new Catalog(versions, instances.values(), withProblems), found);
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

    /** A connector file that was read; without the connector when it is wrong. */
    private record Read(Source source, @Nullable Connector connector, Location at) {}

    /** The connectors of files; of one that is wrong, what it held before. */
    private Versions versions(List<Source> sources, Versions previous, Map<String, Problems> problems) {
        Map<String, Connector> connectors = new LinkedHashMap<>();
        Map<String, Read> holders = new HashMap<>();
        Map<String, String> unusable = new HashMap<>();
        for (Source source : sources) {
            Problems own = problems.computeIfAbsent(source.name(), any -> new Problems());
            Read read = read(source, own);
            Connector connector = read.connector() == null ? before(source, previous) : read.connector();
            if (connector == null) {
                unusable.put(source.id(), source.name());
                continue;
            }
            Read same = holders.get(connector.named());
            if (same == null || !same.source().root().equals(source.root())) {
                connectors.put(connector.named(), connector);
                holders.put(connector.named(), read);
            } else if (read.connector() != null && same.connector() != null) {
                own.error(
                        read.at(),
                        "DUPLICATE_VERSION",
                        "version " + connector.version() + " of connector '" + connector.id() + "' stands in "
                                + same.source().name() + " too",
                        "take one of them away, or raise the version of the newer one");
            } else if (read.connector() != null) {
                connectors.put(connector.named(), connector); // what a file held before gives way to what one holds
                holders.put(connector.named(), read);
            }
        }
        return Versions.after(previous, connectors.values(), unusable);
    }

    private static @Nullable Connector before(Source source, Versions previous) {
        return previous.inFiles().stream()
                .filter(one -> one.file().equals(source.name()))
                .findFirst()
                .orElse(null);
    }

    private Read read(Source source, Problems problems) {
        String text = source.text();
        Node root =
                text == null ? null : yaml.read(source.name(), text, problems).orElse(null);
        return text == null || root == null
                ? new Read(source, null, Location.of(source.name()))
                : new Read(source, connector(source, root, text, problems), at(root, "version"));
    }

    private static Location at(Node root, String key) {
        Node value = root instanceof Node.MapNode map ? map.get(key) : null;
        return value == null ? root.at() : value.at();
    }

    private Map<String, Fitted> instances(
            List<Source> files, Versions versions, Catalog previous, Map<String, Problems> problems) {
        Map<String, Fitted> instances = new HashMap<>();
        Map<String, Source> sources = new HashMap<>();
        Set<String> stored = files.stream()
                .flatMap(file -> Stream.ofNullable(file.stored()))
                .map(StoredInstance::name)
                .collect(Collectors.toSet());
        for (Source file : files) {
            fitted(file, versions, previous, problems).ifPresent(fitted -> {
                Instance one = fitted.instance();
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
                    instances.put(one.name(), fitted);
                    sources.put(one.name(), file);
                }
            });
        }
        return instances;
    }

    private @Nullable Connector connector(Source source, Node root, String text, Problems problems) {
        ConnectorConfig config = binder.bind(root, ConnectorConfig.class, problems);
        String folder = source.id();
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
        boolean placed = inItsFolder(root, folder, problems);
        return calledAsItsVersion(source, root, config, problems) && placed ? read : null;
    }

    private static boolean calledAsItsVersion(Source source, Node root, ConnectorConfig config, Problems problems) {
        String version = source.version();
        if (version == null || version.equals(config.version())) {
            return true;
        }
        problems.error(
                at(root, "version"),
                "WRONG_FOLDER",
                "version " + config.version() + " stands in the folder 'versions/" + version + "'",
                "a folder in versions/ is called as its version");
        return false;
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
        String folder = files.name(source.folder());
        SchemaFiles schemas = new SchemaFiles(source.folder(), folder, problems);
        ScriptFiles code = new ScriptFiles(source.folder(), folder, scripts);
        Connector compiled = new ConnectorCompiler(config, root, schemas, code, problems)
                .compile(source.name(), text, CatalogReader::hash);
        if (compiled != null) {
            new ApiCheck(compiled, root, problems).check(api, source.folder(), folder);
        }
        return compiled;
    }

    private Optional<Fitted> fitted(
            Source source, Versions versions, Catalog previous, Map<String, Problems> problems) {
        Problems own = problems.computeIfAbsent(source.name(), any -> new Problems());
        String text = source.text();
        Fitted read = text == null
                ? null
                : yaml.read(source.name(), text, own)
                        .map(root -> fitted(source, root, hash(source, text), versions, own))
                        .orElse(null);
        return read != null
                ? Optional.of(read)
                : previous.fitted().stream()
                        .filter(one -> one.instance().file().equals(source.name()))
                        .filter(one ->
                                versions.newest(one.instance().connector().id(), null) != null)
                        .findFirst();
    }

    private @Nullable Fitted fitted(Source source, Node root, String hash, Versions versions, Problems problems) {
        InstanceConfig config = binder.bind(root, InstanceConfig.class, problems);
        if (config == null) {
            RightParts.of(binder, root, InstanceConfig.class, problems.list(), Map.of("instance", "unnamed"))
                    .ifPresent(parts -> {
                        Problems more = new Problems();
                        fitted(source, parts.root(), parts.value(), hash, versions, more);
                        parts.tell(more.list(), problems);
                    });
            return null;
        }
        return fitted(source, root, config, hash, versions, problems);
    }

    private @Nullable Fitted fitted(
            Source source, Node root, InstanceConfig config, String hash, Versions versions, Problems problems) {
        Connector connector = versions.newest(config.connectorId(), config.wantedVersion());
        Location at = at(root, "connector");
        if (connector == null) {
            versions.missing(config.connector(), config.connectorId(), config.wantedVersion(), at, problems);
            return null;
        }
        versions.tellOfKept(connector, config.connector(), at, problems);
        StoredInstance stored = source.stored();
        if (stored != null && !stored.name().equals(config.instance())) {
            problems.error(root.at(), "WRONG_NAME", "the instance's name must stay '" + stored.name() + "'");
            return null;
        }
        return Fitted.of(
                stored == null ? source.text() : null,
                connector,
                versions.of(connector.id()),
                (version, others, into) -> new InstanceCompiler(config, root, version, others, stored != null, into)
                        .compile(source.name(), hash),
                problems);
    }

    /** Checks an instance that is to be kept, against the connectors there are. */
    public Validated<Instance> check(StoredInstance wanted, Catalog known) {
        Map<String, Problems> problems = new HashMap<>();
        Instance instance = fitted(Source.of(wanted), known.versions(), Catalog.EMPTY, problems)
                .map(Fitted::instance)
                .orElse(null);
        List<Problem> found =
                problems.values().stream().flatMap(own -> own.list().stream()).toList();
        return instance == null ? new Validated.Invalid<>(found) : new Validated.Valid<>(instance, found);
    }

    /** Of a file over its content; what holds secrets has no hash that a guess could be tried on. */
    private static String hash(Source source, String text) {
        return source.stored() == null ? hash(text) : source.stored().revision();
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
