package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.expression.LookupTable;
import io.patchbay.flow.FlowReader;
import io.patchbay.problem.Problem;
import io.patchbay.run.Entrance;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revisions that are not active any more, entered again with what they name as it is today. */
class KeptRevisionsTest {

    private static final String MAPPED = """
            flow: f
            shapes:
              - id: mapped
                map: { fields: [ { to: a, value: %d }, { to: b, from: b, then: [ { lookup: { table: names } } ] } ] }
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final FlowDeployer deployer = new FlowDeployer(
            context,
            new FlowReader(Shapes.all()),
            new FlowCompiler((run, bucket, answer) -> run.answer().complete(answer)),
            new MemoryRevisionTexts(),
            MemoryHolds.atOnce());

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** Takes a text of the flow with these tables; the revision that is active then. */
    private String take(String text, Map<String, LookupTable> tables) {
        assertThat(deployer.apply(
                        List.of(new FlowDeployer.Source("f.flow.yaml", text)),
                        (flow, variables) -> new Surroundings(flow, Clock.systemUTC(), variables, tables, Map.of())))
                .isEmpty();
        return deployer.deployed().get("f").revision();
    }

    private static Map<String, LookupTable> names(String name) {
        return Map.of("names", LookupTable.of(Map.of("x", name)));
    }

    private Entrance enter(String revision) {
        return deployer.enter("f", revision).orElseThrow();
    }

    @Test
    void goThroughTheirOwnTextWhichIsKeptUnderTheRevisionThatItIsToday() {
        String first = take(MAPPED.formatted(1), names("one"));
        take(MAPPED.formatted(2), names("two"));

        Entrance again = enter(first);

        assertThat(again.revision()).as("the table is another").isNotEqualTo(first);
        assertThat(deployer.kept("f", again.revision())
                        .orElseThrow()
                        .value()
                        .orElseThrow()
                        .text())
                .isEqualTo(MAPPED.formatted(1));
        assertThat(enter(first)).isSameAs(again);
        again.leave();
        assertThat(again.at(null)).as("the other run goes on").isNotNull();
        assertThat(context.getRoutes()).extracting(route -> route.getRouteId()).contains("f@" + again.revision());
        again.leave();
        assertThat(context.getRoutes()).extracting(route -> route.getRouteId()).doesNotContain("f@" + again.revision());
        Entrance later = enter(first);
        assertThat(later.revision()).isEqualTo(again.revision());
        later.leave();
    }

    @Test
    void twoThatAreOneTodayShareItsRoutes() {
        String first = take(MAPPED.formatted(1), names("one"));
        String second = take(MAPPED.formatted(1), names("two"));
        take(MAPPED.formatted(2), names("three"));

        Entrance one = enter(first);
        Entrance two = enter(second);

        assertThat(two).isSameAs(one);
        one.leave();
        assertThat(context.getRoutes()).extracting(route -> route.getRouteId()).contains("f@" + one.revision());
        two.leave();
    }

    @Test
    void whatCannotRunAnyMoreSaysWhy() {
        String first = take(MAPPED.formatted(1), names("one"));
        String plain = take("flow: f\nshapes: [ { id: one, manualPayload: { json: [ 1 ] } } ]\n", Map.of());

        assertThat(deployer.kept("f", first).orElseThrow().value()).isEmpty();
        assertThat(deployer.kept("f", first).orElseThrow().problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("f.flow.yaml:4:")
                .contains("names");
        assertThat(deployer.kept("f", plain).orElseThrow().value()).isPresent();
        assertThat(deployer.kept("f", "none")).isEmpty();
        assertThat(deployer.kept("f", 10))
                .extracting(RevisionTexts.Kept::revision)
                .containsExactlyInAnyOrder(first, plain);
    }
}
