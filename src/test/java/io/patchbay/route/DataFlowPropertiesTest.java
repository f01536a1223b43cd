package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What holds for any flow: streamed and staged, each shape does the same in the same order, and that is what {@link FlowModel}
 * says. Flows are made up: pulls, cuts, filters, routes, branches, tries, shapes that work once, and shapes that share a variable.
 */
class DataFlowPropertiesTest {

    private static final String STREAMED = "{ delivery: streamed }";
    private static final String STAGED = "{ delivery: staged }";

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static FlowFixture flows;
    private static Path folder;

    @BeforeContainer
    static void start() throws IOException {
        folder = Files.createTempDirectory("data-flow");
        flows = new FlowFixture();
        flows.bucketMemory = 500; // some buckets stay in memory, others go to disk
        flows.start(folder);
    }

    @AfterContainer
    static void stop() throws IOException {
        flows.close();
        try (var left = Files.walk(folder)) {
            left.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    @Property(tries = 60)
    void withoutFailuresEachShapeDoesTheSameStreamedAndStaged(@ForAll("flowsThatWork") List<FlowTree> flow)
            throws Exception {
        FlowModel model = FlowModel.of(flow);

        for (String settings : List.of(STREAMED, STAGED)) {
            RunRecord record = run(flow, settings);

            assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertSame(flow, settings, model);
        }
    }

    @Property(tries = 60)
    void aFailureThatIsCaughtOrSkippedKeepsNoOtherPayloadFromGoingOn(
            @ForAll("flowsWhoseFailuresEndNothing") List<FlowTree> flow) throws Exception {
        FlowModel model = FlowModel.of(flow);

        for (String settings : List.of(STREAMED, STAGED)) {
            run(flow, settings);

            assertSame(flow, settings, model);
        }
    }

    @Property(tries = 60)
    void aFailureThatStopsTheRunLeavesAPrefixOfWhatEachShapeWouldHaveDone(@ForAll("flowsThatStop") List<FlowTree> flow)
            throws Exception {
        FlowModel whole = FlowModel.of(withoutFailures(flow));
        FlowModel broken = FlowModel.of(flow);

        run(flow, STAGED);
        assertSame(flow, STAGED, broken);
        RunRecord record = run(flow, STREAMED);

        assertThat(record.status() == RunStatus.SUCCEEDED).isEqualTo(!broken.stopped);
        Map<String, List<String>> streamed = byShape(flow, flows.shapes.effects);
        byShape(flow, whole.effects).forEach((shape, effects) -> {
            List<String> done = streamed.get(shape);
            assertThat(done).as(shape).isEqualTo(effects.subList(0, Math.min(done.size(), effects.size())));
        });
    }

    /** Each shape did what the model says, in its order; the first that did not is told. */
    private static void assertSame(List<FlowTree> flow, String settings, FlowModel model) {
        Map<String, List<String>> expected = byShape(flow, model.effects);
        byShape(flow, flows.shapes.effects)
                .forEach((shape, effects) -> assertThat(effects)
                        .as("'%s' of the flow with %s:%n%s", shape, settings, FlowTree.text(flow, settings))
                        .isEqualTo(expected.get(shape)));
    }

    private static RunRecord run(List<FlowTree> flow, String settings) throws Exception {
        flows.shapes.effects.clear();
        String id = "run-" + RUNS.incrementAndGet();
        return flows.run(FlowTree.text(flow, settings), claim(aStart(id), 1, 0));
    }

    /** Effects in the order of each shape. */
    private static Map<String, List<String>> byShape(List<FlowTree> flow, List<String> effects) {
        Map<String, List<String>> byShape = new LinkedHashMap<>();
        all(flow).forEach(shape -> byShape.put(shape.id(), FlowModel.of(effects, shape.id())));
        return byShape;
    }

    private static List<FlowTree> all(List<FlowTree> flow) {
        List<FlowTree> all = new ArrayList<>();
        for (FlowTree shape : flow) {
            all.add(shape);
            shape.lists().forEach(list -> all.addAll(all(list)));
        }
        return all;
    }

    private static List<FlowTree> withoutFailures(List<FlowTree> flow) {
        return flow.stream().map(shape -> changed(shape, -1, false)).toList();
    }

    /** The same shape whose sends fail at a record, or do not. */
    private static FlowTree changed(FlowTree shape, int failsAt, boolean skip) {
        if (shape instanceof FlowTree.Send send) {
            return new FlowTree.Send(send.id(), failsAt, skip);
        }
        List<List<FlowTree>> lists = shape.lists().stream()
                .map(list ->
                        list.stream().map(one -> changed(one, failsAt, skip)).toList())
                .toList();
        if (shape instanceof FlowTree.Route route) {
            return new FlowTree.Route(route.id(), route.first(), route.below(), route.all(), lists);
        }
        if (shape instanceof FlowTree.Branch branch) {
            return new FlowTree.Branch(branch.id(), branch.goesOn(), lists);
        }
        return shape instanceof FlowTree.Try both ? new FlowTree.Try(both.id(), lists.get(0), lists.get(1)) : shape;
    }

    @Provide
    Arbitrary<List<FlowTree>> flowsThatWork() {
        return flows(new Kind(Arbitraries.just(-1), false, true));
    }

    @Provide
    Arbitrary<List<FlowTree>> flowsWhoseFailuresEndNothing() {
        return flows(new Kind(Arbitraries.integers().between(-1, 6), true, false));
    }

    @Provide
    Arbitrary<List<FlowTree>> flowsThatStop() {
        return flows(new Kind(Arbitraries.integers().between(-1, 6), false, false))
                .map(flow ->
                        flow.stream().map(DataFlowPropertiesTest::withoutTries).toList());
    }

    /** Tries become branches of one path: what is in them stops the run as well. */
    private static FlowTree withoutTries(FlowTree shape) {
        if (shape instanceof FlowTree.Try both) {
            return new FlowTree.Branch(
                    both.id(),
                    false,
                    List.of(both.tried().stream()
                            .map(DataFlowPropertiesTest::withoutTries)
                            .toList()));
        }
        if (shape instanceof FlowTree.Route route) {
            return new FlowTree.Route(
                    route.id(), route.first(), route.below(), route.all(), withoutTries(route.paths()));
        }
        return shape instanceof FlowTree.Branch branch
                ? new FlowTree.Branch(branch.id(), false, withoutTries(branch.paths()))
                : shape;
    }

    private static List<List<FlowTree>> withoutTries(List<List<FlowTree>> lists) {
        return lists.stream()
                .map(list ->
                        list.stream().map(DataFlowPropertiesTest::withoutTries).toList())
                .toList();
    }

    /** Which flows are made up. */
    private record Kind(Arbitrary<Integer> failsAt, boolean skip, boolean pathsGoOn) {}

    private static Arbitrary<List<FlowTree>> flows(Kind kind) {
        Arbitrary<FlowTree> pull = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 3))
                .as((pages, size) -> new FlowTree.Numbers("", pages, size));
        return Combinators.combine(pull, list(kind, 2, 5)).as((first, rest) -> {
            List<FlowTree> shapes = new ArrayList<>();
            shapes.add(first);
            shapes.addAll(rest);
            return named(shapes, new AtomicInteger());
        });
    }

