package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who keeps an id or a path that two files want. */
class FlowDeployerTest {

    private static final String SHAPES = "shapes: [ { id: one, manualPayload: { json: [ 1 ] } } ]\n";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RevisionTexts texts = new MemoryRevisionTexts();
    private FlowDeployer deployer = deployer();

    private FlowDeployer deployer() {
        FlowCompiler compiler =
                new FlowCompiler((run, bucket, answer) -> run.answer().complete(answer));
        return new FlowDeployer(context, new FlowReader(Shapes.all()), compiler, texts, MemoryHolds.atOnce());
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static FlowDeployer.Source hook(String flow, String path) {
        return new FlowDeployer.Source(
                flow + ".flow.yaml",
                "flow: " + flow + "\ntrigger: [ { webhook: { path: " + path + ", auth: none } } ]\n" + SHAPES);
    }

    private static FlowDeployer.Source file(String flow, String text) {
        return new FlowDeployer.Source(flow + ".flow.yaml", text);
    }

    /** Takes a generation; no two flows may ever hold the same path after one. */
    private Map<String, List<Problem>> apply(FlowDeployer.Source... files) {
        Map<String, List<Problem>> problems = deployer.apply(
                Arrays.asList(files),
                (flow, variables) -> new Surroundings(flow, Clock.systemUTC(), variables, Map.of(), Map.of()));
        assertThat(paths().values()).doesNotHaveDuplicates();
        return problems;
    }

    /** The path of each flow that runs. */
    private Map<String, String> paths() {
        Map<String, String> paths = new TreeMap<>();
        deployer.deployed()
                .forEach((flow, compiled) -> compiled.flow()
                        .triggers()
                        .forEach(trigger ->
                                paths.put(flow, trigger.key().orElse("").replaceAll(".*[ /]", ""))));
        return paths;
    }

    private static FlowDeployer.Source caller(String flow, String... called) {
        StringBuilder text = new StringBuilder("flow: " + flow + "\nvariables: { shop: none }\nshapes:\n");
        for (String other : called) {
            text.append("  - { id: to-" + other + ", runFlow: { flow: " + other + ", variables: { shop: uk } } }\n");
        }
        return file(
                flow,
                text.append("  - { id: told, notify: { log: info, text: done } }\n")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "inactive"})
    void aFlowThatIsNotActiveLetsFurtherChangesBeTaken(String status) {
        FlowDeployer.Source quiet =
                file("b", "flow: b\nstatus: " + status + "\nshapes: [ { notify: { log: info, text: done } } ]\n");
        assertThat(apply(caller("a"), quiet)).isEmpty();

        assertThat(apply(caller("a"), quiet, caller("c"))).isEmpty();

        assertThat(deployer.deployed()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void aProblemOfAMadeTextIsToldWhereItWasMadeOf() {
        Provenance service = Provenance.at(at -> new Location("orders.service.yaml", at.line() + 100, 1));
        String wrong = "flow: orders\nshapes: [ { notify: { log: loud, text: done } } ]\n";
        String calling = caller("calling", "ordr").text();

        Map<String, List<Problem>> problems = apply(
                new FlowDeployer.Source("made", wrong, "orders", service),
                new FlowDeployer.Source("other", calling, "calling", service));

        assertThat(problems).containsOnlyKeys("made", "other");
        assertThat(problems.get("made"))
                .singleElement()
                .extracting(Problem::at)
                .isEqualTo(new Location("orders.service.yaml", 102, 1));
        assertThat(problems.get("other"))
                .singleElement()
                .extracting(Problem::at)
                .isEqualTo(new Location("orders.service.yaml", 104, 1));
        assertThat(deployer.names()).containsEntry("made", "orders");
    }

    @Test
    void aFlowThatStartsAFlowWhichIsNotThereIsRefusedUntilItIs() {
        assertThat(apply(caller("orders", "ordr")).get("orders.flow.yaml"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("UNKNOWN_FLOW");
                    assertThat(problem.at().line()).isEqualTo(4);
                });
        assertThat(deployer.deployed()).isEmpty();

        assertThat(apply(caller("orders", "order"), caller("order"))).isEmpty();

        assertThat(deployer.deployed()).containsOnlyKeys("orders", "order");
    }

    @Test
    void whatAFlowNeedsGoesWithWhatItIsRefusedFor() {
        Map<String, List<Problem>> problems = apply(caller("a", "b"), caller("b", "c"), caller("d"));

        assertThat(problems).containsOnlyKeys("a.flow.yaml", "b.flow.yaml");
        assertThat(deployer.deployed()).containsOnlyKeys("d");
    }

    @Test
    void flowsThatStartEachOtherInACircleAreRefusedAndTheCircleIsShown() {
        Map<String, List<Problem>> problems = apply(caller("a", "b"), caller("b", "c"), caller("c", "a"));

        assertThat(problems.get("b.flow.yaml"))
                .extracting(Problem::what)
                .containsExactly("the flow would start itself without end: b → c → a → b");
        assertThat(deployer.deployed()).isEmpty();
        assertThat(apply(caller("a", "a")).get("a.flow.yaml"))
                .extracting(Problem::what)
                .containsExactly("the flow would start itself without end: a → a");
    }

    @Test
    void aVariableThatTheOtherFlowDoesNotDeclareIsAProblem() {
        assertThat(apply(caller("a", "b"), file("b", "flow: b\nshapes: [ { notify: { log: info, text: done } } ]\n"))
                        .get("a.flow.yaml"))
                .extracting(Problem::code)
                .containsExactly("UNKNOWN_VARIABLE");
    }

    @Test
    void aFlowThatIsStartedAndNotActiveIsAWarning() {
        Map<String, List<Problem>> problems = apply(
                caller("a", "b"),
                file(
                        "b",
                        "flow: b\nstatus: draft\nvariables: { shop: x }\nshapes: [ { notify: { log: info, text: done } } ]\n"));

        assertThat(problems.get("a.flow.yaml")).extracting(Problem::code).containsExactly("FLOW_NOT_ACTIVE");
        assertThat(deployer.deployed()).containsOnlyKeys("a", "b");
    }

    @Test
    void aNewFileTakesNoPathAwayFromAFlowThatRuns() {
        apply(hook("shop", "orders"));

        Map<String, List<Problem>> problems = apply(hook("aaa", "orders"), hook("shop", "orders"));

        assertThat(deployer.deployed()).containsOnlyKeys("shop");
        assertThat(problems).containsOnlyKeys("aaa.flow.yaml");
        assertThat(problems.get("aaa.flow.yaml").get(0).toString()).contains("is taken by flow 'shop'");
    }

    @Test
    void whoWasDeployedFirstKeepsThePathAfterARestart() {
        apply(hook("shop", "orders"));
        deployer = deployer();

        apply(hook("aaa", "orders"), hook("shop", "orders"));

        assertThat(deployer.deployed()).containsOnlyKeys("shop");
    }

    @Test
    void aVersionThatGoesOnBecauseItsFileIsBadKeepsItsPath() {
        apply(hook("shop", "orders"));

        Map<String, List<Problem>> problems =
                apply(hook("aaa", "orders"), file("shop", "flow: shop\nshapes: nonsense\n"));

        assertThat(deployer.deployed()).containsOnlyKeys("shop");
        assertThat(problems).containsOnlyKeys("aaa.flow.yaml", "shop.flow.yaml");
    }

    @Test
    void aPathThatIsGivenUpIsFreeAtOnceAndTwoFlowsMaySwapTheirs() {
        apply(hook("one", "a"), hook("two", "b"));

        assertThat(apply(hook("aaa", "a"), hook("one", "c"), hook("two", "b"))).isEmpty();
        assertThat(deployer.deployed()).containsOnlyKeys("aaa", "one", "two");
        assertThat(apply(hook("aaa", "b"), hook("one", "c"), hook("two", "a"))).isEmpty();
    }

    @Test
    void aNewFileTakesNoIdAwayFromAFlowThatRuns() {
        apply(hook("shop", "orders"));

        Map<String, List<Problem>> problems =
                apply(new FlowDeployer.Source("aaa.flow.yaml", "flow: shop\n" + SHAPES), hook("shop", "orders"));

        assertThat(problems).containsOnlyKeys("aaa.flow.yaml");
        assertThat(deployer.deployed().get("shop").flow().triggers()).hasSize(1);
    }

    @Test
    void aFlowGoesWhenItsFileNamesAnotherOne() {
        apply(hook("shop", "orders"));

        Map<String, List<Problem>> problems = apply(file("shop", "flow: store\n" + SHAPES));

        assertThat(problems).isEmpty();
        assertThat(deployer.deployed()).containsOnlyKeys("store");
    }

    @Test
    void aFlowThatRunsTakesNoPathOfAnotherOneThatRuns() {
        apply(hook("aaa", "x"), hook("shop", "orders"));

        Map<String, List<Problem>> problems = apply(hook("aaa", "orders"), hook("shop", "orders"));

        assertThat(problems).containsOnlyKeys("aaa.flow.yaml");
        assertThat(paths()).isEqualTo(Map.of("aaa", "x", "shop", "orders"));
    }

    @Test
    void whoeverWasPromisedThePathOfAFlowThatFallsBackFallsBackToo() {
        apply(hook("one", "a"), hook("two", "b"), hook("three", "c"));

        Map<String, List<Problem>> problems = apply(hook("one", "b"), hook("two", "c"), hook("three", "c"));

        assertThat(problems).containsOnlyKeys("one.flow.yaml", "two.flow.yaml");
        assertThat(paths()).isEqualTo(Map.of("one", "a", "two", "b", "three", "c"));
    }

    @Test
    void whatARefusedFlowWantedBesideIsFree() {
        apply(hook("shop", "orders"));

        FlowDeployer.Source both = file(
                "x",
                "flow: x\ntrigger: [ { webhook: { path: free, auth: none } },"
                        + " { webhook: { path: orders, auth: none } } ]\n" + SHAPES);
        assertThat(apply(hook("shop", "orders"), both, hook("y", "free"))).containsOnlyKeys("x.flow.yaml");

        assertThat(paths()).isEqualTo(Map.of("shop", "orders", "y", "free"));
    }

    @Test
    void oneFlowHasNoTriggerTwice() {
        Map<String, List<Problem>> problems = apply(file(
                "x",
                "flow: x\ntrigger: [ { webhook: { path: a, auth: none } },"
                        + " { webhook: { path: a, auth: none } } ]\n" + SHAPES));

        assertThat(problems.get("x.flow.yaml").get(0).toString())
                .startsWith("x.flow.yaml:2:50: ")
                .contains("twice [DUPLICATE_TRIGGER]");
        assertThat(deployer.deployed()).isEmpty();
    }

    @Test
    void aRefusedChangeDoesNotWinByARestart() {
        apply(hook("aaa", "x"), hook("shop", "orders"));
        apply(hook("aaa", "orders"), hook("shop", "orders"));
        deployer = deployer();

        apply(hook("aaa", "orders"), hook("shop", "orders"));

        assertThat(paths()).isEqualTo(Map.of("aaa", "x", "shop", "orders"));
    }

    @Test
    void theLastGoodVersionGoesOnAfterARestartWhenItsFileIsBad() {
        apply(hook("shop", "orders"));
        deployer = deployer();

        assertThat(apply(file("shop", "flow: shop\nshapes: nonsense\n"))).containsOnlyKeys("shop.flow.yaml");

        assertThat(paths()).isEqualTo(Map.of("shop", "orders"));
        assertThat(apply()).isEmpty();
        assertThat(deployer.deployed()).as("its file is gone").isEmpty();
    }

    @Test
    void theFileWhoseFlowRanKeepsTheIdAfterARestart() {
        FlowDeployer.Source first = new FlowDeployer.Source("zzz.flow.yaml", "flow: shop\n" + SHAPES);
        apply(first);
        deployer = deployer();

        assertThat(apply(hook("shop", "orders"), first)).containsOnlyKeys("shop.flow.yaml");
    }
}
