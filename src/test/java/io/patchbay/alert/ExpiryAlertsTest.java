package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.Expiring;
import io.patchbay.alert.Watched.WatchedInstance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of certificates and keys that end. */
class ExpiryAlertsTest extends AlertsFixture {

    private void in(Duration left, AlertKind kind) {
        world.expiring.clear();
        world.expiring.add(new Expiring(kind, "shop-uk", null, clock.instant().plus(left)));
    }

    private void look() {
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
    }

    @Test
    void aCertificateThatEndsSoonIsToldOfOnceAWeekUntilThereIsAnother() throws Exception {
        world.instances.add(new WatchedInstance("shop-uk", null, null, null, null, null));
        in(Duration.ofDays(15), AlertKind.CERTIFICATE);
        look();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofDays(1));
        look();
        look();
        assertThat(subjects()).containsExactly("Patchbay: the client certificate of instance shop-uk ends");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("in 13 days")
                .contains("https://patchbay.example/hawtio/instances/shop-uk");
        assertThat(posted).singleElement().asString().contains("\"kind\":\"certificate\"");

        clock.forward(Duration.ofDays(1));
        look();
        assertThat(subjects()).hasSize(1);
        clock.forward(Duration.ofDays(6));
        look();
        assertThat(subjects()).hasSize(2);

        world.expiring.clear();
        look();
        assertThat(alerts(true)).as("it was not shown since the program began").hasSize(1);
        in(Duration.ofDays(365), AlertKind.CERTIFICATE);
        look();
        assertThat(subjects()).hasSize(3).last().isEqualTo("Patchbay: instance shop-uk has a certificate that goes on");
    }

    @Test
    void theAlertOfAnInstanceThatIsGoneEnds() {
        in(Duration.ofDays(1), AlertKind.CERTIFICATE);
        look();
        assertThat(alerts(true)).hasSize(1);
        world.expiring.clear();
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void aKeyThatWasMadeForADayIsToldOfWhenHalfOfItIsOver() {
        world.expiring.add(new Expiring(
                AlertKind.ACCESS_KEY,
                "one-day",
                clock.instant(),
                clock.instant().plus(Duration.ofDays(1))));
        look();
        clock.forward(Duration.ofHours(11));
        look();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofHours(1));
        look();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert -> assertThat(alert.sentence()).contains("'one-day'"));
    }

    @Test
    void aKeyThatEndsOrHasEndedIsToldOfUntilItIsGone() throws Exception {
        in(Duration.ofHours(5), AlertKind.ACCESS_KEY);
        look();
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString()).contains("in less than a day");
        clock.forward(Duration.ofHours(6));
        look();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert -> assertThat(alert.sentence()).startsWith("Key 'shop-uk' of the API has ended at "));

        world.expiring.clear();
        look();
        assertThat(alerts(true)).isEmpty();
    }
}
