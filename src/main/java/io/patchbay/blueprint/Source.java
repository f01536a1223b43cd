package io.patchbay.blueprint;

import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that has blueprints, in {@code blueprints/}, and maybe the connectors that they need, in {@code connectors/}: a home folder is
 * one.
 *
 * @param folder absolute
 */
record Source(Path folder) {

    private static final String BLUEPRINTS = "blueprints";

    /** Ids of its blueprints, in order. */
    List<String> ids() throws IOException {
        Path blueprints = folder.resolve(BLUEPRINTS);
        if (!Files.isDirectory(blueprints)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(blueprints)) {
            return all.filter(one -> Files.isRegularFile(one.resolve(BlueprintReader.MANIFEST)))
                    .map(one -> String.valueOf(one.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    boolean has(String id) {
        return BlueprintReader.ID.matcher(id).matches()
                && Files.isRegularFile(folder.resolve(BLUEPRINTS).resolve(id).resolve(BlueprintReader.MANIFEST));
    }

    Validated<Blueprint> read(String id) {
        return BlueprintReader.read(folder.resolve(BLUEPRINTS).resolve(id), BLUEPRINTS + "/" + id);
    }

    /** A blueprint that is right. @throws BlueprintException with all that is wrong with it */
    Blueprint right(String id) {
        Validated<Blueprint> read = read(id);
        return read.value()
                .orElseThrow(() -> new BlueprintException("the blueprint '" + id + "' is not right:\n"
                        + read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))));
    }

    /** The files of a connector, without its instances, by path from the source; empty when it has none. */
    Optional<List<Path>> connector(String id) throws IOException {
        Path connector = folder.resolve("connectors").resolve(id);
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
}
