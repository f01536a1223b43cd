package io.patchbay.blueprint;

import io.patchbay.blueprint.Manifest.InstanceNeed;
import io.patchbay.blueprint.Plan.Action;
import io.patchbay.blueprint.Plan.Change;
import io.patchbay.blueprint.Plan.Verb;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Instance;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans an install or an upgrade: lays the blueprint out and holds it against what the home has. */
final class Planner {

    private static final Pattern VERSION = Pattern.compile("(?m)^version: *['\"]?([0-9.]+)");

    private final Path home;
    private final Catalog catalog;
    private final Blueprint blueprint;
    private final Source source;
    private final String name;
    private final Answers answers;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> needs = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();

    /** @param catalog connectors and instances of the home */
    Planner(Path home, Catalog catalog, Blueprint blueprint, Source source, String name, Answers answers) {
        this.home = home;
        this.catalog = catalog;
        this.blueprint = blueprint;
        this.source = source;
        this.name = name;
        this.answers = answers;
    }

    Plan install(Instant now) throws IOException {
        obstacles.addAll(answers.problems(blueprint.manifest()));
        if (!obstacles.isEmpty()) {
            return plan(
                    Verb.INSTALL, blueprint.id() + " " + blueprint.manifest().version(), List.of(), null);
        }
        Layout.Laid laid = laid();
        SortedMap<String, String> files = wanted(laid.files(), null);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path there = home.resolve(file.getKey());
            if (!Files.exists(there)) {
                changes.add(new Change(file.getKey(), Action.NEW, file.getValue(), "", List.of()));
            } else if (!LoneConnector.is(blueprint)) {
                obstacles.add("there is a file " + file.getKey()
                        + " already, which no install made: move it away, or install under another name with --as");
            } else if (catalog.connector(LoneConnector.connector(name), null) == null) {
                obstacles.add("there is a file " + file.getKey() + " already; move it away");
            }
        }
        return plan(
                Verb.INSTALL,
                blueprint.id() + " " + blueprint.manifest().version(),
                laid.renames(),
                new Install(
                        name, blueprint.id(), blueprint.manifest().version(), now, answers, files, source.origin()));
    }

    /** @param accepted whose signature is taken, other than that of what is installed; null for none */
    Plan upgrade(Install before, ThreeWay.@Nullable Keep keep, @Nullable String accepted, Instant now)
            throws IOException {
        String versions = blueprint.id() + " " + before.version() + " → "
                + blueprint.manifest().version();
        obstacles.addAll(answers.problems(blueprint.manifest()));
        if (!obstacles.isEmpty()) {
            return plan(Verb.UPGRADE, versions, List.of(), null);
        }
        source.origin().strange(before.origin(), accepted).ifPresent(obstacles::add);
        if (before.origin() != null && !before.origin().equals(source.origin())) {
            needs.add("comes from " + source.origin().told() + "; what is installed came from "
                    + before.origin().told());
        }
        Layout.Laid laid = laid();
        SortedMap<String, String> files = wanted(laid.files(), before);
        for (Map.Entry<String, String> file : files.entrySet()) {
            merge(file.getKey(), before.base().get(file.getKey()), file.getValue(), keep);
        }
        for (Map.Entry<String, String> old : before.base().entrySet()) {
            if (!files.containsKey(old.getKey())) {
                gone(old.getKey(), old.getValue(), "the new version has it no more");
            }
        }
        return plan(
                Verb.UPGRADE,
                versions,
                laid.renames(),
                new Install(
                        name, blueprint.id(), blueprint.manifest().version(), now, answers, files, source.origin()));
    }

    /** A connector by itself lies where it lies: nothing of it is named anew. */
    private Layout.Laid laid() {
        return LoneConnector.is(blueprint)
                ? new Layout.Laid(new TreeMap<>(blueprint.files()), List.of())
                : Layout.of(blueprint, name, answers);
    }

    private void merge(String path, @Nullable String base, String theirs, ThreeWay.@Nullable Keep keep)
            throws IOException {
        Path there = home.resolve(path);
        String mine = Files.isRegularFile(there) ? HomeText.read(there) : null;
        if (mine == null) {
            if (base == null) {
                changes.add(new Change(path, Action.NEW, theirs, "", List.of()));
            } else if (!base.equals(theirs) && keep != ThreeWay.Keep.MINE) {
                changes.add(new Change(
                        path, Action.NEW, theirs, "it was deleted here, and the new version changed it", List.of()));
            } else {
                changes.add(new Change(path, Action.KEPT, null, "it was deleted here", List.of()));
            }
            return;
        }
        if (base == null && !mine.equals(theirs)) {
            obstacles.add("there is a file " + path + " already, which the new version brings, too; move it away");
            return;
        }
        ThreeWay.Merged merged =
                ThreeWay.merge(base == null ? theirs : base, mine, theirs, keep == null ? ThreeWay.Keep.MINE : keep);
        if (!merged.conflicts().isEmpty() && keep == null) {
            List<String> lines = new ArrayList<>();
            merged.conflicts().forEach(one -> conflict(path, one, lines));
            changes.add(new Change(path, Action.CONFLICT, null, "changed here and by the new version", lines));
            obstacles.add(
                    path + " has " + merged.conflicts().size()
                            + (merged.conflicts().size() == 1 ? " conflict" : " conflicts")
                            + ": take the lines of one side with --keep mine or --keep theirs, or change the file to one of them");
        } else if (!merged.text().equals(mine)) {
            String why = mine.equals(base) ? "" : "with what was changed here";
            changes.add(new Change(path, Action.CHANGED, merged.text(), why, List.of()));
        } else if (base != null && !mine.equals(base)) {
            changes.add(new Change(path, Action.KEPT, null, "changed here", List.of()));
        }
    }

    private static void conflict(String path, ThreeWay.Conflict conflict, List<String> lines) {
        lines.add(path + ", line " + conflict.line() + " of " + "the installed version:");
        conflict.base().forEach(line -> lines.add("  was    " + line.stripTrailing()));
        conflict.mine().forEach(line -> lines.add("  mine   " + line.stripTrailing()));
        conflict.theirs().forEach(line -> lines.add("  theirs " + line.stripTrailing()));
    }

    private void gone(String path, String base, String why) throws IOException {
        Path there = home.resolve(path);
        if (!Files.isRegularFile(there)) {
            return;
        }
        if (HomeText.read(there).equals(base)) {
            changes.add(new Change(path, Action.GONE, null, why, List.of()));
        } else {
            changes.add(new Change(path, Action.KEPT, null, why + ", but it was changed here", List.of()));
        }
    }

    /**
     * The files that the home is to have: without instances and connectors that it has by itself, with the connectors that it lacks.
     *
     * @param before the install that is upgraded: what it brought is its own
     */
    private SortedMap<String, String> wanted(SortedMap<String, String> laid, @Nullable Install before)
            throws IOException {
        SortedMap<String, String> files = new TreeMap<>(laid);
        for (Map.Entry<String, String> one : blueprint.manifest().connectors().entrySet()) {
            connector(one.getKey(), Pin.parse(one.getValue()).orElseThrow(), files, before);
        }
        for (Map.Entry<String, InstanceNeed> need :
                blueprint.manifest().instances().entrySet()) {
            instance(need.getKey(), need.getValue(), files, before);
        }
        shared(files);
        return files;
    }

    /** Says which secrets of instances that are made are read by others already. */
    private void shared(SortedMap<String, String> files) throws IOException {
        Reach own = new Reach();
        files.forEach((path, text) -> {
            if (SourceKind.of(path).orElse(null) == SourceKind.INSTANCE) {
                own.add(path, text);
            }
        });
        Path connectors = home.resolve("connectors");
        if (own.secrets().isEmpty() || !Files.isDirectory(connectors)) {
            return;
        }
        try (Stream<Path> all = Files.walk(connectors, 3)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = home.relativize(file).toString().replace('\\', '/');
                if (SourceKind.of(path).orElse(null) == SourceKind.INSTANCE && !files.containsKey(path)) {
                    Reach there = new Reach();
                    there.add(path, HomeText.read(file));
                    there.secrets().retainAll(own.secrets());
                    there.secrets()
                            .forEach(secret -> needs.add("secret " + secret + ": is read by " + path
                                    + ", too; --secret " + secret + "=NAME gives this install another one"));
                }
            }
        }
    }

    private void connector(String id, Pin pin, SortedMap<String, String> files, @Nullable Install before)
            throws IOException {
        String folder = LoneConnector.folder(id);
        boolean own = before != null && before.base().containsKey(folder + "connector.yaml");
        Connector there = catalog.connector(id, null);
        if (there != null && !own && LoneConnector.is(blueprint)) {
            obstacles.add("connector '" + id + "' is there already, version " + there.version()
                    + ", and was not installed by itself: move " + folder
                    + " away, but for its instances/, to have it from here");
            return;
        }
        if (there != null && !own) {
            files.keySet().removeIf(path -> path.startsWith(folder) && !path.startsWith(folder + "instances/"));
            String has = String.valueOf(there.version());
            needs.add("connector " + id + ": there, version " + has
                    + (!has.equals(pin.version())
                            ? "; the blueprint was made with " + pin.version()
                            : asMade(id, pin) ? "" : "; its files are not those that the blueprint was made with"));
            return;
        }
        if (!files.containsKey(folder + "connector.yaml")
                && !carry(id, there == null ? source.holding(id) : source, files)) {
            if (there != null) {
                return;
            }
            obstacles.add("connector '" + id
                    + "' is not there: put its folder into connectors/, or name with --from a folder that has it");
            return;
        }
        SortedMap<String, String> brought = new TreeMap<>(files);
        brought.keySet().removeIf(path -> !path.startsWith(folder) || path.startsWith(folder + "instances/"));
        if (!pin.fits(brought)) {
            obstacles.add("connector '" + id + "' that comes with it has other files than the blueprint was made with ("
                    + pin + "; these have sha256:" + Pin.digest(brought)
                    + "): take both from one place, or write the digest of these into blueprint.yaml");
        }
        Matcher found = VERSION.matcher(brought.getOrDefault(folder + "connector.yaml", ""));
        String has = found.find() ? found.group(1) : "unknown";
        needs.add("connector " + id + ": is brought, version " + has
                + (has.equals(pin.version()) ? "" : "; the blueprint was made with " + pin.version())
                + Reach.told(brought));
    }

    /** Whether the home's own connector has the files that are meant; one that is no text, or is called oddly, is none of them. */
    private boolean asMade(String id, Pin pin) throws IOException {
        if (pin.digest() == null) {
            return true;
        }
        try {
            return pin.fits(new Source(home).texts(id));
        } catch (BlueprintException e) {
            return false;
        }
    }

    private static boolean carry(String id, Source from, SortedMap<String, String> files) {
        try {
            SortedMap<String, String> carried = from.texts(id);
            files.putAll(carried);
            return !carried.isEmpty();
        } catch (IOException e) {
            throw new BlueprintException("the connector '" + id + "' cannot be read: " + e.getMessage());
        }
    }

    private void instance(String own, InstanceNeed need, SortedMap<String, String> files, @Nullable Install before)
            throws IOException {
        String chosen = answers.instance(own);
        String path = Blueprint.template(need.connector(), chosen);
        String rights = need.scopes().isEmpty() ? "" : ", whose credentials need " + String.join(", ", need.scopes());
        boolean brought = before != null && before.base().containsKey(path);
        Instance there = catalog.instance(chosen);
        if (there != null && !there.connector().id().equals(need.connector())) {
            obstacles.add("instance '" + chosen + "' is of connector '"
                    + there.connector().id() + "', and '" + own + "' must be one of '" + need.connector()
                    + "': name another one with --instance " + own + "=NAME");
        } else if (there != null && !brought) {
            if (before == null && !answers.instances().containsKey(own)) {
                sameAnswers(own, need, path, files);
            }
            files.remove(path);
            needs.add("instance " + chosen + " (" + need.title() + "): there" + rights);
        } else {
            needs.add("instance " + chosen + " (" + need.title() + "): " + (brought ? "brought" : "is made") + ", "
                    + path + rights);
        }
    }

    /** Nobody who answers for another shop means the instance that only happens to have this name. */
    private void sameAnswers(String own, InstanceNeed need, String path, SortedMap<String, String> files)
            throws IOException {
        Path file = home.resolve(path);
        if (!Files.isRegularFile(file)) {
            return;
        }
        Optional<Node> there = tree(path, HomeText.read(file));
        Optional<Node> asked = tree(path, files.getOrDefault(path, ""));
        String template = Blueprint.template(need.connector(), own);
        List<String> other = blueprint.manifest().questions().entrySet().stream()
                .filter(question -> answers.values().containsKey(question.getKey()))
                .filter(question -> question.getValue().sets().stream()
                        .flatMap(text -> Place.parse(text).stream())
                        .filter(place -> place.file().equals(template))
                        .anyMatch(place -> !place.text(there).equals(place.text(asked))))
                .map(question -> "'" + question.getKey() + "'")
                .sorted()
                .toList();
        if (!other.isEmpty()) {
            obstacles.add("instance '" + own + "' is there and says otherwise than the answer to "
                    + String.join(", ", other) + ": have another one made with --instance " + own
                    + "=NAME, or take it as it is with --instance " + own + "=" + own);
        }
    }

    private static Optional<Node> tree(String path, String text) {
        return new YamlReader().read(path, text, new Problems());
    }

    private Plan plan(Verb verb, String versions, List<String> renames, @Nullable Install after) {
        Manifest.Permissions allowed = blueprint.manifest().allowed();
        return new Plan(
                verb,
                name,
                versions,
                changes,
                renames,
                needs,
                allowed.hosts(),
                allowed.secrets().stream().map(answers::secret).toList(),
                allowed.scripts(),
                obstacles,
                after);
    }
}
