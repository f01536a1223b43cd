package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Manifest.InstanceNeed;
import io.patchbay.blueprint.Manifest.Question;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.route.folder.SourceKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a blueprint's folder and says all that is wrong with it. Runs nothing. */
final class BlueprintReader {

    /** Name of the file that says what a blueprint is. */
    static final String MANIFEST = "blueprint.yaml";

    static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    static final Pattern VERSION = Pattern.compile("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}");
    private static final Pattern PICTURE = Pattern.compile("[A-Za-z0-9_-]+\\.(svg|png)");
    private static final Binder BINDER = new Binder(Map.of());

    private final YamlReader yaml = new YamlReader();
    private final Problems problems = new Problems();
    private final String shown;
    private final SortedMap<String, String> files;
    private final Map<String, Node> trees = new HashMap<>();
    private @Nullable MapNode root;

    private BlueprintReader(String shown, SortedMap<String, String> files) {
        this.shown = shown;
        this.files = files;
    }

    /**
     * Reads one.
     *
     * @param folder its folder, whose name is its id
     * @param shown the folder as people know it
     */
    static Validated<Blueprint> read(Path folder, String shown) {
        Problems problems = new Problems();
        SortedMap<String, String> files = BlueprintFiles.read(folder, shown, problems);
        if (problems.anyError()) {
            return new Validated.Invalid<>(problems.list());
        }
        return new BlueprintReader(shown, files).read(String.valueOf(folder.getFileName()));
    }

    private static boolean runs(String path) {
        return path.endsWith(".flow.yaml") || path.endsWith(".service.yaml");
    }

    private Validated<Blueprint> read(String name) {
        Manifest manifest = manifest(name);
        files.forEach((path, text) -> {
            if (path.endsWith(".yaml") && !path.equals(MANIFEST)) {
                yaml.read(shown + "/" + path, text, problems).ifPresent(tree -> trees.put(path, tree));
            }
        });
        if (manifest != null) {
            instances(manifest);
            questions(manifest);
            permissions(manifest);
            if (files.keySet().stream().noneMatch(BlueprintReader::runs)) {
                error(
                        "NO_FLOW",
                        "a blueprint has a flow or a service at least",
                        "put it into routes/, as NAME.flow.yaml or NAME.service.yaml");
            }
        }
        if (manifest == null || problems.anyError()) {
            return new Validated.Invalid<>(problems.list());
        }
        SortedMap<String, String> laid = new TreeMap<>(files);
        laid.keySet().removeIf(path -> !path.contains("/"));
        return new Validated.Valid<>(new Blueprint(manifest, laid, trees), problems.list());
    }

    private @Nullable Manifest manifest(String name) {
        String text = files.get(MANIFEST);
        if (text == null) {
            error("NO_MANIFEST", "the folder has no " + MANIFEST, "write blueprint, version, title into it");
            return null;
        }
        Node tree = yaml.read(shown + "/" + MANIFEST, text, problems).orElse(null);
        Manifest manifest = tree == null ? null : BINDER.bind(tree, Manifest.class, problems);
        if (manifest == null || !(tree instanceof MapNode map)) {
            return null;
        }
        root = map;
        if (!ID.matcher(manifest.blueprint()).matches() || manifest.blueprint().length() > 60) {
            error("BAD_NAME", "an id is kebab-case", "write it like orders-to-erp, as its folder", "blueprint");
        } else if (LoneConnector.means(manifest.blueprint())) {
            error("BAD_NAME", LoneConnector.RESERVED, "call it otherwise, and its folder", "blueprint");
        } else if (!manifest.blueprint().equals(name)) {
            error(
                    "BAD_NAME",
                    "the folder is called '" + name + "', the blueprint '" + manifest.blueprint() + "'",
                    "give both one name",
                    "blueprint");
        }
        if (!VERSION.matcher(manifest.version()).matches()) {
            error("BAD_VALUE", "a version is three numbers", "write it like 1.4.0", "version");
        }
        manifest.connectors().forEach((id, pin) -> {
            if (Pin.parse(pin).isEmpty()) {
                error(
                        "BAD_VALUE",
                        "'" + pin + "' is no version of a connector",
                        "write it like 1.4.0, or as 'pack' does: 1.4.0 sha256:…",
                        "connectors",
                        id);
            }
        });
        if (manifest.picture() != null && !PICTURE.matcher(manifest.picture()).matches()) {
            error("BAD_VALUE", "a picture is a file beside blueprint.yaml", "write it like picture.svg", "picture");
        }
        return manifest;
    }

    /**
     * Adds an error at a place of the manifest.
     *
     * @param keys that lead there, as far as they are there
     */
    private void error(String code, String what, @Nullable String hint, String... keys) {
        Location at = root == null ? Location.of(shown + "/" + MANIFEST) : root.at();
        Node node = root;
        for (String key : keys) {
            Entry entry = node instanceof MapNode map ? map.entries().get(key) : null;
            if (entry == null) {
                break;
            }
            at = entry.at();
            node = entry.value();
        }
        problems.error(at, code, what, hint);
    }

