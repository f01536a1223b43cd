package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint that was installed, as {@code blueprints/installed/NAME} of the home has it: what was answered, and beside it, under
 * {@code base/}, each file as it was laid out, which is what an upgrade compares with.
 *
 * @param name under which it was installed
 * @param base texts by path from the home folder
 * @param origin where it came from; null for one that was made when that was not kept
 */
public record Install(
        String name,
        String blueprint,
        String version,
        Instant at,
        Answers answers,
        SortedMap<String, String> base,
        @Nullable Provenance origin) {

    static final String FOLDER = "blueprints/installed";
    private static final String FILE = "install.yaml";
    private static final String BASE = "base";

    @Doc("A blueprint that was installed")
    private record Config(
            @Doc("Name of the install") String installed,

            @Doc("Id of the blueprint") String blueprint,

            @Doc("Its version") String version,

            @Doc("When") Instant at,

            @Doc("Where it came from") @Nullable Provenance from,

            @Doc("Answers") @Default("{}") Map<String, String> answers,

            @Doc("Instances") @Default("{}") Map<String, String> instances,

            @Doc("Secrets") @Default("{}") Map<String, String> secrets) {}

    /** Reads one; empty when there is none of that name. */
    static Optional<Install> read(Path home, String name) throws IOException {
        Path folder = home.resolve(FOLDER).resolve(name);
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Problems problems = new Problems();
        Node tree = new YamlReader()
                .read(FOLDER + "/" + name + "/" + FILE, Files.readString(file), problems)
                .orElse(null);
        Config config = tree == null ? null : new Binder(Map.of()).bind(tree, Config.class, problems);
        if (config == null || problems.anyError()) {
            throw new BlueprintException(problems.toString());
        }
        return Optional.of(new Install(
                name,
                config.blueprint(),
                config.version(),
                config.at(),
                new Answers(config.answers(), config.instances(), config.secrets()),
                texts(folder.resolve(BASE)),
                config.from()));
    }

    private static SortedMap<String, String> texts(Path base) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(base)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(base.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return texts;
    }

    /** Whether it brought a connector. */
    public boolean broughtConnectors() {
        return base.keySet().stream().anyMatch(Removal::ofConnector);
    }

    private static ObjectNode from(Provenance origin) {
        ObjectNode from = Json.NODES.objectNode();
        Map<String, Optional<String>> all = new LinkedHashMap<>();
        all.put("catalogue", Optional.ofNullable(origin.catalogue()));
        all.put("at", Optional.ofNullable(origin.at()));
        all.put("archive", Optional.ofNullable(origin.archive()));
        all.put("folder", Optional.ofNullable(origin.folder()));
        all.put("signer", Optional.ofNullable(origin.signer()));
        all.forEach((key, value) -> value.ifPresent(text -> from.put(key, text)));
        return from;
    }

    /** Its files, by path from the home folder. */
    SortedMap<String, String> files() {
        ObjectNode config = Json.NODES
                .objectNode()
                .put("installed", name)
                .put("blueprint", blueprint)
                .put("version", version)
                .put("at", at.toString());
        if (origin != null) {
            config.set("from", from(origin));
        }
        ObjectNode given = config.putObject("answers");
        answers.values().forEach(given::put);
        ObjectNode chosen = config.putObject("instances");
        answers.instances().forEach(chosen::put);
        ObjectNode secrets = config.putObject("secrets");
        answers.secrets().forEach(secrets::put);
        SortedMap<String, String> files = new TreeMap<>();
        String folder = FOLDER + "/" + name + "/";
        files.put(
                folder + FILE,
                "# Written by Patchbay: an upgrade compares with what lies in base/.\n" + YamlText.block(config, 0));
        base.forEach((path, text) -> files.put(folder + BASE + "/" + path, text));
        return files;
    }
}
