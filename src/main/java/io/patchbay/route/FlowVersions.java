package io.patchbay.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.flow.Flow;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.route.version.Change;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The versions of the flows that a deployer deploys. */
public final class FlowVersions implements Versions {

    private static final System.Logger LOG = System.getLogger(FlowVersions.class.getName());

    /** Versions that a refusal names. */
    private static final int NAMED = 5;

    /** Versions that are looked through for one to go back to. */
    private static final int MOST = 500;

    private static final int KNOWN = 10_000;

    /** A number never changes, but a version that was deleted may be deployed again, and then has another one. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private final Cache<RevisionTexts.Name, Integer> numbers =
            Caffeine.newBuilder().maximumSize(KNOWN).expireAfterWrite(KNOWN_FOR).build();
    private final Cache<Drafts.Draft, String> revisions =
            Caffeine.newBuilder().weakKeys().build();
    private final FlowDeployer deployer;
    private final RevisionTexts texts;
    private final Holds holds;
    private final Surrounding around;
    private final Clock clock;
    private final VersionDiffs diffs;

    /**
     * What it needs of the runtime.
     *
     * @param look takes what is in the folders now
     * @param again takes the last files again, because other versions are held
     * @param lastRun when a run under a revision came into being last; null when none is known
     */
    public record Surrounding(Runnable look, Runnable again, BiFunction<String, String, Optional<Instant>> lastRun) {}

    /** Versions as these keep them. */
    public FlowVersions(FlowDeployer deployer, RevisionTexts texts, Holds holds, Surrounding around, Clock clock) {
        this.deployer = deployer;
        this.texts = texts;
        this.holds = holds;
        this.around = around;
        this.clock = clock;
        this.diffs = new VersionDiffs(deployer);
    }

    @Override
    public Optional<State> state(String flow) {
        Drafts.Draft draft = deployer.drafts().file(flow).orElse(null);
        CompiledFlow running =
                deployer.deployed(flow).map(FlowDeployer.Deployed::compiled).orElse(null);
        if (draft == null) {
            return Optional.empty();
        }
        String revision = running == null ? null : running.revision();
        List<Problem> problems = deployer.problems().getOrDefault(draft.source().file(), List.of());
        Held held = holds.of(flow);
        boolean counts = held == null && draft.deploy() == Flow.Deploy.AUTO && problems.isEmpty();
        String fileRevision = counts && revision != null ? revision : revision(draft);
        return Optional.of(new State(
                flow,
                draft.source().file(),
                fileRevision == null
                        ? FileState.ERRORS
                        : fileRevision.equals(revision) ? FileState.RUNS : unlike(draft),
                fileRevision,
                revision,
                revision == null ? null : number(flow, revision),
                held,
                held == null ? null : number(flow, held.revision()),
                draft.deploy(),
                problems));
    }

    /** A file that is right for itself and does not run has errors all the same when nothing keeps it from running. */
    private FileState unlike(Drafts.Draft draft) {
        Flow flow = Objects.requireNonNull(draft.flow());
        return holds.of(flow.id()) != null || draft.deploy() == Flow.Deploy.MANUAL ? FileState.DRAFT : FileState.ERRORS;
    }

    /** Over all that the flow names, which may be large: made once in a generation. */
    @Nullable
    String revision(Drafts.Draft draft) {
        return revisions.get(
                draft,
                file -> file.flow() == null || file.around() == null
                        ? null
                        : FlowCompiler.revision(file.flow(), file.around()));
    }

    @Override
    public Map<String, State> states(Collection<String> flows) {
        Set<RevisionTexts.Name> shown = new HashSet<>();
        for (String flow : flows) {
            Held held = holds.of(flow);
            Stream.of(running(flow), held == null ? null : held.revision())
                    .filter(Objects::nonNull)
                    .forEach(revision -> shown.add(new RevisionTexts.Name(flow, revision)));
        }
        shown.removeAll(numbers.getAllPresent(shown).keySet());
        numbers.putAll(texts.numbers(shown));
        Map<String, State> states = new LinkedHashMap<>();
        flows.forEach(flow -> state(flow).ifPresent(state -> states.put(flow, state)));
        return states;
    }

    @Override
    public List<State> all() {
        return List.copyOf(
                states(new TreeSet<>(deployer.drafts().all().keySet())).values());
    }

    @Override
    public List<Version> list(String flow, int below, int most) {
        return texts.kept(flow, below, most).stream()
                .map(kept -> new Version(
                        kept, around.lastRun().apply(flow, kept.revision()).orElse(null)))
                .toList();
    }

    @Override
    public @Nullable Integer number(String flow, String revision) {
        return numbers.get(
                new RevisionTexts.Name(flow, revision),
                name -> texts.one(flow, revision)
                        .map(RevisionTexts.Kept::number)
                        .orElse(null));
    }

