package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.run.Entrance;
import io.patchbay.run.Entrances;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.apache.camel.model.ModelCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Takes generations of flow files into the running Camel context: what is new or changed is compiled and started first, then
 * all is repointed at once, then the old revisions take no new runs and go when their last one ends. A file with a problem
 * leaves its last good version where it is, also over a restart of the program. Of two flows that want the same id or path the
 * one has it that runs with it ({@link Claims}); the error is the other one's.
 */
public final class FlowDeployer implements Entrances {

    private static final System.Logger LOG = System.getLogger(FlowDeployer.class.getName());

    private final ModelCamelContext context;
    private final FlowReader reader;
    private final FlowCompiler compiler;
    private final RevisionTexts texts;
    private final KeptFlows kept;
    private final Drafts drafts;

    private final Map<String, Revision> older = new ConcurrentHashMap<>();
    private volatile Map<String, Revision> active = Map.of();
    private volatile Map<String, List<Problem>> problems = Map.of();
    private volatile Map<String, Source> sources = Map.of();
    private boolean resumed;
    private Set<RevisionTexts.Active> remembered = Set.of();
    private volatile FlowReader.World world = (flow, variables) -> {
        throw new IllegalStateException("no generation was taken yet");
    };

    /** A deployer into a context. */
    public FlowDeployer(
            ModelCamelContext context, FlowReader reader, FlowCompiler compiler, RevisionTexts texts, Holding holding) {
        this.context = context;
        this.reader = reader;
        this.compiler = compiler;
        this.texts = texts;
        this.kept = new KeptFlows(reader, texts, this::world);
        this.drafts = new Drafts(reader, kept, holding.holds(), holding.usual(), holding.clock());
    }

    /**
     * What may keep the content of a file from running.
     *
     * @param usual what holds for flows that do not say how they are deployed
     */
    public record Holding(Holds holds, Flow.Deploy usual, Clock clock) {}

    /** What names in flows lead to now. */
    public FlowReader.World world() {
        return world;
    }

    /**
     * The text of a flow.
     *
     * @param file what it is known by: the path of its file, or of the file that it was made of
     * @param name what it is called as long as nothing of it can be read
     * @param provenance where it comes from
     */
    public record Source(String file, String text, String name, Provenance provenance) {

        private static final String ENDING = ".flow.yaml";

        /** A flow file. */
        public Source(String file, String text) {
            this(file, text, name(file), Provenance.OWN);
        }

        private static String name(String file) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        }

