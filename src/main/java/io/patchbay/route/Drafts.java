package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a flow's file is to run: its content, or a version that is held in its place. What a file says that is not taken is a
 * draft: checked, shown, and deployed when somebody wants it. Not safe for use by several threads, but for {@link #file}.
 */
final class Drafts {

    private final FlowReader reader;
    private final KeptFlows kept;
    private final Holds holds;
    private final Flow.Deploy usual;
    private final Clock clock;

    private Map<String, Draft> next = new HashMap<>();
    private volatile Map<String, Draft> drafts = Map.of();
    private volatile Set<String> undone = Set.of();

    /**
     * Decides by what is held.
     *
     * @param usual what holds for flows that say nothing
     */
    Drafts(FlowReader reader, KeptFlows kept, Holds holds, Flow.Deploy usual, Clock clock) {
        this.reader = reader;
        this.kept = kept;
        this.holds = holds;
        this.usual = usual;
        this.clock = clock;
    }

    /**
     * What a flow's file says now.
     *
     * @param source the file
     * @param flow what it holds; null when it is not right
     * @param around what it would be compiled in; null when it is not right
     * @param problems what is wrong with it
     * @param deploy whether it waits to be deployed
     */
    record Draft(
            FlowDeployer.Source source,
            @Nullable Flow flow,
            @Nullable Surroundings around,
            List<Problem> problems,
            Flow.Deploy deploy) {}

    /** Begins a generation. */
    void begin() {
        next = new HashMap<>();
    }

    /** Ends it: what was decided in it is seen from now on. */
    void end() {
        drafts = Map.copyOf(next);
        undone = Set.of();
    }

    /** Takes back that these flows were deployed, which ran never before: the next generation is as if they did not run now. */
    void undo(Set<String> flows) {
        undone = Set.copyOf(flows);
    }

    /** What the file of a flow says; empty when there is none, or none of which it is known whose it is. */
    Optional<Draft> file(String flow) {
        return Optional.ofNullable(drafts.get(flow));
    }

    /** All flows that have files. */
    Map<String, Draft> all() {
        return drafts;
    }

    /**
     * What a file wants in this generation.
     *
     * @param runs what runs from the file
     * @param homeless what runs from files that are gone, by flow: a file may have another name now
     */
    Claims.Claim claim(
            FlowDeployer.Source source,
            @Nullable Revision runs,
            Map<String, Revision> homeless,
            FlowReader.World world) {
        Revision running = runs != null && undone.contains(runs.flow()) ? null : runs;
        Validated<Flow> read = reader.read(source.file(), source.text(), world);
        Flow flow = read.value().orElse(null);
        String id = flow != null ? flow.id() : running != null ? running.flow() : heldFrom(source.file());
        if (id == null) {
            return new Claims.Claim(source.file(), null, read.problems(), world, running);
        }
        Revision before = running == null ? homeless.get(id) : running;
        Flow.Deploy deploy = deploy(id, source.file(), flow, before);
        Surroundings around = flow == null ? null : world.around(id, flow.variables());
        next.putIfAbsent(id, new Draft(source, flow, around, source.told(read.problems()), deploy));
        Held held = held(id, deploy, before);
        if (held != null) {
            return held(held, source.file(), read.problems(), running);
        }
        return new Claims.Claim(
                source.file(), deploy == Flow.Deploy.MANUAL ? null : flow, read.problems(), world, running);
    }

    /**
     * A file that waits to be deployed cannot say in the same breath that it does not: what ran before it says so. Only when nothing is held
     * any more, its file was deployed, perhaps on another replica.
     */
    private Flow.Deploy deploy(String id, String file, @Nullable Flow flow, @Nullable Revision before) {
        if (flow != null && manual(flow)) {
            return Flow.Deploy.MANUAL;
        }
        Held held = holds.of(id);
        if (before == null) {
            return held != null && guards(held, file) ? Flow.Deploy.MANUAL : Flow.Deploy.AUTO;
        }
        boolean letGo = flow != null && held == null && before.flow().equals(id);
        return manual(before.compiled().flow()) && !letGo ? Flow.Deploy.MANUAL : Flow.Deploy.AUTO;
    }

    /** Whether a version is held that says that its flow waits to be deployed; one that cannot be read may say so. */
    private boolean guards(Held held, String file) {
        return held.why().onlyWhileManual()
                && kept.text(held.flow(), held.revision())
                        .flatMap(text -> kept.read(file, text).value())
                        .map(this::manual)
                        .orElse(true);
    }

    /** Whether a flow says that it waits to be deployed. */
    boolean manual(Flow flow) {
        Flow.Deploy own = flow.deploy();
        return (own == null ? usual : own) == Flow.Deploy.MANUAL;
    }

    private @Nullable Held held(String flow, Flow.Deploy deploy, @Nullable Revision running) {
        Held held = holds.of(flow);
        if (deploy == Flow.Deploy.MANUAL) {
            return held != null || running == null || !running.flow().equals(flow)
                    ? held
                    : holds.pin(new Held(flow, running.revision(), Held.Why.PINNED, clock.instant(), null, null));
        }
        if (held != null && held.why().onlyWhileManual()) {
            holds.release(flow);
            return null;
        }
        return held;
    }

    /** The flow whose held version stood in a file that nobody can tell the flow of any more. */
    private @Nullable String heldFrom(String file) {
        return holds.all().values().stream()
                .filter(held -> kept.text(held.flow(), held.revision())
                        .filter(text -> text.file().equals(file))
                        .isPresent())
                .map(Held::flow)
                .findFirst()
                .orElse(null);
    }

    private Claims.Claim held(Held held, String file, List<Problem> draft, @Nullable Revision running) {
        RevisionTexts.Text text = kept.text(held.flow(), held.revision()).orElse(null);
        if (text == null) {
            List<Problem> gone = List.of(problem(
                    file,
                    "version " + held.revision() + " of flow '" + held.flow() + "' is held, and is not kept any more",
                    "'patchbay deploy " + held.flow() + "' takes the file"));
            return new Claims.Claim(file, null, both(draft, gone), kept.worldNow(), running);
        }
        Validated<Flow> read = kept.read(file, text);
        List<Problem> against = read.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(problem -> problem(
                        file,
                        "version " + held.revision() + " of flow '" + held.flow()
                                + "' is held, and cannot run with what there is now: line "
                                + problem.at().line() + ": " + problem.what() + " [" + problem.code() + "]",
                        "bring back what it names, or deploy the file with 'patchbay deploy " + held.flow() + "'"))
                .toList();
        return new Claims.Claim(file, read.value().orElse(null), both(draft, against), kept.world(text), running);
    }

    private static Problem problem(String file, String what, String hint) {
        return new Problem(new Location(file, 1, 1), Problem.Severity.ERROR, "HELD_VERSION", what, hint);
    }

    private static List<Problem> both(List<Problem> first, List<Problem> second) {
        List<Problem> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