    @Override
    public synchronized Done deploy(String flow, @Nullable String by, @Nullable String note) {
        String before = running(flow);
        around.look().run();
        Drafts.Draft draft = draft(flow);
        String revision = revision(draft);
        if (draft.flow() == null || draft.around() == null || revision == null) {
            throw new Refused(
                    false,
                    "The file of flow '" + flow + "' has errors, so what runs goes on: " + first(draft.problems())
                            + ". Mend it, and deploy again.");
        }
        boolean known = texts.one(flow, revision).isPresent();
        boolean manual = draft.deploy() == Flow.Deploy.MANUAL;
        if (manual) {
            texts.keep(flow, revision, deployer.text(draft.flow(), draft.around()));
        }
        Held held = manual ? new Held(flow, revision, Held.Why.DEPLOY, clock.instant(), by, note) : null;
        Done done = change(flow, held, revision, draft.source().file(), before);
        if (manual && !deployer.drafts().manual(draft.flow())) {
            around.again().run(); // what runs now says that its file counts from now on
            done = new Done(state(flow).orElseThrow(), done.before(), List.of());
        }
        texts.describe(flow, revision, known ? null : by, note);
        LOG.log(
                System.Logger.Level.INFO,
                "flow {0}: version {1} was deployed by {2}",
                flow,
                number(flow, revision),
                by);
        return done;
    }

    @Override
    public synchronized Done rollback(String flow, @Nullable String to, @Nullable String by, @Nullable String note) {
        Drafts.Draft draft = draft(flow);
        RevisionTexts.Kept target = to == null ? before(flow) : version(flow, to);
        RevisionTexts.Text text =
                texts.text(flow, target.revision()).orElseThrow(() -> unknown(flow, String.valueOf(target.number())));
        String file = draft.source().file();
        Validated<Flow> read = deployer.kept().read(file, text);
        Flow then = read.value()
                .orElseThrow(() -> new Refused(
                        false,
                        "Version " + target.number() + " of flow '" + flow
                                + "' cannot run with what there is now: line " + firstOf(read.problems())
                                + ". Nothing was changed: bring back what it names, or name another version."));
        String revision =
                FlowCompiler.revision(then, deployer.kept().world(text).around(flow, then.variables()));
        Held held = new Held(flow, target.revision(), Held.Why.ROLLBACK, clock.instant(), by, note);
        Done done = change(flow, held, revision, file, running(flow));
        LOG.log(System.Logger.Level.INFO, "flow {0}: back to version {1}, as {2} wanted", flow, target.number(), by);
        return new Done(done.state(), done.before(), today(flow, target.revision(), revision));
    }

    /** What a version hung on and is otherwise now. */
    private List<Change> today(String flow, String kept, String running) {
        return kept.equals(running)
                ? List.of()
                : diffs.between(
                        texts.text(flow, kept).orElseThrow(),
                        texts.text(flow, running).orElseThrow());
    }

    /**
     * One of several flows that are to run otherwise.
     *
     * @param file what the flow is known by
     * @param revision what is to run
     * @param held what is held for it; null where the file counts
     */
    record Wanted(
            String flow,
            String file,
            String revision,
            @Nullable Held held) {}

    /** Has all of them run, or leaves all as it was. @throws Refused when one of them cannot run */
    synchronized void together(List<Wanted> wanted) {
        List<Wanted> all = wanted.stream().map(this::asHeld).toList();
        List<Wanted> before = all.stream()
                .map(one -> new Wanted(one.flow(), one.file(), "", holds.of(one.flow())))
                .toList();
        Set<String> fresh = all.stream()
                .map(Wanted::flow)
                .filter(flow -> running(flow) == null)
                .collect(Collectors.toSet());
        hold(all);
        try {
            around.again().run();
        } catch (RuntimeException e) {
            hold(before); // what runs is as it was; the next generation must not be another one
            throw e;
        }
        String against = all.stream()
                .filter(one -> !one.revision().equals(running(one.flow())))
                .map(one -> "flow '" + one.flow() + "': "
                        + first(deployer.problems().getOrDefault(one.file(), List.of())))
                .collect(Collectors.joining("; "));
        if (!against.isEmpty()) {
            hold(before);
            deployer.drafts().undo(fresh);
            around.again().run();
            throw new Refused(
                    false, "Not all can run, so all is as it was: " + against + ". Mend that, and try again.");
        }
    }

    /** Since when a version is held stays as it is when it is wanted once more. */
    private Wanted asHeld(Wanted one) {
        Held now = holds.of(one.flow());
        Held held = one.held();
        return now != null && held != null && now.revision().equals(held.revision()) && now.why() == held.why()
                ? new Wanted(one.flow(), one.file(), one.revision(), now)
                : one;
    }

    private void hold(List<Wanted> all) {
        List<Held> held = all.stream()
                .flatMap(one -> Stream.ofNullable(one.held()))
                .filter(one -> !one.equals(holds.of(one.flow())))
                .toList();
        List<String> released =
                all.stream().filter(one -> one.held() == null).map(Wanted::flow).toList();
        holds.change(held, released);
    }

