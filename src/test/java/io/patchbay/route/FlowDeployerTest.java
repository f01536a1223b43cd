package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Problem;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who keeps an id or a path that two files want. */
class FlowDeployerTest {

    private static final String SHAPES = "shapes: [ { id: one, manualPayload: { json: [ 1 ] } } ]\n";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, Instant> since = new HashMap<>();
    private FlowDeployer deployer = deployer();

    private FlowDeployer deployer() {
        RevisionTexts texts = new RevisionTexts() {
            @Override
            public void keep(String flow, String revision, String file, String text) {
                since.putIfAbsent(flow, Instant.EPOCH.plusSeconds(since.size()));
            }

            @Override
            public Optional<Text> text(String flow, String revision) {
                return Optional.empty();
            }

            @Override
            public Optional<Instant> since(String flow) {
                return Optional.ofNullable(since.get(flow));
            }
        };
        FlowCompiler compiler =
                new FlowCompiler((run, bucket, answer) -> run.answer().complete(answer));
        return new FlowDeployer(context, new FlowReader(Shapes.all()), compiler, texts);
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

    private Map<String, List<Problem>> apply(FlowDeployer.Source... files) {
        return deployer.apply(
                Arrays.asList(files),
                (flow, variables) -> new Surroundings(flow, Clock.systemUTC(), variables, Map.of(), Map.of()));
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
}
