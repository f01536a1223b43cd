package io.patchbay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.queue.StartQueue.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LanesTest {

    private static final Policy MANY = new Policy(Overlap.PARALLEL, 1_000_000, "r1");
    private static final Policy ONE = new Policy(Overlap.QUEUE, 1, "r1");
    private static final Duration AGEING = Duration.ofMinutes(1);

    private final Lanes lanes = new Lanes(QueueProperties.defaults());
    private final Map<String, Policy> policies = new HashMap<>();
    /** All starts of one flow arrive at once here, so that the next one is due when the first was. */
    private final Map<String, Long> dues = new HashMap<>();

    private long now = 1_700_000_000_000L;

    @Test
    void aDeepFlowDoesNotDelayAThousandOthers() {
        wait("deep", Priority.REGULAR, 50_000, MANY);
        now += Duration.ofMinutes(30).toMillis();
        for (int i = 0; i < 1_000; i++) {
            wait("flow" + i, Priority.REGULAR, 1, MANY);
        }
        List<String> order = claimOneByOne(1_100);
        assertThat(order.subList(0, 1_100).stream().filter("deep"::equals).count())
                .as("turns of the aged deep flow while the others wait for their first")
                .isLessThan(101);
        assertThat(order.stream().filter(flow -> !flow.equals("deep")).count()).isEqualTo(1_000);
    }

    @Test
    void flowsOfOnePriorityTakeTurns() {
        wait("a", Priority.REGULAR, 10, MANY);
        wait("b", Priority.REGULAR, 10, MANY);
        List<String> order = claimOneByOne(10);
        assertThat(order.stream().filter("a"::equals).count()).isEqualTo(5);
    }

    @Test
    void aHigherPriorityGetsFourTimesTheTurnsAndNoneStarves() {
        wait("low", Priority.LOW, 100, MANY);
        wait("regular", Priority.REGULAR, 100, MANY);
        wait("high", Priority.HIGH, 100, MANY);
        List<String> order = claimOneByOne(63);
        assertThat(order.stream().filter("high"::equals).count()).isEqualTo(48);
        assertThat(order.stream().filter("regular"::equals).count()).isEqualTo(12);
        assertThat(order.stream().filter("low"::equals).count()).isEqualTo(3);
    }

    @Test
    void aFewHighestStartsGoBeforeAllThatWaitAlready() {
        wait("lowest", Priority.LOWEST, 100, MANY);
        wait("regular", Priority.REGULAR, 100, MANY);
        claimOneByOne(20);
        wait("now", Priority.HIGHEST, 3, MANY);
        assertThat(claimOneByOne(3)).containsOnly("now");
    }

    @Test
    void aWaitingStartRisesByOnePriorityEachMinute() {
        wait("old", Priority.LOWEST, 100, MANY);
        now += Duration.ofMinutes(4).toMillis();
        wait("young", Priority.HIGHEST, 100, MANY);
        List<String> order = claimOneByOne(20);
        assertThat(order.stream().filter("old"::equals).count()).isEqualTo(10);
    }

    @Test
    void oneRunAtATimeUnlessTheFlowSaysParallel() {
        wait("single", Priority.REGULAR, 5, ONE);
        wait("three", Priority.REGULAR, 5, new Policy(Overlap.PARALLEL, 3, "r1"));
        assertThat(claimOneByOne(10)).containsExactlyInAnyOrder("single", "three", "three", "three");
        assertThat(lanes.turns(10, now)).isEmpty();
        lanes.ended("single");
        assertThat(claimOneByOne(10)).containsExactly("single");
    }

    @Test
    void startsOfAFlowWithoutAPolicyAreHeldAndCounted() {
        wait("gone", Priority.HIGHEST, 5, MANY);
        lanes.policies(Map.of());
        assertThat(lanes.turns(10, now)).isEmpty();
        assertThat(lanes.queued("gone")).isEqualTo(5);
        assertThat(lanes.queued()).containsEntry("gone", 5L);
    }

    @Test
    void refusesMoreThanItsBoundsAndSaysWhich() {
        Lanes small = new Lanes(new QueueProperties(3, 2, DataSize.ofBytes(100), AGEING, Duration.ofSeconds(30), 3));
        small.reserve("a", 10);
        small.reserve("a", 10);
        assertThatThrownBy(() -> small.reserve("a", 10))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("flow 'a'");
        assertThatThrownBy(() -> small.reserve("b", 81))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("bytes");
        small.reserve("b", 10);
        assertThatThrownBy(() -> small.reserve("c", 10))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContaining("3 starts wait");
        small.unreserve("b", 10);
        small.reserve("c", 10);
    }

    @Test
    void aFlowInWhichFewerStartsWereFoundThanCountedRestsForAMoment() {
        wait("a", Priority.REGULAR, 2, MANY);
        Lanes.Turn turn = lanes.turns(2, now).get(0);
        lanes.claimed(turn, 0, 0, null, now);
        assertThat(lanes.turns(2, now)).isEmpty();
        assertThat(lanes.turns(2, now + 1_000)).hasSize(1);
    }

    @Test
    void aStartThatIsGivenBackAgainAndAgainIsAskedLessAndLessOften() {
        wait("a", Priority.REGULAR, 1, ONE);
        for (long rest : List.of(1_000L, 2_000L, 4_000L)) {
            assertThat(claimOneByOne(1)).containsExactly("a");
            lanes.givenBack("a", now, 0, now);
            lanes.ended("a");
            now += rest - 1;
            assertThat(claimOneByOne(1)).as("before %s ms", rest).isEmpty();
            now++;
        }
        assertThat(claimOneByOne(1)).containsExactly("a");
        lanes.givenBack("a", now, 0, now);
        lanes.ended("a");
        lanes.policies(policies);
        assertThat(claimOneByOne(1)).as("what holds was told anew").containsExactly("a");
        lanes.givenBack("a", now, 0, now);
        lanes.ended("a");
        now += 1_000;
        assertThat(claimOneByOne(1)).containsExactly("a");
    }

    @Test
    void takesOverWhatTheDatabaseSaysOfFlowsThatDidNotChangeMeanwhile() {
        wait("mine", Priority.REGULAR, 2, MANY);
        Map<String, Long> before = lanes.changes();
        wait("mine", Priority.REGULAR, 1, MANY);
        lanes.correct(Map.of("mine", new Lanes.Depth(2, now, 0), "other", new Lanes.Depth(7, now, 0)), before);
        assertThat(lanes.queued("mine")).isEqualTo(3);
        assertThat(lanes.queued("other")).isEqualTo(7);
        lanes.correct(Map.of(), lanes.changes());
        assertThat(lanes.queued()).isEmpty();
    }

    private void wait(String flow, Priority priority, int starts, Policy policy) {
        policies.put(flow, policy);
        lanes.policies(policies);
        for (int i = 0; i < starts; i++) {
            lanes.reserve(flow, 0);
            lanes.accepted(flow, Lanes.due(now, priority, AGEING));
            dues.putIfAbsent(flow, Lanes.due(now, priority, AGEING));
        }
    }

    /** Claims with one free slot each time. */
    private List<String> claimOneByOne(int atMost) {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < atMost; i++) {
            List<Lanes.Turn> turns = lanes.turns(1, now);
            if (turns.isEmpty()) {
                break;
            }
            Lanes.Turn turn = turns.get(0);
            order.add(turn.flow());
            lanes.claimed(turn, 1, 0, lanes.queued(turn.flow()) > 1 ? due(turn.flow()) : null, now);
        }
        return order;
    }

    private long due(String flow) {
        return dues.get(flow);
    }
}
