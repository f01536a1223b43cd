package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.run.RunStatus;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of runs that fail. */
class FlowAlertsTest extends AlertsFixture {

    @Test
    void theFirstFailureIsToldAtOnceWithWhatToDo() throws Exception {
        ended("orders", RunStatus.FAILED, "shop-uk answered 500");
        tick.tick();

        MimeMessage mail = MAILS.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Patchbay: flow orders fails");
        assertThat(mail.getContent().toString())
                .contains("Run run-1 of flow 'orders' failed: shop-uk answered 500")
                .contains("What to do: see the run with `patchbay runs run-1`")
                .contains("https://patchbay.example/hawtio/flows/orders/runs/run-1");
        assertThat(posted).hasSize(1);
        assertThat(posted.get(0)).contains("\"kind\":\"failed_runs\"").contains("\"subject\":\"orders\"");
    }

    @Test
    void runsThatFailedAtOnceAreCountedBesideTheLast() throws Exception {
        ended("orders", RunStatus.FAILED, "shop-uk answered 500");
        ended("orders", RunStatus.FAILED, "shop-uk answered 501");
        tick.tick();

        assertThat(MAILS.getReceivedMessages()).hasSize(1);
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString().replace("\r\n", "\n"))
                .contains("failed: shop-uk answered 501\nShortly before it another run failed.\nWhat to do: ");
    }

    @Test
    void whatFailedInARunIsNamedByItsNumber() throws Exception {
        failedItem("run-1", "1001", "HTTP_422", "open");
        failedItem("run-1", "1002\nBcc: all", "NO_VALUE", "held");
        failedItem("run-1", "1003", "HTTP_422", "resolved");
        failedItem("run-0", "1004", "HTTP_422", "open");
        ended("orders", RunStatus.PARTIAL, "some failed");
        tick.tick();

        assertThat(MAILS.getReceivedMessages()[0].getContent().toString().replace("\r\n", "\n"))
                .contains("some failed\nWhat failed: 1001 (HTTP_422), 1002 Bcc: all (NO_VALUE).\n");
    }

    @Test
    void ofVeryManyThatFailedSomeAreNamed() throws Exception {
        for (int i = 0; i < 25; i++) {
            failedItem("run-1", String.valueOf(1_000 + i), "HTTP_422", "open");
        }
        ended("orders", RunStatus.FAILED, "all failed");
        tick.tick();

        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("1019 (HTTP_422) and more.")
                .doesNotContain("1020");
    }

    @Test
    void whatGoesOnFailingIsToldOnceInAWindow() throws Exception {
        for (int i = 0; i < 50; i++) {
            ended("orders", RunStatus.PARTIAL, "some failed");
            tick.tick();
        }
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");

        clock.forward(Duration.ofHours(1));
        tick.tick();
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders still fails");
        assertThat(MAILS.getReceivedMessages()[1].getContent().toString()).contains("49 more since the last message");

        clock.forward(Duration.ofHours(5));
        tick.tick();
        assertThat(subjects()).as("nothing failed since").hasSize(2);
    }

    @Test
    void aFlowThatCannotBeToldOfKeepsNoneBack() throws Exception {
        for (int i = 0; i < 5; i++) {
            String tooLong = i + "x".repeat(300);
            world.flows.put(tooLong, new WatchedFlow(tooLong, SETTINGS, true));
            ended(tooLong, RunStatus.FAILED, "down");
        }
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: flow orders succeeds again");
        assertThat(alerts(null))
                .singleElement()
                .satisfies(one -> assertThat(one.times()).isEqualTo(1));
    }

    @Test
    void theFirstSuccessIsTold() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
        assertThat(alerts(true)).isEmpty();
        assertThat(alerts(false))
                .singleElement()
                .satisfies(one -> assertThat(one.times()).isEqualTo(1));
    }

    @Test
    void anAlertStaysWhileTheFileOfItsFlowIsPutInPlaceAnewAndEndsWithoutAMessageWhenTheFlowIsGone() throws Exception {
        world.flows.put("other", new WatchedFlow("other", SETTINGS, true));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        WatchedFlow orders = world.flows.remove("orders");
        tick.tick();
        clock.forward(Duration.ofMinutes(4));
        tick.tick();
        world.flows.put("orders", orders);
        tick.tick();
        assertThat(alerts(true)).as("the same one").hasSize(1);
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");

        clock.forward(Duration.ofHours(2));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        assertThat(subjects()).hasSize(3);
        world.flows.remove("orders");
        tick.tick();
        clock.forward(Duration.ofMinutes(4));
        tick.tick();
        assertThat(alerts(true)).hasSize(1);
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(alerts(true)).isEmpty();
        assertThat(subjects()).as("nothing is said of it").hasSize(3);
    }

    @Test
    void failingAndSucceedingByTurnsIsNoMailEachTime() throws Exception {
        for (int i = 0; i < 20; i++) {
            ended("orders", RunStatus.FAILED, "down");
            tick.tick();
            ended("orders", RunStatus.SUCCEEDED, null);
            tick.tick();
            clock.forward(Duration.ofMinutes(1));
        }

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
        assertThat(alerts(null))
                .singleElement()
                .satisfies(one -> assertThat(one.times()).isEqualTo(20));

        clock.forward(Duration.ofMinutes(40));
        tick.tick();
        tick.tick();
        assertThat(subjects()).hasSize(3).last().isEqualTo("Patchbay: flow orders succeeds again");
        assertThat(MAILS.getReceivedMessages()[2].getContent().toString())
                .contains("19 more since the last message, and over at 2026-03-01T10:19:00Z")
                .contains("20 runs failed");

        clock.forward(Duration.ofHours(5));
        tick.tick();
        assertThat(subjects()).as("nothing failed since").hasSize(3);
    }

    @Test
    void aFailureAfterFailuresThatWereNotToldOfTellsOfThem() throws Exception {
        for (int i = 0; i < 3; i++) {
            ended("orders", RunStatus.FAILED, "down");
            tick.tick();
            ended("orders", RunStatus.SUCCEEDED, null);
            tick.tick();
        }
        clock.forward(Duration.ofHours(1));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();

        assertThat(subjects()).hasSize(3).last().isEqualTo("Patchbay: flow orders still fails");
        assertThat(MAILS.getReceivedMessages()[2].getContent().toString()).contains("3 more since the last message");
    }

    @Test
    void aRestartForgetsNothing() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        store.close();
        open();
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        assertThat(subjects()).hasSize(1);

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
    }

    @Test
    void aRunThatFailedWhenTheProgramDiedIsToldOf() throws Exception {
        row("orders", "019-a", "failed", clock.instant());
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");

        begin();
        tick.tick();
        assertThat(subjects()).as("it is told of once").hasSize(1);

        row("orders", "019-b", "succeeded", clock.instant());
        begin();
        tick.tick();
        assertThat(subjects()).hasSize(2);
    }

    @Test
    void aReplayOfOneOfManyEndsNothing() throws Exception {
        failedItem("run-1", "1001", "HTTP_422", "open");
        failedItem("run-1", "1002", "HTTP_422", "replayed");
        ended("orders", RunStatus.PARTIAL, "some failed");
        tick.tick();

        replayed("orders", RunStatus.SUCCEEDED);
        tick.tick();
        assertThat(alerts(true)).as("1001 still waits").hasSize(1);

        nowIs("1001", "replayed");
        replayed("orders", RunStatus.SUCCEEDED);
        tick.tick();
        assertThat(alerts(true)).isEmpty();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
        assertThat(alerts(false).get(0).sentence()).doesNotContain("wait");
    }

    @Test
    void aRunOfItsOwnEndsItAndItIsToldWhatStillWaits() throws Exception {
        failedItem("run-1", "1001", "HTTP_422", "open");
        failedItem("run-1", "1002", "HTTP_422", "held");
        ended("orders", RunStatus.PARTIAL, "some failed");
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        replayed("orders", RunStatus.SUCCEEDED);
        tick.tick();

        assertThat(alerts(true)).isEmpty();
        assertThat(MAILS.getReceivedMessages()[1].getContent().toString())
                .contains("2 failed payloads of it still wait to be replayed or resolved.")
                .contains("`patchbay replay --flow orders` replays all of them");
    }

    @Test
    void whatIsOverSpeaksOfNoFailedPayloadsWhereNoneWait() throws Exception {
        ended("orders", RunStatus.FAILED, "no answer");
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();

        assertThat(MAILS.getReceivedMessages()[1].getContent().toString())
                .contains("What to do: nothing about new runs.")
                .doesNotContain("replay");
    }

    @Test
    void aReplayBehindAFailureDoesNotStandForTheRunBeforeIt() throws Exception {
        failedItem("run-2", "1001", "HTTP_422", "open");
        ended("orders", RunStatus.SUCCEEDED, null);
        ended("orders", RunStatus.FAILED, "down");
        replayed("orders", RunStatus.SUCCEEDED);
        tick.tick();

        assertThat(alerts(true)).hasSize(1);
    }

    @Test
    void aReplayThatWasTheLastToEndBeforeTheProgramDiedEndsNothingWhereOthersWait() throws Exception {
        failedItem("019-a", "1001", "HTTP_422", "open");
        row("orders", "019-a", "failed", clock.instant());
        tick.tick();
        row("orders", "replay", "019-b", "succeeded", clock.instant());
        begin();
        tick.tick();
        assertThat(alerts(true)).hasSize(1);

        nowIs("1001", "resolved");
        begin();
        tick.tick();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void aRunThatAnOperatorStoppedIsNoFailure() throws Exception {
        ended("orders", RunStatus.STOPPED, "an operator");
        tick.tick();
        assertThat(alerts(null)).isEmpty();

        ended("orders", RunStatus.STOPPED, "the run took longer than its limit of 6h");
        tick.tick();
        assertThat(alerts(true)).hasSize(1);
    }
}
