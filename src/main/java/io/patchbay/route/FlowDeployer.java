package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.run.Entrance;
import io.patchbay.run.Entrances;
import io.patchbay.shape.Surroundings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.model.ModelCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Takes generations of flow files into the running Camel context: what is new or changed is compiled and started first, then
 * all is repointed at once, then the old revisions take no new runs and go when their last one ends. A file with a problem
 * leaves its last good version where it is. Of two flows that want the same id or path the one has it that was deployed
 * first, also after a restart; the error is the other one's.
 */
public final class FlowDeployer implements Entrances {

    private final ModelCamelContext context;
    private final FlowReader reader;
    private final FlowCompiler compiler;
    private final RevisionTexts texts;

    private final Map<String, Revision> older = new ConcurrentHashMap<>();
    private volatile Map<String, Revision> active = Map.of();
    private volatile Map<String, List<Problem>> problems = Map.of();
    private volatile FlowReader.World world = (flow, variables) -> {
        throw new IllegalStateException("no generation was taken yet");
    };

    /** A deployer into a context. */
    public FlowDeployer(ModelCamelContext context, FlowReader reader, FlowCompiler compiler, RevisionTexts texts) {
        this.context = context;
        this.reader = reader;
        this.compiler = compiler;
        this.texts = texts;
    }

    /** A flow file. */
    public record Source(String file, String text) {}

    /**
     * Takes a generation.
     *
     * @param sources all flow files there are now
     * @param newWorld what names in them lead to
     * @return problems by file, for files that have some
     */
    public synchronized Map<String, List<Problem>> apply(Collection<Source> sources, FlowReader.World newWorld) {
        world = newWorld;
        Map<String, List<Problem>> found = new LinkedHashMap<>();
        Map<String, Revision> next = new LinkedHashMap<>();
        FlowSet set = new FlowSet();
        for (Read read : inOrder(sources)) {
            List<Problem> of = new ArrayList<>(read.flow.problems());
            Flow flow = read.flow.value().orElse(null);
            Revision revision = flow == null ? null : deployable(flow, set, of);
            if (flow != null && revision != null) {
                next.put(flow.id(), revision);
            } else if (read.running != null) {
                set.keep(read.running.compiled().flow());
                next.putIfAbsent(read.running.flow(), read.running);
            }
            if (!of.isEmpty()) {
                found.put(read.source.file(), List.copyOf(of));
            }
        }
        repoint(next);
        problems = Map.copyOf(found);
        return found;
    }

    private @Nullable Revision deployable(Flow flow, FlowSet set, List<Problem> problems) {
        List<Problem> taken = set.add(flow);
        problems.addAll(taken);
        return taken.isEmpty() ? revision(flow, world.around(flow.id(), flow.variables()), problems) : null;
    }

    /**
     * A file that was read.
     *
     * @param running what runs from this file
     * @param since when its flow was deployed first, for flows that do not run
     */
    private record Read(
            Source source, Validated<Flow> flow, @Nullable Revision running, Instant since) {

        private int rank() {
            // What goes on as it is, because its file is bad, before what may look for another path.
            return running == null ? 2 : flow.value().isPresent() ? 1 : 0;
        }
    }

    /** Those that run before those that do not, those that were deployed before others; the rest in the order of the files. */
    private List<Read> inOrder(Collection<Source> sources) {
        Map<String, Revision> byFile = new HashMap<>();
        active.values()
                .forEach(revision -> byFile.put(revision.compiled().flow().file(), revision));
        return sources.stream()
                .map(source -> {
                    Validated<Flow> flow = reader.read(source.file(), source.text(), world);
                    Revision running = byFile.get(source.file());
                    Instant since = running != null
                            ? Instant.MIN
                            : flow.value()
                                    .flatMap(read -> texts.since(read.id()))
                                    .orElse(Instant.MAX);
                    return new Read(source, flow, running, since);
                })
                .sorted(Comparator.comparingInt(Read::rank).thenComparing(Read::since))
                .toList();
    }

    private @Nullable Revision revision(Flow flow, Surroundings around, List<Problem> problems) {
        Revision now = active.get(flow.id());
        String revision = FlowCompiler.revision(flow, around);
        if (now != null
                && now.revision().equals(revision)
                && now.compiled().flow().file().equals(flow.file())) {
            return now;
        }
        Revision before = older.get(flow.id() + "@" + revision);
        if (before != null && before.revive()) {
            return before;
        }
        try {
            Revision deployed = Revision.deploy(context, compiler, compiler.compile(flow, around), around);
            texts.keep(flow.id(), revision, flow.file(), flow.text());
            return deployed;
        } catch (Exception e) {
            problems.add(new Problem(
                    new Location(flow.file(), 1, 1),
                    Problem.Severity.ERROR,
                    "CANNOT_DEPLOY",
                    "Camel refuses the flow: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
                    null));
            return null;
        }
    }

    private void repoint(Map<String, Revision> next) {
        Map<String, Revision> before = active;
        before.values().stream()
                .filter(revision -> next.get(revision.flow()) != revision)
                .forEach(revision -> older.put(revision.compiled().routeId(), revision));
        active = Map.copyOf(next);
        before.values().stream()
                .filter(revision -> next.get(revision.flow()) != revision)
                .forEach(Revision::retire);
        older.values().removeIf(revision -> !revision.revivable());
    }

    /** The active revisions by flow id. */
    public Map<String, CompiledFlow> deployed() {
        Map<String, CompiledFlow> all = new LinkedHashMap<>();
        active.values().forEach(revision -> all.put(revision.flow(), revision.compiled()));
        return all;
    }

    /** Whether anything follows the answer in a revision. */
    public boolean hasTail(String flow, String revision) {
        Revision found = find(flow, revision);
        return found != null && found.compiled().tail() != null;
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
        Revision before = older.get(flow + "@" + revision);
        return before != null && before.revivable() ? before : again(flow, revision);
    }

    /** Compiles a revision that is not deployed any more from its kept text; today's connectors are under it. */
    private synchronized @Nullable Revision again(String flow, String revision) {
        Revision before = older.get(flow + "@" + revision);
        if (before != null && before.revivable()) {
            return before;
        }
        Revision now = active.get(flow);
        RevisionTexts.Text kept = texts.text(flow, revision).orElse(null);
        if (kept == null) {
            return now;
        }
        Flow read = reader.read(kept.file(), kept.text(), world).value().orElse(null);
        if (read == null) {
            return now;
        }
        Surroundings around = world.around(flow, read.variables());
        CompiledFlow compiled = compiler.compile(read, around);
        if (now != null && now.revision().equals(compiled.revision())) {
            return now;
        }
        try {
            Revision deployed = Revision.deploy(context, compiler, compiled, around);
            older.put(flow + "@" + revision, deployed);
            deployed.retireAfterFirst();
            return deployed;
        } catch (Exception e) {
            throw new IllegalStateException("revision " + flow + "@" + revision + " cannot be deployed again", e);
        }
    }
}
