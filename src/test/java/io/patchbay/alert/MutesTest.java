package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Mutes.Of;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.alert.Watched.WatchedInstance;
import io.patchbay.flow.AlertSettings;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is muted is listed and not told, and told of at the end. */
class MutesTest extends AlertsFixture {

    private void mute(Of of, String name, Duration time) {
        tick.mutes().mute(of, name, clock.instant().plus(time), "the ERP moves", "ada");
    }

    private Instant mutedUntil(Alert alert) {
        return Mutes.until(tick.mutes().current(), alert);
    }

    private String lastMail() throws Exception {
        return MAILS.getReceivedMessages()[MAILS.getReceivedMessages().length - 1]
                .getContent()
                .toString();
    }

    @Test
    void aMutedFlowIsListedAndNotToldUntilItEndsByItself() throws Exception {
        world.flows.put("stock", new WatchedFlow("stock", SETTINGS, true));
        mute(Of.FLOW, "orders", Duration.ofHours(3));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        clock.forward(Duration.ofHours(1));
        ended("orders", RunStatus.FAILED, "down");
        ended("stock", RunStatus.FAILED, "down");
        begin();
        ended("orders", RunStatus.FAILED, "down");
        ended("stock", RunStatus.FAILED, "down");
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow stock fails");
        assertThat(posted).hasSize(1);
        assertThat(alerts(true))
                .hasSize(2)
                .allSatisfy(alert -> assertThat(mutedUntil(alert))
                        .isEqualTo(
                                alert.subject().equals("orders")
                                        ? clock.instant().plus(Duration.ofHours(2))
                                        : null));

        clock.forward(Duration.ofHours(2));
        tick.tick();
        tick.tick();
        assertThat(tick.mutes().current()).isEmpty();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: what was not sent while orders was muted");
        assertThat(lastMail())
                .contains(
                        "Flow 'orders' was muted from 2026-03-01T10:00:00Z to 2026-03-01T13:00:00Z (ada: the ERP moves)")
                .contains("2 messages were not sent. Still open: flow orders fails.");
        assertThat(alerts(false)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.MUTED);
            assertThat(alert.times()).isEqualTo(2);
        });

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).hasSize(3).last().isEqualTo("Patchbay: flow orders succeeds again");
    }

    @Test
    void anEndWaitsForTheFlowsOfAProgramThatBegins() throws Exception {
        mute(Of.FLOW, "orders", Duration.ofHours(1));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        Map<String, WatchedFlow> all = Map.copyOf(world.flows);
        world.flows.clear();
        clock.forward(Duration.ofHours(1));
        begin();
        tick.tick();
        assertThat(subjects()).isEmpty();

        world.flows.putAll(all);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: what was not sent while orders was muted");
    }

    @Test
    void aMutedGroupIsToldNothingWhateverItIsAbout() throws Exception {
        mute(Of.GROUP, "ops", Duration.ofDays(1));
        world.fullDisk = "the disk is full";
        tick.tick();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert -> assertThat(mutedUntil(alert)).isEqualTo("2026-03-02T10:00:00Z"));
        assertThat(subjects()).isEmpty();

        assertThat(tick.mutes().end(Of.GROUP, "ops")).isTrue();
        assertThat(tick.mutes().end(Of.GROUP, "ops")).isFalse();
        tick.tick();
        assertThat(lastMail())
                .contains("Notification group 'ops' was muted")
                .contains("1 message was not sent. Still open: the disk is full.");
    }

    @Test
    void nobodyIsToldOfAMuteInWhichNothingHappened() throws Exception {
        mute(Of.FLOW, "orders", Duration.ofHours(1));
        clock.forward(Duration.ofHours(1));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
        assertThat(subjects()).isEmpty();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void aMessageThatGoesToSomeOnlySaysWhomItDidNotGoTo() throws Exception {
        settings(new AlertSettings(
                List.of("ops", "ada@example.org"), true, Duration.ofHours(1), null, null, null, null));
        mute(Of.GROUP, "ops", Duration.ofHours(2));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");
        assertThat(MAILS.getReceivedMessages()[0].getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("ada@example.org");
        assertThat(oneLine(lastMail()))
                .contains("Not told of this: group 'ops', muted until 2026-03-01T12:00:00Z (ada: the ERP moves).");
        assertThat(posted).isEmpty();

        clock.forward(Duration.ofHours(2));
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).last().isEqualTo("Patchbay: flow orders succeeds again");
        assertThat(lastMail()).doesNotContain("Not told of this");
    }

    @Test
    void whereSeveralFlowsAreNamedThoseThatAreMutedAreMarked() throws Exception {
        world.flows.put("stock", new WatchedFlow("stock", SETTINGS, true));
        world.callers.put("erp", Set.of("orders", "stock"));
        mute(Of.FLOW, "orders", Duration.ofDays(1));
        world.instances.add(
                new WatchedInstance("erp", AlertKind.UNREACHABLE, clock.instant(), "no answer", clock.instant(), null));
        clock.forward(Duration.ofMinutes(1));
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: instance erp does not answer");
        assertThat(oneLine(lastMail())).contains("Flows that call it: orders (muted), stock.");
    }

    @Test
    void theEndOfAMuteMarksWhatIsStillMuted() throws Exception {
        world.flows.put("stock", new WatchedFlow("stock", SETTINGS, true));
        mute(Of.GROUP, "ops", Duration.ofHours(1));
        mute(Of.FLOW, "orders", Duration.ofDays(1));
        ended("orders", RunStatus.FAILED, "down");
        ended("stock", RunStatus.FAILED, "down");
        tick.tick();
        clock.forward(Duration.ofHours(1));
        tick.tick();

        assertThat(oneLine(lastMail()))
                .contains("flow orders fails (muted until 2026-03-02T10:00:00Z)")
                .contains("flow stock fails")
                .doesNotContain("flow stock fails (muted");
    }

    @Test
    void whatIsMutedAlreadyGetsTheNewEndAndKeepsItsCount() throws Exception {
        mute(Of.FLOW, "orders", Duration.ofHours(1));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        mute(Of.FLOW, "orders", Duration.ofHours(5));
        clock.forward(Duration.ofHours(2));
        tick.tick();

        assertThat(subjects()).isEmpty();
        assertThat(tick.mutes().current()).singleElement().satisfies(mute -> {
            assertThat(mute.until()).isEqualTo("2026-03-01T15:00:00Z");
            assertThat(mute.held()).isEqualTo(1);
            assertThat(mute.since()).isEqualTo("2026-03-01T10:00:00Z");
        });
    }
}
