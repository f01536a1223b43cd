package io.patchbay.route;

import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentFile;
import io.patchbay.environment.EnvironmentText;
import io.patchbay.environment.FlowIn;
import io.patchbay.environment.FlowNames.Kind;
import io.patchbay.flow.Flow;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.script.ScriptLibrary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out what bringing flows into an environment does. Nothing is changed by it. Not safe for use by several threads. */
final class EnvironmentPlan {

    private static final String ID_BEGINS = "1";

    private final FlowDeployer deployer;
    private final FlowVersions versions;
    private final RevisionTexts texts;
    private final Environments.Credentials credentials;
    private final Environments.Wanted wanted;
    private final Environment environment;
    private final List<Environments.Step> steps = new ArrayList<>();
    private final List<Version> made = new ArrayList<>();
    private final Map<String, Set<String>> instances = new TreeMap<>();
    private final Map<String, Set<String>> secrets = new TreeMap<>();

    /**
     * A version that is to run.
     *
     * @param text what is kept of it
     * @param told how a problem of it is told
     */
    record Version(Flow flow, String revision, RevisionTexts.Text text, UnaryOperator<Problem> told) {}

    /** Where a flow's text comes from. */
    private record Taken(
            String text,
            List<ScriptLibrary.Source> scripts,
            @Nullable Integer number) {}

    EnvironmentPlan(
            FlowDeployer deployer,
            FlowVersions versions,
            RevisionTexts texts,
            Environments.Credentials credentials,
            Environments.Wanted wanted,
            Environment environment,
            Set<String> flows) {
        this.deployer = deployer;
        this.versions = versions;
        this.texts = texts;
        this.credentials = credentials;
        this.wanted = wanted;
        this.environment = environment;
        flows.forEach(this::add);
        together();
    }

    /** What they want of ids, URLs and each other, beside all that runs already. */
    private void together() {
        Map<String, Version> own = new LinkedHashMap<>();
        made.forEach(version -> own.put(version.flow().id(), version));
        FlowSet set = new FlowSet();
        deployer.deployed().forEach((id, compiled) -> {
            if (!own.containsKey(id)) {
                set.keep(compiled.flow());
            }
        });
        Map<String, List<Problem>> against = new HashMap<>();
        own.forEach((id, version) -> against.put(id, set.add(version.flow())));
        own.forEach((id, version) -> {
            if (against.getOrDefault(id, List.of()).isEmpty()) {
                against.put(id, set.calls(version.flow()));
            }
        });
        steps.replaceAll(step -> {
            Version version = own.get(step.id());
            return version == null
                    ? step
                    : step.against(against.getOrDefault(step.id(), List.of()).stream()
                            .map(version.told())
                            .toList());
        });
    }

    Environment environment() {
        return environment;
    }

    /** What is to run, also where it runs already: who takes another version meanwhile must not be left half done. */
    List<Version> versions() {
        return List.copyOf(made);
    }

    Environments.Plan plan() {
        List<Environments.Missing> missing = new ArrayList<>();
        instances.forEach((instance, flows) -> credentials
                .missing(instance)
                .forEach((setting, secret) ->
                        missing.add(new Environments.Missing(secret, instance, setting, List.copyOf(flows)))));
        secrets.forEach((secret, flows) -> {
            if (credentials.lacks(secret)) {
                missing.add(new Environments.Missing(secret, null, null, List.copyOf(flows)));
            }
        });
        return new Environments.Plan(id(missing), wanted, steps, missing);
    }

    /** Made of all that is shown, and of the versions behind it; ids of flows and environments begin with a letter, this does not. */
    private String id(List<Environments.Missing> missing) {
        Map<String, String> revisions = new HashMap<>();
        made.forEach(version -> revisions.put(version.flow().id(), version.revision()));
        List<@Nullable Object> all = new ArrayList<>();
        all.add(environment.id());
        all.add(wanted.from());
        all.add(environment.said().deploy());
        for (Environments.Step step : steps) {
            all.add(step.id());
            all.add(step.action());
            all.add(step.taken());
            all.add(revisions.get(step.id()));
            all.add(deployer.deployed(step.id())
                    .map(deployed -> deployed.compiled().revision())
                    .orElse(null));
            all.add(step.problems());
            new TreeMap<>(step.kept()).forEach((kind, names) -> all.add(kind + " " + new TreeSet<>(names)));
        }
        missing.stream().map(String::valueOf).sorted().forEach(all::add);
        byte[] text = all.stream()
                .map(String::valueOf)
                .map(one -> one.length() + ":" + one)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        return ID_BEGINS + FlowCompiler.digitsOf(text);
    }

    private void add(String base) {
        String from = wanted.from();
        if (from == null) {
            file(base);
        } else {
            promoted(base, from);
        }
    }

