package io.patchbay.connector;

import io.patchbay.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is wrong with the connectors of a home folder, as a person reads it. */
final class CatalogProblems {

    private CatalogProblems() {}

    static List<String> of(Path home) {
        return new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .map(Problem::toString)
                        .toList();
    }
}
