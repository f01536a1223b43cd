package io.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.problem.Problem;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said about the alerts of a flow file. */
class AlertCheckTest {

    @Test
    void aGroupThatIsNotThereIsRefusedAtItsPlace() {
        assertThat(problems("{ to: [ ops, opps ] }"))
                .singleElement()
                .asString()
                .startsWith("x.flow.yaml:2:34: ")
                .contains("there is no notification group 'opps' [UNKNOWN_GROUP]", "did you mean 'ops'?");
    }

    @Test
    void anAddressIsOne() {
        assertThat(problems("{ to: [ 'A <a@example.org>' ] }"))
                .singleElement()
                .asString()
                .contains("BAD_VALUE");
    }

    @Test
    void anAddressWithoutAMailServerIsAWarning() {
        assertThat(problems("{ to: [ a@example.org ] }"))
                .singleElement()
                .asString()
                .contains("NO_MAIL_SERVER");
    }

    @Test
    void aVolumeIsThatOfAShapeOfTheFlow() {
        assertThat(problems("{ volume: { shape: fond, min: 1 } }"))
                .singleElement()
                .asString()
                .contains("the flow has no shape 'fond' [UNKNOWN_SHAPE]", "did you mean 'found'?");
        assertThat(problems("{ volume: { shape: found, min: 2, max: 1 } }"))
                .singleElement()
                .asString()
                .contains("'min' is above 'max'");
        assertThat(problems("{ volume: { shape: found } }"))
                .singleElement()
                .asString()
                .contains("'min' or 'max'");
    }

    @Test
    void whatIsUsualIsFarEnoughBackAndInWholeHours() {
        assertThat(problems("{ usualVolume: { over: 2h } }"))
                .singleElement()
                .asString()
                .contains("'min' or 'max'");
        assertThat(problems("{ usualVolume: { min: 50, over: 90m } }"))
                .singleElement()
                .asString()
                .contains("'over' must be whole hours from 1h to 24h");
        assertThat(problems("{ usualVolume: { min: 50, days: 27, sameWeekday: true } }"))
                .singleElement()
                .asString()
                .contains("'known' is 4, and 'days: 27' has 3 of the same day of the week");
        assertThat(problems("{ usualVolume: { min: 50, max: 300, over: 6h, sameWeekday: true } }"))
                .isEmpty();
    }

    @Test
    void timesHaveBounds() {
        assertThat(problems("{ noSuccess: 10s }")).singleElement().asString().contains("'noSuccess' must be from 1m");
        assertThat(problems("{ errorRate: { above: 5, over: 48h } }"))
                .singleElement()
                .asString()
                .contains("'over' must be from 1m to 24h");
    }

    @Test
    void whatIsRightIsRight() {
        assertThat(
                        problems(
                                "{ to: [ ops ], noSuccess: 6h, every: 2h, failedRuns: false, errorRate: { above: 5 }, volume: { shape: found, min: 1 } }"))
                .isEmpty();
    }

    private static List<String> problems(String alerts) {
        return new FlowReader(Shapes.all())
                        .read(
                                "x.flow.yaml",
                                "flow: orders\nsettings: { alerts: " + alerts
                                        + " }\nshapes:\n  - id: found\n    manualPayload: { json: [ { id: 1 } ] }\n",
                                (flow, variables) -> new Surroundings(
                                        flow,
                                        Clock.systemUTC(),
                                        variables,
                                        Map.of(),
                                        Map.of(Catalog.class, Catalog.EMPTY, Notifier.class, new Ops())))
                        .problems()
                        .stream()
                        .map(Problem::toString)
                        .toList();
    }

    /** One group. */
    private static final class Ops implements Notifier {
        @Override
        public boolean mails() {
            return false;
        }

        @Override
        public Set<String> groups() {
            return Set.of("ops");
        }

        @Override
        public List<Target> targets(Collection<String> to) {
            return List.of();
        }

        @Override
        public void send(Target target, Notice notice) {
            throw new UnsupportedOperationException("nothing is sent at deploy");
        }
    }
}
