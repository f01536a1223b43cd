package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Alert.Message.State;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of alerts and their messages. */
class AlertsTickTest extends AlertsFixture {

    @Test
    void whatIsNotTakenIsTriedAgainAndShown() throws Exception {
        answer = 503;
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();

        Alert alert = alerts(true).get(0);
        assertThat(tick.alerts().messages(List.of(alert.id())))
                .extracting(Alert.Message::target, Alert.Message::state, Alert.Message::problem)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("mail to ops", State.SENT, null),
                        org.assertj.core.groups.Tuple.tuple(
                                "webhook 1 of group ops", State.WAITING, "webhook 1 of group ops: it answered 503"));

        answer = 200;
        tick.tick();
        assertThat(posted).as("not before its time").hasSize(1);
        clock.forward(Duration.ofSeconds(10));
        tick.tick();

        assertThat(posted).hasSize(2);
        assertThat(posted.get(1)).isEqualTo(posted.get(0));
        assertThat(tick.alerts().messages(List.of(alert.id())))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.SENT));
        assertThat(MAILS.getReceivedMessages()).hasSize(1);
    }

    @Test
    void whatNobodyTookForADayIsGivenUp() throws Exception {
        answer = 404;
        ended("orders", RunStatus.FAILED, "down");
        for (int i = 0; i < 60; i++) {
            tick.tick();
            clock.forward(Duration.ofMinutes(30));
        }

        Alert alert = alerts(true).get(0);
        assertThat(tick.alerts().messages(List.of(alert.id())).get(1).state()).isEqualTo(State.GIVEN_UP);
        assertThat(posted).hasSizeBetween(40, 60);
    }

    @Test
    void oldAlertsAreForgotten() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        clock.forward(Duration.ofDays(31));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void listsInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            world.flows.put("f" + i, new WatchedFlow("f" + i, SETTINGS, true));
            ended("f" + i, RunStatus.FAILED, "down");
        }
        tick.tick();

        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            var part = tick.alerts().list(new Alerts.Query(null, null, true, after, 2));
            part.data().forEach(one -> seen.add(one.subject()));
            after = part.next();
        } while (after != null);
        assertThat(seen).containsExactlyInAnyOrder("f0", "f1", "f2", "f3", "f4");
    }
}
