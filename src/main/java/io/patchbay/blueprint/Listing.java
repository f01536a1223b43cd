package io.patchbay.blueprint;

import io.patchbay.connector.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All blueprints that there are, where they are, and what was installed of them.
 *
 * @param troubles of catalogues that could not be read, a sentence each
 */
public record Listing(List<Line> lines, List<String> troubles) {

    /**
     * A blueprint.
     *
     * @param version the newest that there is; empty where there is none
     * @param catalogue that has it; empty for one in a folder
     * @param connectors that a catalogue says it brings
     * @param installed what was installed of it
     * @param problems why it cannot be installed
     */
    public record Line(
            String blueprint,
            String version,
            String title,
            List<String> systems,
            String catalogue,
            List<String> connectors,
            List<Installed> installed,
            List<String> problems) {}

    /**
     * An install.
     *
     * @param update whether there is a newer version
     * @param from where it came from; null for one that was made when that was not kept
     */
    public record Installed(
            String name,
            String version,
            boolean update,
            @Nullable Provenance from) {}

    public Listing {
        lines = List.copyOf(lines);
        troubles = List.copyOf(troubles);
    }

    /** Puts folders and catalogues together; of one that several have, the newest counts, and of alike ones that of a folder. */
    public static Listing of(Blueprints blueprints, List<Catalogues.Read> catalogues) throws IOException {
        List<Install> installs = blueprints.installed();
        Map<String, Line> all = new TreeMap<>();
        for (Blueprints.Offered one : blueprints.offered()) {
            all.put(one.id(), line(one.id(), one.version(), one.title(), one.systems(), "", List.of(), one.problems()));
        }
        for (Catalogues.Read catalogue : catalogues) {
            for (Catalogues.Entry one : catalogue.entries()) {
                Line there = all.get(one.id());
                if (there == null || newer(one.version(), there.version())) {
                    all.put(
                            one.id(),
                            line(
                                    one.id(),
                                    one.version(),
                                    one.title(),
                                    one.systems(),
                                    one.catalogue(),
                                    one.connectors(),
                                    List.of()));
                }
            }
        }
        for (Install install : installs) {
            all.computeIfAbsent(
                    install.blueprint(),
                    id -> line(id, "", "is in none of these folders", List.of(), "", List.of(), List.of()));
        }
        Map<String, Line> whole = new LinkedHashMap<>();
        all.forEach((id, line) -> whole.put(id, with(line, installs)));
        List<String> troubles = new ArrayList<>();
        catalogues.stream()
                .map(Catalogues.Read::trouble)
                .filter(one -> !one.isEmpty())
                .forEach(troubles::add);
        return new Listing(List.copyOf(whole.values()), troubles);
    }

    private static Line line(
            String id,
            String version,
            String title,
            List<String> systems,
            String catalogue,
            List<String> connectors,
            List<String> problems) {
        return new Line(id, version, title, systems, catalogue, connectors, List.of(), problems);
    }

    private static Line with(Line line, List<Install> installs) {
        List<Installed> installed = installs.stream()
                .filter(one -> one.blueprint().equals(line.blueprint()))
                .map(one -> new Installed(
                        one.name(),
                        one.version(),
                        line.problems().isEmpty() && newer(line.version(), one.version()),
                        one.origin()))
                .toList();
        return new Line(
                line.blueprint(),
                line.version(),
                line.title(),
                line.systems(),
                line.catalogue(),
                line.connectors(),
                installed,
                line.problems());
    }

    /** Whether a version is newer; what is no version is older than all. */
    private static boolean newer(String version, @Nullable String than) {
        if (!BlueprintReader.VERSION.matcher(version).matches()) {
            return false;
        }
        return than == null
                || !BlueprintReader.VERSION.matcher(than).matches()
                || Version.parse(version).compareTo(Version.parse(than)) > 0;
    }
}