    private static Arbitrary<List<FlowTree>> list(Kind kind, int depth, int most) {
        return shape(kind, depth).list().ofMinSize(0).ofMaxSize(most);
    }

    private static Arbitrary<FlowTree> shape(Kind kind, int depth) {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 6);
        Arbitrary<FlowTree> send = kind.failsAt().map(at -> new FlowTree.Send("", at, kind.skip()));
        Arbitrary<FlowTree> plain = Arbitraries.oneOf(
                Arbitraries.just(new FlowTree.Singles("")),
                Arbitraries.integers().between(1, 3).map(size -> new FlowTree.Cut("", size)),
                number.map(below -> new FlowTree.Keep("", below)),
                Arbitraries.just(new FlowTree.Numbers("", 2, 2)),
                Arbitraries.just(new FlowTree.Once("")),
                Arbitraries.just(new FlowTree.Mark("")),
                Arbitraries.just(new FlowTree.Tell("")));
        if (depth == 0) {
            return Arbitraries.oneOf(send, plain);
        }
        Arbitrary<List<FlowTree>> inside = list(kind, depth - 1, 3);
        Arbitrary<FlowTree> route = Combinators.combine(
                        Arbitraries.of(true, false), number, Arbitraries.of(true, false), inside, inside)
                .as((first, below, all, low, high) -> new FlowTree.Route("", first, below, all, List.of(low, high)));
        Arbitrary<FlowTree> branch = Combinators.combine(
                        Arbitraries.of(kind.pathsGoOn(), false),
                        inside.list().ofMinSize(1).ofMaxSize(3))
                .as((goesOn, paths) -> new FlowTree.Branch("", goesOn, paths));
        Arbitrary<List<FlowTree>> tried = Combinators.combine(send, inside).as((first, rest) -> {
            List<FlowTree> both = new ArrayList<>(rest);
            both.add(first);
            return both;
        });
        Arbitrary<FlowTree> guard =
                Combinators.combine(tried, inside).as((shapes, caught) -> new FlowTree.Try("", shapes, caught));
        return Arbitraries.oneOf(send, plain, plain, route, branch, guard);
    }

    /** Gives each shape an id of its own, in the order of the text. */
    private static List<FlowTree> named(List<FlowTree> shapes, AtomicInteger count) {
        return shapes.stream().map(shape -> named(shape, count)).toList();
    }

    private static FlowTree named(FlowTree shape, AtomicInteger count) {
        String id = shape.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + "-" + count.incrementAndGet();
        List<List<FlowTree>> lists =
                shape.lists().stream().map(list -> named(list, count)).toList();
        if (shape instanceof FlowTree.Send send) {
            return new FlowTree.Send(id, send.failsAt(), send.skip());
        }
        if (shape instanceof FlowTree.Cut cut) {
            return new FlowTree.Cut(id, cut.size());
        }
        if (shape instanceof FlowTree.Numbers numbers) {
            return new FlowTree.Numbers(id, numbers.pages(), numbers.size());
        }
        if (shape instanceof FlowTree.Keep keep) {
            return new FlowTree.Keep(id, keep.below());
        }
        if (shape instanceof FlowTree.Route route) {
            return new FlowTree.Route(id, route.first(), route.below(), route.all(), lists);
        }
        if (shape instanceof FlowTree.Branch branch) {
            return new FlowTree.Branch(id, branch.goesOn(), lists);
        }
        if (shape instanceof FlowTree.Try) {
            return new FlowTree.Try(id, lists.get(0), lists.get(1));
        }
        return shape instanceof FlowTree.Singles
                ? new FlowTree.Singles(id)
                : shape instanceof FlowTree.Once
                        ? new FlowTree.Once(id)
                        : shape instanceof FlowTree.Mark ? new FlowTree.Mark(id) : new FlowTree.Tell(id);
    }
}