    /** Holds a version, or none; when what should run then does not, all is put back. */
    private Done change(String flow, @Nullable Held held, String revision, String file, @Nullable String before) {
        Held old = holds.of(flow);
        hold(flow, held);
        try {
            around.again().run();
        } catch (RuntimeException e) {
            hold(flow, old); // what runs is as it was; the next generation must not be another one
            throw e;
        }
        if (!revision.equals(running(flow))) {
            List<Problem> against = deployer.problems().getOrDefault(file, List.of());
            hold(flow, old);
            around.again().run();
            throw new Refused(
                    false, "It cannot run, so all is as it was: " + first(against) + ". Mend that, and try again.");
        }
        return new Done(state(flow).orElseThrow(), before == null ? null : number(flow, before), List.of());
    }

    private void hold(String flow, @Nullable Held held) {
        if (held == null) {
            holds.release(flow);
        } else {
            holds.hold(held);
        }
    }

    private @Nullable String running(String flow) {
        return deployer.deployed(flow)
                .map(deployed -> deployed.compiled().revision())
                .orElse(null);
    }

    private Drafts.Draft draft(String flow) {
        return deployer.drafts().file(flow).orElseThrow(() -> {
            boolean was = !texts.kept(flow, 1).isEmpty();
            return new Refused(
                    !was,
                    was
                            ? "Flow '" + flow + "' has no file any more. Bring its file back first."
                            : "There is no flow '" + flow + "'.");
        });
    }

    /** The newest version before what runs that says something else. */
    private RevisionTexts.Kept before(String flow) {
        Held held = holds.of(flow);
        String base = held == null ? running(flow) : held.revision();
        RevisionTexts.Kept now = base == null ? null : texts.one(flow, base).orElse(null);
        RevisionTexts.Text text = base == null ? null : texts.text(flow, base).orElse(null);
        return texts.kept(flow, MOST).stream()
                .filter(kept -> !kept.once() && (now == null || kept.number() < now.number()))
                .filter(kept -> text == null
                        || texts.text(flow, kept.revision())
                                .filter(other -> !other.same(text))
                                .isPresent())
                .findFirst()
                .orElseThrow(() -> new Refused(
                        false,
                        "There is no version of flow '" + flow + "' before "
                                + (now == null ? "its file" : String.valueOf(now.number())) + " to go back to."));
    }

    private RevisionTexts.Kept version(String flow, String name) {
        return VersionName.find(texts, flow, name).orElseThrow(() -> unknown(flow, name));
    }

    private Refused unknown(String flow, String name) {
        String newest = texts.kept(flow, NAMED).stream()
                .map(kept -> String.valueOf(kept.number()))
                .collect(Collectors.joining(", "));
        return new Refused(
                true,
                "There is no version " + VersionName.quoted(name) + " of flow '" + flow + "'. "
                        + (newest.isEmpty() ? "None is kept." : "Newest first there are: " + newest + "."));
    }

    private static String first(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .findFirst()
                .map(Problem::toString)
                .map(text -> text.lines().findFirst().orElse(""))
                .orElse("see its problems");
    }

    /** A problem of a text that stands in no file now. */
    private static String firstOf(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .findFirst()
                .map(problem -> problem.at().line() + ": " + problem.what() + " [" + problem.code() + "]")
                .orElse("");
    }

    @Override
    public String once(String flow, UnaryOperator<String> change, @Nullable String by, String note) {
        String running = running(flow);
        RevisionTexts.Text now =
                running == null ? null : texts.text(flow, running).orElse(null);
        if (running == null || now == null) {
            throw new Refused(false, "No version of flow '" + flow + "' runs.");
        }
        String text = change.apply(now.text());
        if (text.equals(now.text())) {
            return running;
        }
        // Said in the text, so that it is no version that a deployment has, also where somebody writes the same into
        // the file.
        String marked = text + (text.endsWith("\n") ? "" : "\n") + "# " + note.replaceAll("\\R", " ") + "\n";
        RevisionTexts.Text other =
                new RevisionTexts.Text(now.file() + RevisionTexts.Kept.ONCE, marked, now.scripts(), null);
        Validated<Flow> read = deployer.kept().read(other);
        Flow made = read.value()
                .orElseThrow(() -> new Refused(false, "It could not run so: line " + firstOf(read.problems())));
        Surroundings world = deployer.kept().world(other).around(made.id(), made.variables());
        String revision = FlowCompiler.revision(made, world);
        texts.keep(flow, revision, FlowCompiler.text(made, world));
        texts.describe(flow, revision, by, note);
        return revision;
    }

    @Override
    public Diff diff(String flow, String from, String to) {
        VersionDiffs.Content old = content(flow, from);
        VersionDiffs.Content now = content(flow, to);
        return diffs.of(old, now);
    }

    @Override
    public RevisionTexts.Text text(String flow, String name) {
        return content(flow, name).text();
    }

    private VersionDiffs.Content content(String flow, String name) {
        if (name.equals(FILE)) {
            return VersionDiffs.content(draft(flow));
        }
        if (name.equals(RUNNING)) {
            String running = running(flow);
            if (running == null) {
                draft(flow);
                throw new Refused(false, "No version of flow '" + flow + "' runs.");
            }
            return content(flow, running);
        }
        RevisionTexts.Kept kept = version(flow, name);
        return texts.text(flow, kept.revision())
                .map(text -> new VersionDiffs.Content("version " + kept.number(), text))
                .orElseThrow(() -> unknown(flow, name));
    }
}
