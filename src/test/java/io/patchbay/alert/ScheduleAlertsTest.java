package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.WatchedFlow;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is told of starts by schedule. */
class ScheduleAlertsTest extends AlertsFixture {

    /** A minute later, when it is looked at again. */
    private void look() {
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
    }

    private String lastMail() throws Exception {
        return MAILS.getReceivedMessages()[MAILS.getReceivedMessages().length - 1]
                .getContent()
                .toString();
    }

    @Test
    void aStartThatIsLeftOutIsToldOfUntilTheNextIsMade() throws Exception {
        Instant due = clock.instant().minus(Duration.ofMinutes(5));
        world.made.put("orders", due);
        late.late("orders", due, false, due.plus(Duration.ofDays(1)));
        look();
        assertThat(subjects()).containsExactly("Patchbay: flow orders was not started when it was due");
        assertThat(lastMail())
                .contains("due at " + AlertTexts.second(due) + " was missed")
                .contains("What to do");

        look();
        assertThat(alerts(true)).hasSize(1);
        world.made.put("orders", clock.instant());
        look();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: flow orders is started by its schedule again");
    }

    @Test
    void aStartThatIsLeftOutIsNoNewsWhenAnotherComesSoon() throws Exception {
        Instant due = clock.instant();
        late.late("orders", due, false, due.plus(Duration.ofMinutes(15)));
        look();
        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void aStartThatIsMadeLateIsToldOfWhenItIsVeryLate() throws Exception {
        Instant due = clock.instant();
        clock.forward(Duration.ofMinutes(15));
        late.late("orders", due, true, null);
        look();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofMinutes(15));
        world.made.put("orders", due);
        late.late("orders", due, true, null);
        look();
        assertThat(lastMail()).contains("only: the runtime was down");
    }

    @Test
    void aStartThatIsNotMadeYetIsToldOf() throws Exception {
        Instant due = clock.instant();
        world.due.put("orders", due);
        clock.forward(Duration.ofMinutes(10));
        look();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofMinutes(5));
        look();
        look();
        assertThat(subjects()).hasSize(1);
        assertThat(lastMail()).contains("has not been made yet");

        world.due.put("orders", due.plus(Duration.ofDays(1)));
        world.made.put("orders", due);
        look();
        assertThat(alerts(true)).as("the next one was not made yet").hasSize(1);
        clock.forward(Duration.ofDays(1));
        world.due.remove("orders");
        world.made.put("orders", due.plus(Duration.ofDays(1)));
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void nothingIsToldOfAFlowThatIsPausedOrHasNoScheduleAnyMore() throws Exception {
        world.due.put("orders", clock.instant());
        clock.forward(Duration.ofMinutes(20));
        world.flows.put("orders", new WatchedFlow("orders", SETTINGS, false));
        look();
        assertThat(alerts(null)).isEmpty();

        world.flows.put("orders", new WatchedFlow("orders", SETTINGS, true));
        look();
        assertThat(alerts(true)).hasSize(1);
        world.due.clear();
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void startsOfAFlowThatIsGoneAreForgotten() {
        late.late("gone", clock.instant(), false, null);
        look();
        assertThat(late.take()).isEmpty();
    }
}
