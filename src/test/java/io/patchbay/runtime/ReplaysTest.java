package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.FakeHistory;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.route.Flows.Replay;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ReplayJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a replayed payload enters its flow, and with what. */
class ReplaysTest {

    private static final List<String> SHAPES = List.of("pull", "mapped", "push", "told");

    private final FakeHistory history = new FakeHistory();
    private final FailedPayload failed = new FailedPayload(
            "f1",
            "r1",
            "orders",
            "rev1",
            "push",
            Payload.of(new Lineage("r1/pull#3"), Json.NODES.objectNode().put("mapped", true))
                    .withMeta("shop", "uk"),
            Owner.REMOTE,
            "HTTP_500",
            "no",
            3,
            Instant.EPOCH,
            FailedPayload.State.OPEN);

    private void captured(String shape, String lineage, String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        history.captured.add(new CapturedPayload(
                "r1",
                shape,
                CapturedPayload.Direction.IN,
                lineage,
                CapturedPayload.About.NOTHING,
                "application/json",
                size,
                bytes,
                Instant.now(),
                Duration.ofHours(1)));
    }

    private ReplayEntry entry(@Nullable Body edited, @Nullable String from) {
        return ReplayEntry.of(failed, new Replay(edited, false, from), SHAPES, history);
    }

    private static String text(ReplayEntry entry) {
        return new String(entry.payload().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void entersAtItsShapeOrBehindItWithWhatIsKept() {
        assertThat(entry(null, null).shape()).isEqualTo("push");
        assertThat(entry(null, "told").shape()).isEqualTo("told");
        assertThat(text(entry(null, "told"))).isEqualTo("{\"mapped\":true}");
    }

    @Test
    void twoWhoAskAtOneTimeForWhatWaitsGetOneRunUnlessTheyEditIt() {
        Body edited = new Body.Bytes("{}".getBytes(StandardCharsets.UTF_8), "application/json");

        assertThat(entry(null, null).once(failed, new Replay(null, false, null)))
                .isNotNull()
                .isEqualTo(entry(null, "push").once(failed, new Replay(null, true, "push")));
        assertThat(entry(edited, null).once(failed, new Replay(edited, false, null)))
                .isNull();
        assertThat(entry(null, "told").once(failed, new Replay(null, false, "told")))
                .isNull();
    }

    @Test
    void entersBeforeItsShapeWithWhatWasCapturedThere() {
        captured("mapped", "r1/pull#2", "{\"other\":1}", 11);
        captured("mapped", "r1/pull#3", "{\"raw\":1}", 9);
        captured("pull", "r1", "{}", 2);

        ReplayEntry mapped = entry(null, "mapped");
        assertThat(mapped.shape()).isEqualTo("mapped");
        assertThat(text(mapped)).isEqualTo("{\"raw\":1}");
        assertThat(mapped.payload().meta()).isEqualTo(Map.of("shop", "uk"));
        ReplayEntry start = entry(null, "start");
        assertThat(start.shape()).isNull();
        assertThat(start.payload().lineage().text()).isEqualTo("r1");
    }

    @Test
    void refusesWhatWasNotCapturedOrNotWhole() {
        refuses("mapped", "was not captured in that run");
        captured("mapped", "r1/pull#3", "{\"raw\":1", 9_000);
        refuses("mapped", "was captured in part");
        history.captured.clear();
        captured("mapped", "r1/pull#3", "{\"email\":\"***\"}", 15);
        refuses("mapped", "with values masked");
        refuses("gone", "has no shape 'gone'; there are: pull, mapped, push, told");
    }

    @Test
    void underTheFlowOfTodayItsShapeMustBeThere() {
        List<String> today = List.of("pull", "mapped", "told");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ReplayEntry.of(failed, new Replay(null, true, null), today, history)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no shape 'push'; there are: pull, mapped, told, and 'start'");
        assertThat(ReplayEntry.of(failed, new Replay(null, false, null), today, history)
                        .shape())
                .as("its own revision has it")
                .isEqualTo("push");
    }

    private void refuses(String from, String why) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> entry(null, from)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void entersAnywhereWithEditedContent() {
        ReplayEntry edited = entry(new Body.Tree(Json.NODES.objectNode().put("edited", 1)), "mapped");
        assertThat(edited.shape()).isEqualTo("mapped");
        assertThat(text(edited)).isEqualTo("{\"edited\":1}");
    }

    @Test
    void aRecordThatFailedAloneDoesNotTakeItsPageAlong() {
        captured("mapped", "r1/pull#3", "[{\"raw\":1},{\"raw\":2}]", 23);
        FailedPayload alone = new FailedPayload(
                "f2",
                "r1",
                "orders",
                "rev1",
                "push",
                Payload.of(new Lineage("r1/pull#3").alone("push", 1), Json.NODES.objectNode()),
                Owner.REMOTE,
                "HTTP_422",
                "no",
                1,
                Instant.EPOCH,
                FailedPayload.State.OPEN);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> ReplayEntry.of(alone, new Replay(null, false, "mapped"), SHAPES, history)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this record alone failed");
        assertThat(ReplayEntry.of(alone, Replay.AS_IT_WAS, SHAPES, history).shape())
                .isEqualTo("push");
    }

    @Test
    void aJobStartsOneRunForWhatSeveralFailedPayloadsWereMadeFrom() {
        captured("pull", "r1", "{}", 2);
        ReplayJob job = new ReplayJob(
                "j",
                io.patchbay.run.FailedQuery.of("orders", null),
                "start",
                false,
                1,
                Instant.EPOCH,
                ReplayJob.State.GOING,
                0,
                0,
                null,
                null);
        String first = entry(null, "start").startId(failed, job);

        assertThat(entry(null, "start").startId(failed, job)).isEqualTo(first).isNotNull();
        assertThat(entry(null, null).startId(failed, job)).isNotEqualTo(first);
        assertThat(entry(null, "start").startId(failed, null)).isNull();
    }
}
