package io.patchbay.route;

import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentFile;
import io.patchbay.environment.EnvironmentSet;
import io.patchbay.environment.PackageFile;
import io.patchbay.flow.Flow;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The environments of the flows that a deployer deploys. */
public final class FlowEnvironments implements Environments {

    private static final System.Logger LOG = System.getLogger(FlowEnvironments.class.getName());

    private final FlowDeployer deployer;
    private final FlowVersions versions;
    private final RevisionTexts texts;
    private final Parts parts;
    private final VersionDiffs diffs;

    /**
     * What it needs of the runtime.
     *
     * @param files the environments of the files that were taken last
     * @param look takes what is in the folders now
     */
    public record Parts(Supplier<EnvironmentSet> files, Runnable look, Credentials credentials, Clock clock) {}

    /** Environments as files say them. */
    public FlowEnvironments(FlowDeployer deployer, FlowVersions versions, RevisionTexts texts, Parts parts) {
        this.deployer = deployer;
        this.versions = versions;
        this.texts = texts;
        this.parts = parts;
        this.diffs = new VersionDiffs(deployer);
    }

    @Override
    public List<View> list() {
        return parts.files().get().environments().values().stream()
                .map(this::view)
                .toList();
    }

    @Override
    public List<Environment> files() {
        return List.copyOf(parts.files().get().environments().values());
    }

    @Override
    public Optional<View> environment(String id) {
        return Optional.ofNullable(parts.files().get().environments().get(id)).map(this::view);
    }

    private View view(Environment environment) {
        List<String> ids = environment.ids().stream().map(environment::flow).toList();
        Map<String, Versions.State> states = versions.states(ids);
        return new View(
                environment,
                environment.ids().stream()
                        .map(base -> new FlowView(base, environment.flow(base), states.get(environment.flow(base))))
                        .toList());
    }

    @Override
    public List<PackageFile> packages() {
        return List.copyOf(parts.files().get().packages().values());
    }

    @Override
    public Plan plan(Wanted wanted) {
        parts.look().run(); // what is shown is what a deployment would find now
        return planned(wanted).plan();
    }

    @Override
    public synchronized Plan deploy(Wanted wanted, Consumer<Plan> seen, @Nullable String by, @Nullable String note) {
        parts.look().run();
        EnvironmentPlan planned = planned(wanted);
        Plan plan = planned.plan();
        seen.accept(plan);
        if (!plan.possible()) {
            throw new Versions.Refused(false, against(plan));
        }
        List<FlowVersions.Wanted> all = new ArrayList<>();
        for (EnvironmentPlan.Version version : planned.versions()) {
            String flow = version.flow().id();
            Held held = planned.environment().said().deploy() == Flow.Deploy.MANUAL
                    ? new Held(
                            flow,
                            version.revision(),
                            Held.Why.DEPLOY,
                            parts.clock().instant(),
                            by,
                            note)
                    : null;
            if (held != null) {
                texts.keep(flow, version.revision(), version.text());
            }
            all.add(new FlowVersions.Wanted(flow, version.text().file(), version.revision(), held));
        }
        versions.together(all);
        planned.versions().forEach(version -> texts.describe(version.flow().id(), version.revision(), by, note));
        LOG.log(
                System.Logger.Level.INFO,
                "environment {0}: {1} {2}, as {3} wanted",
                wanted.environment(),
                all.stream().map(FlowVersions.Wanted::flow).collect(Collectors.joining(", ")),
                wanted.from() == null ? "deployed from files" : "promoted from " + wanted.from(),
                by);
        return plan;
    }

    private EnvironmentPlan planned(Wanted wanted) {
        EnvironmentSet set = parts.files().get();
        Environment environment = known(wanted.environment(), set);
        if (wanted.from() != null) {
            if (wanted.from().equals(wanted.environment())) {
                throw new Versions.Refused(
                        false, "'" + wanted.from() + "' cannot be promoted into itself: deploy takes its files.");
            }
            if (!wanted.from().equals(EnvironmentFile.BASE)) {
                known(wanted.from(), set);
            }
            if (environment.said().deploy() == Flow.Deploy.AUTO) {
                throw new Versions.Refused(
                        false,
                        "Environment '" + environment.id()
                                + "' takes its files as soon as they are right (deploy: auto), so nothing can be promoted into it."
                                + " Write deploy: manual in " + environment.file() + ".");
            }
        }
        return new EnvironmentPlan(
                deployer, versions, texts, parts.credentials(), wanted, environment, chosen(wanted, environment, set));
    }

    /** The flows that are meant, in the order of the environment. */
    private static Set<String> chosen(Wanted wanted, Environment environment, EnvironmentSet set) {
        Set<String> named = new LinkedHashSet<>();
        wanted.flows().forEach(flow -> named.add(Environment.base(flow)));
        if (wanted.pack() != null) {
            PackageFile pack = set.packages().get(wanted.pack());
            if (pack == null) {
                throw unknown("package", wanted.pack(), set.packages().keySet());
            }
            named.addAll(pack.flows());
        }
        for (String flow : named) {
            if (!environment.ids().contains(flow)) {
                throw new Versions.Refused(
                        false,
                        "Flow '" + flow + "' is not in environment '" + environment.id()
                                + "'. Name it under 'flows' in " + environment.file() + ".");
            }
        }
        Set<String> chosen = new LinkedHashSet<>(environment.ids());
        if (!named.isEmpty()) {
            chosen.retainAll(named);
        }
        if (chosen.isEmpty()) {
            throw new Versions.Refused(
                    false,
                    "Environment '" + environment.id() + "' has no flows. Name them under 'flows' in "
                            + environment.file() + ".");
        }
        return chosen;
    }