    private void instances(Manifest manifest) {
        Set<String> templates = new HashSet<>();
        for (Map.Entry<String, InstanceNeed> need : manifest.instances().entrySet()) {
            String connector = need.getValue().connector();
            if (!manifest.connectors().containsKey(connector)) {
                error(
                        "UNKNOWN_CONNECTOR",
                        "instance '" + need.getKey() + "' is of connector '" + connector
                                + "', which is not among 'connectors'",
                        meant(connector, manifest.connectors().keySet(), "name it there, with its version"),
                        "instances",
                        need.getKey());
            }
            String template = Blueprint.template(connector, need.getKey());
            templates.add(template);
            if (!(trees.get(template) instanceof MapNode tree)) {
                error(
                        "NO_INSTANCE",
                        "there is no " + template + " for the instance '" + need.getKey() + "'",
                        "write one, with secrets by reference: a new instance is made from it",
                        "instances",
                        need.getKey());
            } else if (!(tree.get("instance") instanceof ScalarNode named)
                    || !named.text().equals(need.getKey())) {
                problems.error(
                        tree.at(),
                        "BAD_NAME",
                        "'instance' must be '" + need.getKey() + "'",
                        "it is the name under 'instances' of the blueprint");
            } else if (!(tree.get("connector") instanceof ScalarNode of)
                    || !(of.text().equals(connector) || of.text().startsWith(connector + "@"))) {
                problems.error(
                        tree.at(),
                        "BAD_NAME",
                        "'connector' must be '" + connector + "'",
                        "it is the connector under 'instances' of the blueprint");
            }
        }
        for (String path : files.keySet()) {
            if (SourceKind.of(path).orElse(null) == SourceKind.INSTANCE && !templates.contains(path)) {
                error(
                        "UNUSED_INSTANCE",
                        path + " is of no instance that is named",
                        "name it there, or delete the file",
                        "instances");
            }
        }
    }

    private void questions(Manifest manifest) {
        for (Map.Entry<String, Question> question : manifest.questions().entrySet()) {
            String name = question.getKey();
            List<String> wrong = Answers.problems(
                    name, question.getValue(), question.getValue().otherwise());
            if (question.getValue().otherwise() != null) {
                wrong.forEach(one -> error(
                        "BAD_VALUE",
                        "'otherwise' does not fit: " + one,
                        "give another, or none",
                        "questions",
                        name,
                        "otherwise"));
            }
            for (String text : question.getValue().sets()) {
                Place place = Place.parse(text).orElse(null);
                if (place == null) {
                    error(
                            "BAD_PLACE",
                            "question '" + name + "' sets '" + text + "', which is no place",
                            "write it as routes/orders.flow.yaml#variables.currency",
                            "questions",
                            name,
                            "sets");
                } else if (!trees.containsKey(place.file())) {
                    error(
                            "BAD_PLACE",
                            "question '" + name + "' sets a place in " + place.file() + ", and there is no such file",
                            meant(place.file(), trees.keySet(), "write the file, or name another"),
                            "questions",
                            name,
                            "sets");
                } else if (place.in(trees.get(place.file())).isEmpty()) {
                    error(
                            "BAD_PLACE",
                            "question '" + name + "' sets " + place + ", where no single value stands",
                            "write the value that stands there without an answer into the file",
                            "questions",
                            name,
                            "sets");
                }
            }
        }
    }

    private void permissions(Manifest manifest) {
        Manifest.Permissions allowed = manifest.allowed();
        Reach reach = new Reach();
        files.forEach(reach::add);
        Set<String> secrets = new TreeSet<>(reach.secrets());
        secrets.removeAll(allowed.secrets());
        Set<String> code = new TreeSet<>(reach.code());
        code.removeAll(allowed.scripts());
        undeclared("secret", "secrets", secrets);
        undeclared("file of code", "scripts", code);
        undeclared("host", "hosts", Reach.uncovered(reach.hosts(), allowed.hosts()));
        for (String pattern : allowed.hosts()) {
            if (pattern.contains("*")
                    && (!pattern.startsWith("*.") || pattern.indexOf('.', 2) < 0 || pattern.indexOf('*', 1) > 0)) {
                error(
                        "BAD_VALUE",
                        "the permitted host '" + pattern + "' is too wide",
                        "write it as *.example.com",
                        "permissions",
                        "hosts");
            }
        }
        for (String instance : reach.instances()) {
            if (!manifest.instances().containsKey(instance)) {
                error(
                        "UNKNOWN_INSTANCE",
                        "its flows call the instance '" + instance + "', which is not among 'instances'",
                        "name it there, with its connector and what it is for",
                        "instances");
            }
        }
        for (String path : files.keySet()) {
            if (path.startsWith("connectors/")) {
                String id = path.substring("connectors/".length(), path.indexOf('/', "connectors/".length()));
                if (!manifest.connectors().containsKey(id)) {
                    error(
                            "UNKNOWN_CONNECTOR",
                            path + " is of connector '" + id + "', which is not among 'connectors'",
                            "name it there with its version, or take the file out",
                            "connectors");
                }
            }
        }
    }

    private static String meant(String name, Set<String> known, String otherwise) {
        String hint = DidYouMean.hint(name, known);
        return hint == null ? otherwise : hint;
    }

    private void undeclared(String what, String key, Set<String> names) {
        for (String name : names) {
            error(
                    "NOT_PERMITTED",
                    "its files need the " + what + " '" + name + "', and permissions." + key + " does not name it",
                    "add it there: whoever installs the blueprint is shown what it reaches",
                    "permissions",
                    key);
        }
    }

    /** The JSON Schema of the file. */
    static ObjectNode schema() {
        return new Schemas(BINDER).document(Manifest.class, "urn:patchbay:blueprint", "A Patchbay blueprint");
    }
}
