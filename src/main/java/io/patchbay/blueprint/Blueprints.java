package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Version;
import io.patchbay.home.Home;
import io.patchbay.problem.DidYouMean;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.folder.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;

/**
 * The blueprints of a home folder: those that there are, and those that were installed. An install writes plain files, all or none; its
 * flows are drafts. What changes the home is done by one program at a time.
 */
public final class Blueprints {

    private final Path home;
    private final List<Source> sources;
    private final Clock clock;
    private final Staging staging;

    /**
     * Blueprints of a home.
     *
     * @param more folders that have blueprints as well; they come before the home's own, as somebody named them
     * @param origins where those of them were taken from that archives had
     */
    public Blueprints(Home home, List<Path> more, Map<Path, Provenance> origins, Clock clock, Trial trial) {
        this.home = home.root();
        Path own = this.home.toAbsolutePath().normalize();
        this.sources = Stream.concat(more.stream().map(Path::toAbsolutePath), Stream.of(own))
                .map(Path::normalize)
                .distinct()
                .map(folder -> new Source(folder, folder.equals(own), origins.get(folder)))
                .toList();
        this.clock = clock;
        this.staging = new Staging(this.home, trial);
    }

    /**
     * What an archive offers that was taken apart: blueprints, or connectors by themselves. One whose connectors are not those that it
     * was made with has that as a problem.
     */
    public static List<Offered> offeredBy(Path folder) throws IOException {
        Source source = new Source(folder);
        List<Offered> all = new ArrayList<>();
        for (Offered one : offered(List.of(source))) {
            List<String> wrong = one.problems().isEmpty() ? source.unfit(source.right(one.id())) : one.problems();
            all.add(new Offered(one.id(), one.version(), one.title(), one.systems(), wrong));
        }
        return all;
    }

    /**
     * A blueprint that can be installed.
     *
     * @param problems why it cannot be; then the rest is empty
     */
    public record Offered(String id, String version, String title, List<String> systems, List<String> problems) {}

    /** All that there are, by id. */
    public List<Offered> offered() throws IOException {
        return offered(sources);
    }

    private static List<Offered> offered(List<Source> sources) throws IOException {
        Map<String, Offered> all = new TreeMap<>();
        for (Source source : sources) {
            for (String id : source.ids()) {
                var read = source.read(id);
                all.putIfAbsent(
                        id,
                        read.value()
                                .map(Blueprint::manifest)
                                .map(one -> new Offered(id, one.version(), one.title(), one.systems(), List.of()))
                                .orElseGet(() -> new Offered(
                                        id,
                                        "",
                                        "",
                                        List.of(),
                                        read.problems().stream()
                                                .map(String::valueOf)
                                                .toList())));
            }
        }
        return List.copyOf(all.values());
    }

    /** The folder of a blueprint. @throws BlueprintException when there is none of that id */
    Path folder(String id) throws IOException {
        return source(id).folder().resolve("blueprints").resolve(id);
    }

    /** The file of its picture; empty where it names none. */
    Optional<Path> picture(String id) throws IOException {
        return Optional.ofNullable(source(id).right(id).manifest().picture()).map(folder(id)::resolve);
    }

    /** What a blueprint says of itself. */
    public Shown show(String id) throws IOException {
        Source source = source(id);
        return Shown.of(
                source.right(id),
                source.origin(),
                installed().stream().filter(one -> one.blueprint().equals(id)).toList());
    }

    /**
     * Makes a blueprint of flows of the home, in its {@code blueprints/}.
     *
     * @return what a person has to look at
     * @throws BlueprintException when there is one of that id, or something that the flows name is not there; nothing is written
     */
    public List<String> make(String id, String title, List<String> flows) throws IOException, InterruptedException {
        if (!BlueprintReader.ID.matcher(id).matches() || id.length() > 60) {
            throw BlueprintException.wrong("'" + id + "' is no id: it is kebab-case, like orders-to-erp");
        }
        if (LoneConnector.means(id)) {
            throw BlueprintException.wrong("'" + id + "' is no id of a blueprint: " + LoneConnector.RESERVED);
        }
        if (Files.exists(home.resolve("blueprints").resolve(id))) {
            throw new BlueprintException("there is blueprints/" + id + " already");
        }
        return HomeLock.alone(home, () -> {
            Maker.Made made = new Maker(home, catalog(), snapshot(), id).of(flows, title);
            new HomeChanges(home).make(made.files());
            List<String> notes = new ArrayList<>(made.notes());
            new Source(home).read(id).problems().forEach(problem -> notes.add(problem.toString()));
            return notes;
        });
    }