    /** What the files say now. */
    private void file(String base) {
        String id = environment.flow(base);
        Drafts.Draft draft = deployer.drafts().file(id).orElse(null);
        String revision = draft == null ? null : versions.revision(draft);
        if (draft == null || draft.flow() == null || draft.around() == null || revision == null) {
            List<Problem> against = draft == null
                    ? deployer.problems().getOrDefault(environment.file(base), List.of())
                    : draft.problems();
            refuse(base, null, against.isEmpty() ? List.of(unknown(base)) : against);
            return;
        }
        String origin = draft.source().provenance().origin();
        String text = origin == null ? draft.source().text() : origin;
        done(
                base,
                null,
                new Version(
                        draft.flow(),
                        revision,
                        deployer.text(draft.flow(), draft.around()),
                        draft.source().provenance()::told),
                draft.problems(),
                EnvironmentText.of(draft.source().file(), text, environment, flowIn(base)));
    }

    private Problem unknown(String base) {
        return error(base, "UNKNOWN_FLOW", "there is no flow '" + base + "' that is right", "mend or bring its file");
    }

    private Problem error(String base, String code, String what, String hint) {
        return new Problem(flowIn(base).at(), Problem.Severity.ERROR, code, what, hint);
    }

    private FlowIn flowIn(String base) {
        return Objects.requireNonNull(environment.flows().get(base));
    }

    /** What runs in another environment, with the names of this one. */
    private void promoted(String base, String from) {
        Taken taken = taken(base, from);
        if (taken == null) {
            refuse(
                    base,
                    null,
                    List.of(error(
                            base,
                            "NOT_RUNNING",
                            "flow '" + base + "' does not run in '" + from + "'",
                            from.equals(EnvironmentFile.BASE)
                                    ? "mend its file, or deploy it"
                                    : "deploy it there first: patchbay environment deploy " + from + " " + base)));
            return;
        }
        String file = environment.file(base);
        EnvironmentText text = EnvironmentText.of(file, taken.text(), environment, flowIn(base));
        RevisionTexts.Text kept = new RevisionTexts.Text(file, text.text(), taken.scripts(), null);
        Validated<Flow> read = deployer.kept().read(file, kept);
        List<Problem> problems = new ArrayList<>();
        text.problems().forEach(problem -> problems.add(told(problem, taken, base)));
        read.problems().forEach(problem -> problems.add(told(problem, taken, base)));
        Flow flow = read.value().orElse(null);
        if (flow == null || !text.problems().isEmpty()) {
            refuse(base, taken.number(), problems);
            return;
        }
        var around = deployer.kept().world(kept).around(flow.id(), flow.variables());
        Version version = new Version(
                flow,
                FlowCompiler.revision(flow, around),
                FlowCompiler.text(flow, around).madeOf(taken.text()),
                problem -> told(problem, taken, base));
        done(base, taken.number(), version, problems, text);
    }

    /** A problem of a version stands in no file: it is told of the version, at the place that names the flow. */
    private Problem told(Problem problem, Taken taken, String base) {
        Location at = flowIn(base).at();
        return new Problem(
                new Location(environment.file(), at.line(), at.column()),
                problem.severity(),
                problem.code(),
                "version " + taken.number() + " of flow '" + base + "' in '" + wanted.from() + "', line "
                        + problem.at().line() + ": " + problem.what(),
                problem.hint());
    }

    private @Nullable Taken taken(String base, String from) {
        boolean outside = from.equals(EnvironmentFile.BASE);
        String id = outside ? base : Environment.flow(base, from);
        String running = deployer.deployed(id)
                .map(deployed -> deployed.compiled().revision())
                .orElse(null);
        RevisionTexts.Text text =
                running == null ? null : texts.text(id, running).orElse(null);
        if (running == null || text == null) {
            return null;
        }
        String origin = outside ? text.text() : text.origin();
        return origin == null ? null : new Taken(origin, text.scripts(), versions.number(id, running));
    }

    private void refuse(String base, @Nullable Integer taken, List<Problem> problems) {
        steps.add(new Environments.Step(
                base, environment.flow(base), Environments.Action.REFUSED, taken, now(base), problems, Map.of()));
    }

    private @Nullable Integer now(String base) {
        String id = environment.flow(base);
        return deployer.deployed(id)
                .map(deployed -> versions.number(id, deployed.compiled().revision()))
                .orElse(null);
    }

    private void done(
            String base, @Nullable Integer taken, Version version, List<Problem> problems, EnvironmentText text) {
        String id = version.flow().id();
        boolean runs = deployer.deployed(id)
                .map(deployed -> deployed.compiled().revision().equals(version.revision()))
                .orElse(false);
        made.add(version);
        text.named(Kind.INSTANCE).forEach(name -> note(name, id, instances));
        text.named(Kind.SECRET).forEach(name -> note(name, id, secrets));
        steps.add(new Environments.Step(
                base,
                id,
                runs ? Environments.Action.NOTHING : Environments.Action.DEPLOY,
                taken,
                now(base),
                problems,
                text.kept()));
    }

    private static void note(String name, String flow, Map<String, Set<String>> by) {
        by.computeIfAbsent(name, any -> new TreeSet<>()).add(flow);
    }
}
