package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.run.BusinessKeys;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedPayload.State;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What holds of failed payloads with business keys, on every database. */
final class BusinessKeysContract {

    private static final Instant LATER = NOW.plusSeconds(60);

    private final Checkpoints checkpoints;
    private final RunHistory history;

    private BusinessKeysContract(Checkpoints checkpoints, RunHistory history) {
        this.checkpoints = checkpoints;
        this.history = history;
    }

    static void holds(Checkpoints checkpoints, RunHistory history) throws Exception {
        new BusinessKeysContract(checkpoints, history).holds();
    }

    private void holds() throws Exception {
        List<String> many = IntStream.range(0, 450).mapToObj(i -> "k" + i).toList();
        String two = failed(new BusinessKeys(List.of("1001", "1002"), true), State.OPEN);
        String part = failed(new BusinessKeys(List.of("1001"), false), State.HELD);
        String page = failed(new BusinessKeys(many, true), State.REPLAYED);

        assertThat(found("1002")).containsExactly(two);
        assertThat(found("1001")).containsExactly(two, part);
        assertThat(history.failed(page).orElseThrow().keys().values()).hasSize(10);
        assertThat(checkpoints.waits("orders", "push", LATER)).isTrue();
        assertThat(checkpoints.waits("orders", "push", NOW))
                .as("before it failed")
                .isFalse();
        assertThat(checkpoints.waits("orders", "pull", LATER)).isFalse();
        assertThat(checkpoints.waits("returns", "push", LATER)).isFalse();

        assertThat(passed(NOW, List.of("1001", "1002")))
                .as("a run that began before")
                .isZero();
        assertThat(passed(LATER, List.of("1001", "9"))).isZero();
        assertThat(passed(LATER, List.of("1002"))).isOne();
        assertThat(passed(LATER, many)).isOne();
        assertThat(state(two)).isEqualTo(State.RESOLVED);
        assertThat(state(part)).as("not each record has a key").isEqualTo(State.HELD);
        assertThat(state(page)).isEqualTo(State.RESOLVED);
        assertThat(checkpoints.waits("orders", "push", LATER)).isFalse();
        assertThat(found("1001")).as("still found").containsExactly(two, part);
    }

    private String failed(BusinessKeys keys, State state) throws Exception {
        Payload payload = Payload.of(Lineage.ofRun("r9"), Json.NODES.objectNode());
        FailedPayload failed = RunsFixture.failed("r9", payload, state).with(keys);
        get(checkpoints.failed(failed));
        return failed.id();
    }

    private List<String> found(String key) {
        FailedQuery query = new FailedQuery("orders", "r9", null, null, null, null, null, key, null, Set.of(), true);
        return history.failed(query, null, 10).data().stream()
                .map(FailedPayload::id)
                .toList();
    }

    private State state(String id) {
        return history.failed(id).orElseThrow().state();
    }

    private int passed(Instant began, List<String> keys) throws Exception {
        return checkpoints.passed("orders", "push", began, keys).get(20, TimeUnit.SECONDS);
    }
}