    /** A blueprint with the connectors that it needs, as one file. @throws BlueprintException when it is not right */
    public byte[] pack(String id) throws IOException {
        Source source = source(id);
        return Archive.of(source, source.right(id));
    }

    /** A connector by itself as one file, of the home or of another folder. @throws BlueprintException when it is not right */
    public byte[] packConnector(String id) throws IOException {
        String alone = LoneConnector.PREFIX + id;
        for (Source source : sources) {
            Source any = new Source(source.folder());
            if (any.alone(alone)) {
                return Archive.of(any, any.right(alone));
            }
        }
        throw BlueprintException.unknown("there is no connector '" + id
                + "' in connectors/; --from names a folder that has connectors/ with more");
    }

    /** Those that were installed, by name. */
    public List<Install> installed() throws IOException {
        Path folder = home.resolve(Install.FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Install> all = new ArrayList<>();
        try (Stream<Path> names = Files.list(folder)) {
            for (Path one : names.sorted().toList()) {
                Install.read(home, String.valueOf(one.getFileName())).ifPresent(all::add);
            }
        }
        return all;
    }

    /**
     * Plans an install.
     *
     * @param as its name; null for the blueprint's id
     * @throws BlueprintException when there is no such blueprint, or it is not right
     */
    public Plan planInstall(String id, @Nullable String as, Answers answers) throws IOException {
        Source source = source(id);
        Blueprint blueprint = source.right(id);
        String name = as == null ? id : as;
        if (LoneConnector.is(blueprint) && !name.equals(id)) {
            throw BlueprintException.wrong("a connector has the name that it has: install it without --as");
        }
        if (!BlueprintReader.ID.matcher(name).matches() || name.length() > 60) {
            throw BlueprintException.wrong(
                    "'" + name + "' is no name for an install: it is kebab-case, like orders-uk");
        }
        if (LoneConnector.means(name) && !LoneConnector.is(blueprint)) {
            throw BlueprintException.wrong(
                    "'" + name + "' is no name for an install of a blueprint: " + LoneConnector.RESERVED);
        }
        if (Install.read(home, name).isPresent()) {
            throw new BlueprintException("there is an install '" + name + "' already: upgrade it"
                    + (LoneConnector.is(blueprint) ? "" : ", or give this one another name with --as"));
        }
        return new Planner(home, catalog(), blueprint, source, name, answers).install(clock.instant());
    }

    /**
     * Plans an upgrade to the version that there is now.
     *
     * @param more answers to questions that are new, or to be answered otherwise
     * @param keep whose lines are taken in conflicts: mine or theirs; null when there must be none
     * @param accepted whose signature is taken, other than that of what is installed: the id of a key, or nobody; null for none
     */
    public Plan planUpgrade(String name, Answers more, @Nullable String keep, @Nullable String accepted)
            throws IOException {
        Install before = install(name);
        Source source = source(before.blueprint());
        Blueprint blueprint = source.right(before.blueprint());
        if (older(blueprint.manifest().version(), before.version())) {
            throw new BlueprintException("the blueprint that is there has version "
                    + blueprint.manifest().version() + ", older than the installed " + before.version()
                    + ": it is that of "
                    + source.origin().place());
        }
        Map<String, String> values = new TreeMap<>(before.answers().values());
        values.keySet().retainAll(blueprint.manifest().questions().keySet());
        values.putAll(more.values());
        Map<String, String> instances = new TreeMap<>(before.answers().instances());
        instances.keySet().retainAll(blueprint.manifest().instances().keySet());
        instances.putAll(more.instances());
        Map<String, String> secrets = new TreeMap<>(before.answers().secrets());
        secrets.keySet().retainAll(blueprint.manifest().allowed().secrets());
        secrets.putAll(more.secrets());
        return new Planner(home, catalog(), blueprint, source, name, new Answers(values, instances, secrets))
                .upgrade(
                        before,
                        keep == null ? null : ThreeWay.Keep.valueOf(keep.toUpperCase(Locale.ROOT)),
                        accepted,
                        clock.instant());
    }

    private static boolean older(String version, String than) {
        return Version.parse(version).compareTo(Version.parse(than)) < 0;
    }

    /**
     * Plans a removal: what the install brought, as far as nothing else uses it.
     *
     * @param changed whether files that were changed here go, too
     */
    public Plan planRemoval(String name, boolean changed) throws IOException {
        return planRemoval(name, changed, KeptInstances.of(Map.of()));
    }

    /**
     * Plans a removal beside a program that has instances of its own.
     *
     * @param kept instances that stand in no file of the home
     */
    public Plan planRemoval(String name, boolean changed, KeptInstances kept) throws IOException {
        return new Removal(home, snapshot(), install(name), kept).plan(changed);
    }

    /**
     * Does what was planned, after trying it on a copy.
     *
     * @return how many tests of it ran
     * @throws BlueprintException when something would be wrong then that was not before, or a test fails; nothing is changed
     */
    public int carryOut(Plan plan) throws IOException, InterruptedException {
        if (!plan.possible()) {
            throw new BlueprintException(String.join("\n", plan.obstacles()));
        }
        return HomeLock.alone(home, () -> carryOutAlone(plan));
    }

    private int carryOutAlone(Plan plan) throws IOException, InterruptedException {
        Map<String, String> seen = seen(plan);
        Staging.Result result = staging.of(plan.texts(), plan::tests);
        if (!result.wrong().isEmpty()) {
            throw new BlueprintException("nothing was changed, because then:\n" + String.join("\n", result.wrong()));
        }
        SortedMap<String, Optional<String>> changes = new TreeMap<>(plan.texts());
        Install.read(home, plan.name())
                .ifPresent(before -> before.files().keySet().forEach(path -> changes.put(path, Optional.empty())));
        if (plan.after() != null) {
            plan.after().files().forEach((path, text) -> changes.put(path, Optional.of(text)));
        }
        if (!seen.equals(seen(plan))) {
            throw new BlueprintException(
                    "nothing was changed: somebody wrote files of it while it was tried; plan it again and look");
        }
        new HomeChanges(home).make(changes);
        return result.tests();
    }

    /** Files of a change that was broken off, and is not at its end; empty where there is none. */
    public Optional<List<String>> interrupted() throws IOException {
        HomeChanges changes = new HomeChanges(home);
        return changes.interrupted() ? Optional.of(changes.pending()) : Optional.empty();
    }

    /** Brings a change that was broken off to its end, or gives it up: then what of it was made stays. */
    public void recover(boolean forget) throws IOException, InterruptedException {
        HomeLock.alone(home, () -> {
            HomeChanges changes = new HomeChanges(home);
            if (forget) {
                changes.forget();
            } else {
                changes.finish();
            }
            return forget;
        });
    }

    /** Digests of what stands now where a plan writes. */
    private Map<String, String> seen(Plan plan) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        for (String path : plan.texts().keySet()) {
            Path file = home.resolve(path);
            seen.put(path, Files.isRegularFile(file) ? DigestUtils.md5DigestAsHex(Files.readAllBytes(file)) : "");
        }
        return seen;
    }

    /** One that was installed. @throws BlueprintException when there is none of that name */
    public Install install(String name) throws IOException {
        List<Install> all = installed();
        return all.stream()
                .filter(one -> one.name().equals(name))
                .findAny()
                .orElseThrow(() -> BlueprintException.unknown("there is no install '" + name + "'"
                        + hint(name, all.stream().map(Install::name).toList())));
    }

    private Source source(String id) throws IOException {
        Set<String> ids = new TreeSet<>();
        for (Source source : sources) {
            if (source.has(id)) {
                return source.beside(sources);
            }
            ids.addAll(source.ids());
        }
        throw BlueprintException.unknown("there is no blueprint '" + id + "'" + hint(id, ids)
                + "; --from names a folder that has blueprints/ with more");
    }

    /** The JSON Schema of {@code blueprint.yaml}. */
    public static ObjectNode schema() {
        return BlueprintReader.schema();
    }

    private static String hint(String name, Collection<String> known) {
        String hint = DidYouMean.hint(name, known);
        return hint == null ? "" : ": " + hint;
    }

    private Snapshot snapshot() {
        return RouteFolder.once(List.of(home), FolderLimits.DEFAULT);
    }

    private Catalog catalog() {
        return CatalogReader.once(home).catalog();
    }
}
