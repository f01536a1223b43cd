package io.patchbay.connector;

import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of connectors: those in files, and those that files held before. Of those before a pin alone is served, and
 * only where no file has what it asks for, so that an update takes nothing away from who asked for the version before it.
 */
final class Versions {

    /** Most versions that are kept of one connector after its files hold them no more. */
    private static final int KEPT = 20;

    private static final Comparator<Connector> ORDER =
            Comparator.comparing(Connector::id).thenComparing(Connector::version);

    /** Without anything. */
    static final Versions NONE = new Versions(List.of(), List.of(), Map.of());

    private static final String NONE_HERE =
            "no connector is here yet: copy the folder of one into connectors/ of the home folder"
                    + " (those that come with Patchbay are in its own folder connectors/), or make one with `patchbay connector new ID`";

    private final List<Connector> inFiles;
    private final List<Connector> before;
    private final Map<String, String> unusable;

    private Versions(Collection<Connector> inFiles, Collection<Connector> before, Map<String, String> unusable) {
        this.inFiles = inFiles.stream().sorted(ORDER).toList();
        this.before = before.stream().sorted(ORDER).toList();
        this.unusable = Map.copyOf(unusable);
    }

    /**
     * What files hold now, after what they held before.
     *
     * @param unusable files that cannot be read, by the connector's id
     */
    static Versions after(Versions previous, Collection<Connector> now, Map<String, String> unusable) {
        Set<String> ids = now.stream().map(Connector::id).collect(Collectors.toSet());
        Set<String> there = now.stream().map(Connector::named).collect(Collectors.toSet());
        List<Connector> gone = Stream.concat(previous.inFiles.stream(), previous.before.stream())
                .filter(one -> ids.contains(one.id()) && !there.contains(one.named()))
                .sorted(ORDER.reversed())
                .toList();
        List<Connector> kept = new ArrayList<>();
        ids.forEach(id -> kept.addAll(most(gone.stream().filter(one -> one.id().equals(id)))));
        return new Versions(now, kept, unusable);
    }

    /** The newest of each major version goes before the others. */
    private static List<Connector> most(Stream<Connector> newestFirst) {
        List<Connector> all = newestFirst.toList();
        Set<Integer> majors = new HashSet<>();
        List<Connector> firsts =
                all.stream().filter(one -> majors.add(one.version().major())).toList();
        return Stream.concat(firsts.stream(), all.stream().filter(one -> !firsts.contains(one)))
                .limit(KEPT)
                .toList();
    }

    /** Those in files, by id and version. */
    List<Connector> inFiles() {
        return inFiles;
    }

    /** Those that files held before, by id and version. */
    List<Connector> before() {
        return before;
    }

    /** Whether no file holds a version any more. */
    boolean isKept(Connector one) {
        return before.contains(one);
    }

    /** All of one connector, those in files last. */
    List<Connector> of(String id) {
        return Stream.concat(before.stream(), inFiles.stream())
                .filter(one -> one.id().equals(id))
                .toList();
    }

    /** The newest that fits the wanted version ({@code 2}, {@code 2.3.0}, null for any), or null. */
    @Nullable
    Connector newest(String id, @Nullable String wanted) {
        Connector found = newest(inFiles, id, wanted);
        return found == null && wanted != null ? newest(before, id, wanted) : found;
    }

    private static @Nullable Connector newest(List<Connector> all, String id, @Nullable String wanted) {
        return all.stream()
                .filter(one -> one.id().equals(id))
                .filter(one -> wanted == null || one.version().fits(wanted))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** Says of a pin that it is served by a version which no file holds any more, if it is. */
    void tellOfKept(Connector found, String pin, Location at, Problems problems) {
        if (isKept(found)) {
            problems.warning(
                    at,
                    "KEPT_VERSION",
                    "no file holds a version that fits '" + pin + "' any more; " + found.version()
                            + " was kept and goes on",
                    "put it into connectors/" + found.id() + "/versions/" + found.version()
                            + "/ to keep it for good, or ask for one that is in a file: "
                            + listed(inFiles, found.id()));
        }
    }

    /** Adds the problem that nothing fits. */
    void missing(String pin, String id, @Nullable String wanted, Location at, Problems problems) {
        String broken = unusable.get(id);
        if (broken != null) {
            problems.error(
                    at,
                    "UNUSABLE_CONNECTOR",
                    "connector '" + pin + "' cannot be used, because " + broken
                            + " has problems; so nothing was checked here that hangs on it: settings, auth, hosts, limits",
                    "mend that file first, then check again");
        } else if (wanted != null && newest(id, null) != null) {
            problems.error(
                    at,
                    "UNKNOWN_VERSION",
                    "no version of connector '" + id + "' fits '" + pin + "'",
                    "there " + (of(id).size() == 1 ? "is " : "are ") + listed(of(id), id)
                            + "; an older one may lie in connectors/" + id + "/versions/VERSION/");
        } else {
            List<String> ids = inFiles.stream().map(Connector::id).distinct().toList();
            problems.error(
                    at,
                    "UNKNOWN_CONNECTOR",
                    "there is no connector '" + id + "'",
                    ids.isEmpty() ? NONE_HERE : DidYouMean.hint(id, ids));
        }
    }

    private static String listed(List<Connector> all, String id) {
        return all.stream()
                .filter(one -> one.id().equals(id))
                .map(Connector::version)
                .sorted()
                .map(Version::toString)
                .collect(Collectors.joining(", "));
    }
}
