package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several flows that change together, and flows whose ids begin alike. */
class FlowVersionsTest {

    private static final String TEXT =
            "flow: %s\ndeploy: manual\nshapes: [ { notify: { log: info, text: \"%s\" } } ]\n";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final MemoryRevisionTexts texts = new MemoryRevisionTexts();
    private final MemoryHolds holds = new MemoryHolds();
    private final List<FlowDeployer.Source> files = new ArrayList<>();
    private FlowDeployer deployer;
    private FlowVersions versions;

    @BeforeEach
    void start() {
        context.start();
        deployer = new FlowDeployer(
                context,
                new FlowReader(Shapes.all()),
                new FlowCompiler((run, bucket, answer) -> run.answer().complete(answer)),
                texts,
                new FlowDeployer.Holding(holds, Flow.Deploy.AUTO, Clock.systemUTC()));
        versions = new FlowVersions(
                deployer,
                texts,
                holds,
                new FlowVersions.Surrounding(this::take, this::take, (flow, revision) -> Optional.<Instant>empty()),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void take() {
        deployer.apply(
                files, (flow, variables) -> new Surroundings(flow, Clock.systemUTC(), variables, Map.of(), Map.of()));
    }

    private void file(String flow, String text) {
        String file = flow.contains("@") ? "environments.yaml#" + flow : flow + ".flow.yaml";
        files.removeIf(one -> one.file().equals(file));
        files.add(new FlowDeployer.Source(file, TEXT.formatted(flow, text)));
        take();
    }

    /** What a flow's file says, kept and wanted. */
    private FlowVersions.Wanted wanted(String flow) {
        Drafts.Draft draft = deployer.drafts().file(flow).orElseThrow();
        String revision = versions.revision(draft);
        texts.keep(flow, revision, deployer.text(draft.flow(), draft.around()));
        Held held = new Held(flow, revision, Held.Why.DEPLOY, Instant.EPOCH, "ada", null);
        return new FlowVersions.Wanted(flow, draft.source().file(), revision, held);
    }

    @Test
    void allChangeTogether() {
        file("a", "one");
        file("b", "one");

        versions.together(List.of(wanted("a"), wanted("b")));

        assertThat(deployer.deployed()).containsOnlyKeys("a", "b");
        assertThat(holds.all()).containsOnlyKeys("a", "b");
    }

    @Test
    void whenOneDoesNotRunAllAreAsTheyWereAndWhatNeverRanDoesNotRun() {
        file("a", "one");
        file("b", "one");
        versions.together(List.of(wanted("b")));
        Held before = holds.of("b");
        file("b", "two");
        file("c", "one");
        FlowVersions.Wanted c = wanted("c");
        FlowVersions.Wanted otherwise = new FlowVersions.Wanted("c", c.file(), "another", c.held());

        assertThatThrownBy(() -> versions.together(List.of(wanted("a"), wanted("b"), otherwise)))
                .isInstanceOf(Versions.Refused.class)
                .hasMessageContaining("Not all can run, so all is as it was: flow 'c'");

        assertThat(deployer.deployed()).containsOnlyKeys("b");
        assertThat(deployer.deployed().get("b").revision()).isEqualTo(before.revision());
        assertThat(holds.all()).containsOnly(Map.entry("b", before));
        take();
        assertThat(deployer.deployed()).containsOnlyKeys("b");
    }

    @Test
    void aRevisionOfAFlowOfAnEnvironmentIsNoneOfTheFlowThatItIsCalledAfter() {
        file("a", "one");
        file("a@uk", "one");
        versions.together(List.of(wanted("a"), wanted("a@uk")));
        String old = deployer.deployed().get("a@uk").revision();
        var entered = deployer.enter("a@uk", old).orElseThrow();
        file("a@uk", "two");
        versions.together(List.of(wanted("a@uk")));

        assertThat(deployer.enter("a@uk", old))
                .hasValueSatisfying(found -> assertThat(found.revision()).isEqualTo(old));
        assertThat(deployer.enter("a", "uk@" + old))
                .hasValueSatisfying(found -> assertThat(found.revision())
                        .isEqualTo(deployer.deployed().get("a").revision()));
        assertThat(deployer.kept("a", "uk@" + old)).isEmpty();
        entered.leave();
    }
}
