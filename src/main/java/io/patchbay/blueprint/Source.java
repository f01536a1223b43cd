package io.patchbay.blueprint;

import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that has blueprints, in {@code blueprints/}, and maybe the connectors that they need, in {@code connectors/}: a home folder is
 * one. The connectors of all but a home can be had by themselves; they are listed where there are no blueprints.
 *
 * @param folder absolute
 * @param home whether it is the home that is installed into
 * @param taken where it was taken from, when it is what an archive had
 * @param beside other ones that were named, which may have connectors that this one has not
 */
record Source(Path folder, boolean home, @Nullable Provenance taken, List<Source> beside) {

    private static final String BLUEPRINTS = "blueprints";
    private static final String CONNECTORS = "connectors";

    Source {
        beside = List.copyOf(beside);
    }

    Source(Path folder, boolean home, @Nullable Provenance taken) {
        this(folder, home, taken, List.of());
    }

    /** One that is not the home. */
    Source(Path folder) {
        this(folder, false, null);
    }

    /** Where what it has comes from. */
    Provenance origin() {
        return taken != null ? taken : home ? Provenance.home() : Provenance.folder(folder.toString());
    }

    /** The same beside others. */
    Source beside(List<Source> others) {
        return new Source(folder, home, taken, others);
    }

    /** Where a connector is had from: from here, else from the first beside it that has it; this one, too, where none does. */
    Source holding(String connector) {
        return Stream.concat(Stream.of(this), beside.stream())
                .filter(one -> one.alone(LoneConnector.PREFIX + connector))
                .findFirst()
                .orElse(this);
    }

    /** Ids of its blueprints, in order. */
    List<String> ids() throws IOException {
        Path blueprints = folder.resolve(BLUEPRINTS);
        if (!Files.isDirectory(blueprints)) {
            return home ? List.of() : connectors();
        }
        try (Stream<Path> all = Files.list(blueprints)) {
            return all.filter(one -> Files.isRegularFile(one.resolve(BlueprintReader.MANIFEST)))
                    .map(one -> String.valueOf(one.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private List<String> connectors() throws IOException {
        Path connectors = folder.resolve(CONNECTORS);
        if (!Files.isDirectory(connectors)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(connectors)) {
            return all.map(one -> LoneConnector.PREFIX + one.getFileName())
                    .filter(this::alone)
                    .sorted()
                    .toList();
        }
    }

    boolean has(String id) {
        return blueprint(id) || (!home && alone(id));
    }

    private boolean blueprint(String id) {
        return BlueprintReader.ID.matcher(id).matches()
                && Files.isRegularFile(folder.resolve(BLUEPRINTS).resolve(id).resolve(BlueprintReader.MANIFEST));
    }

    /** Whether it means a connector by itself, and that is here. */
    boolean alone(String id) {
        return LoneConnector.means(id)
                && Files.isRegularFile(folder.resolve(LoneConnector.folder(LoneConnector.connector(id)))
                        .resolve("connector.yaml"));
    }

    Validated<Blueprint> read(String id) {
        if (!blueprint(id) && alone(id)) {
            return LoneConnector.read(this, LoneConnector.connector(id));
        }
        return BlueprintReader.read(folder.resolve(BLUEPRINTS).resolve(id), BLUEPRINTS + "/" + id);
    }

    /** A blueprint that is right. @throws BlueprintException with all that is wrong with it */
    Blueprint right(String id) {
        Validated<Blueprint> read = read(id);
        return read.value()
                .orElseThrow(() -> new BlueprintException("the blueprint '" + id + "' is not right:\n"
                        + read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))));
    }

    /** What an archive of it has otherwise than it says: connectors that are not there, or have other files. */
    List<String> unfit(Blueprint blueprint) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> one : blueprint.manifest().connectors().entrySet()) {
            String id = one.getKey();
            SortedMap<String, String> files = blueprint.connector(id);
            if (!files.containsKey(LoneConnector.folder(id) + "connector.yaml")) {
                files = texts(id);
            }
            Pin pin = Pin.parse(one.getValue()).orElseThrow();
            if (files.isEmpty()) {
                wrong.add("connector '" + id + "' is not in it");
            } else if (!pin.fits(files)) {
                wrong.add("connector '" + id + "' has other files than blueprint.yaml says (" + pin + ")");
            }
        }
        return wrong;
    }

    /** The files of a connector, without its instances, by path from the source; empty when it has none. */
    Optional<List<Path>> connector(String id) throws IOException {
        Path connector = folder.resolve(CONNECTORS).resolve(id);
        if (!Files.isRegularFile(connector.resolve("connector.yaml"))) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(connector)) {
            all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !connector.relativize(file).startsWith("instances"))
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .map(folder::relativize)
                    .sorted()
                    .forEach(files::add);
        }
        return Optional.of(files);
    }

    /**
     * Texts of a connector's files, by path; empty when it has none.
     *
     * @throws BlueprintException when one cannot go everywhere
     */
    SortedMap<String, String> texts(String id) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path file : connector(id).orElse(List.of())) {
            String path = file.toString().replace('\\', '/');
            if (!BlueprintFiles.PATH.matcher(path).matches()) {
                throw new BlueprintException(
                        "the file " + path + " of connector '" + id + "' has a name that cannot go everywhere");
            }
            texts.put(path, HomeText.read(folder.resolve(file)));
        }
        return texts;
    }
}
