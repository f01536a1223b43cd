package io.patchbay.service;

import io.patchbay.canvas.Node.MapNode;
import io.patchbay.expression.SourcePath;
import io.patchbay.mapping.FieldRule;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the reference of an item stands before and behind the mapping. */
final class References {

    private References() {}

    /** Where it stands in a record that is sent; null with a problem when nothing says that. */
    static @Nullable String destination(ServiceFile file, MapNode canvas, Problems problems) {
        SourcePath source = file.reference().sides().source();
        SourcePath named = file.reference().sides().destination();
        Location at = canvas.place("reference");
        String found = named == null
                ? rules(file)
                        .filter(rule -> rule.from() != null
                                && rule.from().toString().equals(source.toString())
                                && rule.then().isEmpty()
                                && rule.when() == null
                                && rule.to().wildcards() == 0)
                        .map(rule -> rule.to().paths().get(0).toString())
                        .findFirst()
                        .orElse(null)
                : named.toString();
        if (found == null) {
            problems.error(
                    at,
                    "NO_REFERENCE",
                    "no field of the mapping copies the reference '" + source
                            + "', so nothing that is sent can be known by it",
                    "add { to: reference, from: " + source + " }, or say where it stands: reference: { source: "
                            + source + ", destination: … }");
            return null;
        }
        if (ambiguous(file, found)) {
            problems.warning(
                    at,
                    "REFERENCE_MEANS_TWO",
                    "the mapping writes something else to '" + source + "', where the reference stands in the source",
                    "records that fail before they are mapped are then known by what they have at '" + found
                            + "'; another name in one of the two keeps them apart");
        }
        return found;
    }

    /** Paths by which failed payloads are known; of each record the first counts that leads to a value. */
    static List<String> keys(ServiceFile file, String destination) {
        String source = file.reference().sides().source().toString();
        if (source.equals(destination)) {
            return List.of(source);
        }
        return ambiguous(file, destination) ? List.of(destination, source) : List.of(source, destination);
    }

    private static boolean ambiguous(ServiceFile file, String destination) {
        String source = file.reference().sides().source().toString();
        return !source.equals(destination)
                && rules(file)
                        .flatMap(rule -> rule.to().paths().stream())
                        .anyMatch(path -> path.toString().equals(source));
    }

    private static Stream<FieldRule> rules(ServiceFile file) {
        return file.mapping().values().stream().flatMap(Collection::stream);
    }
}