        List<Problem> told(List<Problem> problems) {
            return problems.stream().map(provenance::told).toList();
        }
    }

    /**
     * Takes a generation.
     *
     * @param sources all flow files there are now
     * @param newWorld what names in them lead to
     * @return problems by file, for files that have some
     */
    public Map<String, List<Problem>> apply(Collection<Source> sources, FlowReader.World newWorld) {
        return apply(sources, Set.of(), newWorld);
    }

    /**
     * Takes a generation in which it is not known what flows some files make.
     *
     * @param unread these files: what runs of them goes on as it is
     */
    public synchronized Map<String, List<Problem>> apply(
            Collection<Source> known, Set<String> unread, FlowReader.World newWorld) {
        world = newWorld;
        Collection<Source> sources = unread.isEmpty() ? known : with(unread, known);
        this.sources = sources.stream().collect(Collectors.toUnmodifiableMap(Source::file, source -> source));
        if (!resumed) {
            active = activeBefore(sources);
            resumed = true;
        }
        drafts.begin();
        Claims claims = claims(sources);
        drafts.end();
        Map<Claims.Claim, Revision> ready = new LinkedHashMap<>();
        List<Claims.Claim> granted = deployable(claims, ready);
        Map<String, Revision> next = new LinkedHashMap<>();
        granted.forEach(claim -> next.put(claim.flow().id(), ready.get(claim)));
        Map<String, List<Problem>> found = new LinkedHashMap<>();
        for (Claims.Claim claim : claims.all()) {
            Revision goesOn = claim.goesOn();
            if (goesOn != null) {
                next.put(goesOn.flow(), goesOn);
            }
            if (!claim.problems().isEmpty()) {
                found.put(
                        claim.file(),
                        Objects.requireNonNull(this.sources.get(claim.file())).told(claim.problems()));
            }
        }
        repoint(next, ready.values());
        problems = Map.copyOf(found);
        return found;
    }

    /** All that is known, and what runs of files that are not known, as it runs. */
    private Collection<Source> with(Set<String> unread, Collection<Source> known) {
        List<Source> running = resumed
                ? active.values().stream()
                        .map(revision -> revision.compiled().flow())
                        .map(flow -> new Source(flow.file(), flow.text(), flow.id(), Provenance.OWN))
                        .toList()
                : texts.active().stream()
                        .flatMap(was -> texts.text(was.flow(), was.revision()).stream()
                                .map(text -> new Source(was.file(), text.text(), was.flow(), Provenance.OWN)))
                        .toList();
        Map<String, Source> all = new LinkedHashMap<>();
        known.forEach(source -> all.put(source.file(), source));
        running.stream()
                .filter(source -> unread.contains(source.file().replaceFirst("#.*", "")))
                .forEach(source -> all.putIfAbsent(source.file(), source));
        return List.copyOf(all.values());
    }

    /** Compiles what is granted; a flow that Camel refuses leaves what it wanted to others. */
    private List<Claims.Claim> deployable(Claims claims, Map<Claims.Claim, Revision> ready) {
        while (true) {
            List<Claims.Claim> granted = claims.granted();
            boolean refused = false;
            for (Claims.Claim claim : granted) {
                if (!ready.containsKey(claim)) {
                    Flow flow = claim.flow();
                    List<Problem> against = new ArrayList<>();
                    Revision revision = revision(flow, claim.world().around(flow.id(), flow.variables()), against);
                    if (revision == null) {
                        claim.refuse(against);
                        refused = true;
                    } else {
                        ready.put(claim, revision);
                    }
                }
            }
            if (!refused) {
                return granted;
            }
        }
    }

    private Claims claims(Collection<Source> sources) {
        Map<String, Revision> byFile = new HashMap<>();
        active.values()
                .forEach(revision -> byFile.put(revision.compiled().flow().file(), revision));
        Set<String> files = sources.stream().map(Source::file).collect(Collectors.toSet());
        Map<String, Revision> homeless = new HashMap<>(active);
        homeless.values()
                .removeIf(revision -> files.contains(revision.compiled().flow().file()));
        return new Claims(sources.stream()
                .map(source -> drafts.claim(source, byFile.get(source.file()), homeless, world))
                .toList());
    }

    /** What ran when the program ended, from files that are still there: a file that went bad since does not replace it. */
    private Map<String, Revision> activeBefore(Collection<Source> sources) {
        Map<String, Revision> running = new LinkedHashMap<>();
        Map<String, String> textOf = sources.stream().collect(Collectors.toMap(Source::file, Source::text));
        for (RevisionTexts.Active was : texts.active()) {
            RevisionTexts.Text text = texts.text(was.flow(), was.revision()).orElse(null);
            if (text == null || !textOf.containsKey(was.file())) {
                continue;
            }
            Flow flow = kept.read(was.file(), text).value().orElse(null);
            Revision revision = flow == null || !flow.id().equals(was.flow())
                    ? null
                    : revision(flow, kept.world(text).around(flow.id(), flow.variables()), new ArrayList<>());
            if (revision != null) {
                running.put(was.flow(), revision);
            }
        }
        return running;
    }

    private @Nullable Revision revision(Flow flow, Surroundings around, List<Problem> problems) {
        Revision now = active.get(flow.id());
        String revision = FlowCompiler.revision(flow, around);
        if (now != null
                && now.revision().equals(revision)
                && now.compiled().flow().file().equals(flow.file())) {
            return now;
        }
        Revision before = old(flow.id(), revision);
        if (before != null && before.revive()) {
            return before;
        }
        Revision deployed;
        try {
            deployed = Revision.deploy(context, compiler, compiler.compile(flow, around), around);
        } catch (Exception e) {
            problems.add(cannotDeploy(flow, "Camel refuses the flow", e, null));
            return null;
        }
        try {
            texts.keep(flow.id(), revision, text(flow, around));
            return deployed;
        } catch (CompletionException e) {
            deployed.retire();
            problems.add(cannotDeploy(
                    flow,
                    "the flow cannot be kept in the store",
                    e,
                    "see the health of the store; the file is taken again with the next change in the folder"));
            return null;
        }
    }

    /** What is kept of a flow, with the text that it was made of. */
    RevisionTexts.Text text(Flow flow, Surroundings around) {
        Source source = sources.get(flow.file());
        RevisionTexts.Text text = FlowCompiler.text(flow, around);
        return source != null && source.text().equals(flow.text())
                ? text.madeOf(source.provenance().origin())
                : text;
    }

    private static Problem cannotDeploy(Flow flow, String what, Exception why, @Nullable String hint) {
        return new Problem(
                new Location(flow.file(), 1, 1),
                Problem.Severity.ERROR,
                "CANNOT_DEPLOY",
                what + ": " + NestedExceptionUtils.getMostSpecificCause(why).getMessage(),
                hint);
    }

    private void repoint(Map<String, Revision> next, Collection<Revision> ready) {
        Map<String, Revision> before = active;
        // Compiled in this generation, and then another one was to go on.
        List<Revision> spare = ready.stream()
                .filter(revision -> next.get(revision.flow()) != revision)
                .filter(revision -> before.get(revision.flow()) != revision)
                .toList();
        spare.forEach(revision -> older.put(revision.compiled().routeId(), revision));
        before.values().stream()
                .filter(revision -> next.get(revision.flow()) != revision)
                .forEach(revision -> older.put(revision.compiled().routeId(), revision));
        active = Map.copyOf(next);
        before.values().stream()
                .filter(revision -> next.get(revision.flow()) != revision)
                .forEach(Revision::retire);
        spare.forEach(Revision::retire);
        remember();
        older.values().removeIf(revision -> !revision.revivable());
    }

    private void remember() {
        Set<RevisionTexts.Active> now = active.values().stream()
                .map(revision -> new RevisionTexts.Active(
                        revision.flow(),
                        revision.revision(),
                        revision.compiled().flow().file()))
                .collect(Collectors.toSet());
        if (!now.equals(remembered)) {
            try {
                texts.active(now);
                remembered = now;
            } catch (CompletionException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "which flows run cannot be kept in the store; it is tried again with the next generation",
                        e);
            }
        }
    }

    /** The active revisions by flow id. */
    public Map<String, CompiledFlow> deployed() {
        Map<String, CompiledFlow> all = new LinkedHashMap<>();
        active.values().forEach(revision -> all.put(revision.flow(), revision.compiled()));
        return all;
    }

    /** The revision that new runs of a flow run under, and what it was compiled in; empty when there is none. */
    public Optional<Deployed> deployed(String flow) {
        return Optional.ofNullable(active.get(flow))
                .map(revision -> new Deployed(revision.compiled(), revision.around()));
    }

    /**
     * A flow that is deployed.
     *
     * @param around what it was compiled in
     */
    public record Deployed(CompiledFlow compiled, Surroundings around) {}

    /** Whether anything follows the answer in a revision. */
    public boolean hasTail(String flow, String revision) {
        Revision found = find(flow, revision);
        return found != null && found.compiled().tail() != null;
    }

    /**
     * A revision as a run could begin under it now: the flow, or what speaks against its kept text since what it names has changed.
     * Empty when none such is kept.
     */
    public Optional<Validated<Flow>> kept(String flow, String revision) {
        Revision now = active.get(flow);
        if (now != null && now.revision().equals(revision)) {
            return Optional.of(new Validated.Valid<>(now.compiled().flow(), List.of()));
        }
        return texts.text(flow, revision).map(kept::read);
    }

    /** The kept revisions of a flow, newest first, so many at most. */
    public List<RevisionTexts.Kept> kept(String flow, int most) {
        return texts.kept(flow, most);
    }

    FlowReader reader() {
        return reader;
    }

    /** Flows that wait to be deployed and have never been, by id. */
    public Map<String, Flow> waiting() {
        Map<String, Flow> waiting = new LinkedHashMap<>();
        drafts.all().forEach((id, draft) -> {
            if (draft.flow() != null && draft.deploy() == Flow.Deploy.MANUAL && !active.containsKey(id)) {
                waiting.put(id, draft.flow());
            }
        });
        return waiting;
    }

    KeptFlows kept() {
        return kept;
    }

    /** What the files of flows say, by flow. */
    Drafts drafts() {
        return drafts;
    }

    /** What flows are called as long as nothing of them can be read, by file. */
    public Map<String, String> names() {
        return sources.values().stream().collect(Collectors.toUnmodifiableMap(Source::file, Source::name));
    }

    /** What is wrong with files, by file. */
    public Map<String, List<Problem>> problems() {
        return problems;
    }

    @Override
    public Optional<Entrance> enter(String flow, @Nullable String revision) {
        for (int tries = 0; tries < 3; tries++) {
            Revision found = find(flow, revision);
            if (found == null) {
                return Optional.empty();
            }
            try {
                found.enter();
                return Optional.of(found);
            } catch (RejectedExecutionException e) {
                older.remove(found.compiled().routeId(), found); // it went between finding and entering
            }
        }
        return Optional.empty();
    }

    private @Nullable Revision find(String flow, @Nullable String revision) {
        Revision now = active.get(flow);
        if (revision == null || (now != null && now.revision().equals(revision))) {
            return now;
        }
        Revision before = old(flow, revision);
        return before != null && before.revivable() ? before : again(flow, revision);
    }

    /** Whoever names a revision could write the environment of another flow before it. */
    private @Nullable Revision old(String flow, String revision) {
        Revision before = older.get(flow + "@" + revision);
        return before != null && before.flow().equals(flow) ? before : null;
    }

    /** Compiles a revision that is not deployed any more from its kept texts; today's connectors are under it. */
    private synchronized @Nullable Revision again(String flow, String revision) {
        Revision before = old(flow, revision);
        if (before != null && before.revivable()) {
            return before;
        }
        Revision now = active.get(flow);
        RevisionTexts.Text text = texts.text(flow, revision).orElse(null);
        Flow read = text == null ? null : kept.read(text).value().orElse(null);
        if (text == null || read == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "revision {0}@{1} {2}, so its runs go through the flow as it is now",
                    flow,
                    revision,
                    text == null ? "is not kept" : "cannot be read any more, because what it names has changed");
            return now;
        }
        Surroundings around = kept.world(text).around(flow, read.variables());
        CompiledFlow compiled = compiler.compile(read, around);
        if (now != null && now.revision().equals(compiled.revision())) {
            return now;
        }
        // With today's connectors and tables it may be another revision, which its runs and what fails in them name.
        Revision same = older.get(compiled.routeId());
        if (same != null && same.revivable()) {
            older.put(flow + "@" + revision, same);
            return same;
        }
        texts.keep(flow, compiled.revision(), text(read, around));
        try {
            Revision deployed = Revision.deploy(context, compiler, compiled, around);
            older.put(flow + "@" + revision, deployed);
            older.put(compiled.routeId(), deployed);
            deployed.retireAfterFirst();
            return deployed;
        } catch (Exception e) {
            throw new IllegalStateException("revision " + flow + "@" + revision + " cannot be deployed again", e);
        }
    }
}