    private static Environment known(String id, EnvironmentSet set) {
        Environment environment = set.environments().get(id);
        if (environment == null) {
            throw unknown("environment", id, set.environments().keySet());
        }
        return environment;
    }

    private static Versions.Refused unknown(String what, String id, Set<String> known) {
        String hint = DidYouMean.nearest(id, known)
                .map(near -> " Did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? " There are none." : " There are " + String.join(", ", known) + ".");
        return new Versions.Refused(true, "There is no " + what + " " + VersionName.quoted(id) + "." + hint);
    }

    /** All that speaks against it, so that all can be mended before it is tried again. */
    private static String against(Plan plan) {
        List<String> all = new ArrayList<>();
        plan.missing()
                .forEach(one -> all.add("secret '" + one.secret() + "' is not there"
                        + (one.instance() == null
                                ? ", which " + String.join(", ", one.flows()) + " names"
                                : ", which the setting '" + one.setting() + "' of instance '" + one.instance()
                                        + "' reads")));
        plan.steps().stream()
                .flatMap(step -> step.problems().stream())
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .forEach(problem -> all.add(problem.at() + ": " + problem.what() + " [" + problem.code() + "]"));
        return "Nothing was changed in environment '" + plan.wanted().environment() + "': " + String.join("; ", all)
                + ". Mend that, and try again.";
    }

    @Override
    public Comparison diff(String from, String to) {
        EnvironmentSet set = parts.files().get();
        Environment before = from.equals(EnvironmentFile.BASE) ? null : known(from, set);
        Environment after = to.equals(EnvironmentFile.BASE) ? null : known(to, set);
        Set<String> bases = new TreeSet<>();
        for (Environment one : new Environment[] {before, after}) {
            if (one != null) {
                bases.addAll(one.ids());
            }
        }
        List<FlowDiff> flows = bases.stream()
                .map(base -> {
                    String left = id(base, before);
                    String right = id(base, after);
                    boolean inFrom = before == null || before.ids().contains(base);
                    boolean inTo = after == null || after.ids().contains(base);
                    return new FlowDiff(
                            base,
                            inFrom,
                            inTo,
                            number(left),
                            number(right),
                            diff(from, left, to, right),
                            inFrom && inTo && running(left) == null && running(right) == null);
                })
                .toList();
        return new Comparison(from, to, settings(before, after), flows);
    }

    private static String id(String base, @Nullable Environment environment) {
        return environment == null ? base : environment.flow(base);
    }

    private @Nullable String running(String flow) {
        return deployer.deployed(flow)
                .map(deployed -> deployed.compiled().revision())
                .orElse(null);
    }

    private @Nullable Integer number(String flow) {
        String running = running(flow);
        return running == null ? null : versions.number(flow, running);
    }

    private Versions.@Nullable Diff diff(String from, String left, String to, String right) {
        RevisionTexts.Text old = origin(left);
        RevisionTexts.Text now = origin(right);
        return old == null || now == null
                ? null
                : diffs.of(new VersionDiffs.Content(from, old), new VersionDiffs.Content(to, now));
    }

    /** What runs of a flow, as it was before the environment's names came into it. */
    private RevisionTexts.@Nullable Text origin(String flow) {
        String running = running(flow);
        RevisionTexts.Text text =
                running == null ? null : texts.text(flow, running).orElse(null);
        if (text == null) {
            return null;
        }
        String origin = text.origin();
        String file = text.file();
        return new RevisionTexts.Text(file, origin == null ? text.text() : origin, text.scripts(), null);
    }

    private static List<Replaced> settings(@Nullable Environment from, @Nullable Environment to) {
        Map<String, String> before = replaced(from);
        Map<String, String> after = replaced(to);
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        return all.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .map(key -> new Replaced(
                        key.substring(0, key.indexOf('.')),
                        key.substring(key.indexOf('.') + 1),
                        before.get(key),
                        after.get(key)))
                .toList();
    }

    private static Map<String, String> replaced(@Nullable Environment environment) {
        Map<String, String> all = new TreeMap<>();
        if (environment != null) {
            EnvironmentFile said = environment.said();
            said.replace()
                    .names()
                    .forEach((kind, names) -> names.forEach((name, other) -> all.put(kind + "." + name, other)));
            said.replace().variables().forEach((name, value) -> all.put("variables." + name, value.toString()));
            environment
                    .flows()
                    .forEach((id, flow) -> flow.said()
                            .variables()
                            .forEach((name, value) -> all.put("variables." + id + ": " + name, value.toString())));
        }
        return all;
    }
}
