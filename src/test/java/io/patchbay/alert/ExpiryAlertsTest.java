package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.Expiring;
import io.patchbay.alert.Watched.WatchedInstance;
import java.time.Duration;
import java.time.Instant;
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

    /** One of a year. */
    private void server(String server, Duration left, Duration ago) {
        server(server, Duration.ofDays(365).minus(left), left, ago);
    }

    private void server(String server, Duration old, Duration left, Duration ago) {
        Instant now = clock.instant();
        world.expiring.add(Expiring.shown("shop-uk", server, now.minus(old), now.plus(left), now.minus(ago)));
    }

    @Test
    void aCertificateOfAServerThatLivesShorterThanTheNoticeIsToldOfWhenHalfOfItIsOver() {
        server("api.shop.example", Duration.ofHours(11), Duration.ofHours(13), Duration.ZERO);
        look();
        assertThat(alerts(null)).isEmpty();

        world.expiring.clear();
        server("api.shop.example", Duration.ofHours(13), Duration.ofHours(11), Duration.ZERO);
        look();
        assertThat(alerts(true)).hasSize(1);

        world.expiring.clear();
        clock.forward(Duration.ofMinutes(1));
        server("api.shop.example", Duration.ZERO, Duration.ofHours(24), Duration.ZERO);
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void aClientCertificateThatLivesShorterThanTheNoticeIsToldOfWhenHalfOfItIsOver() {
        Instant begins = clock.instant();
        world.expiring.add(new Expiring(AlertKind.CERTIFICATE, "shop-uk", begins, begins.plus(Duration.ofHours(24))));
        clock.forward(Duration.ofHours(11));
        look();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofHours(2));
        look();
        assertThat(alerts(true)).hasSize(1);

        world.expiring.clear();
        world.expiring.add(new Expiring(
                AlertKind.CERTIFICATE,
                "shop-uk",
                clock.instant(),
                clock.instant().plus(Duration.ofHours(24))));
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void eachServerWhoseCertificateEndsIsToldOfByItself() throws Exception {
        world.instances.add(new WatchedInstance("shop-uk", null, null, null, null, null));
        server("api.shop.example", Duration.ofDays(10).plusHours(1), Duration.ZERO);
        server("id.shop.example:8443", Duration.ofDays(100), Duration.ZERO);
        look();

        assertThat(subjects())
                .containsExactly("Patchbay: the certificate of api.shop.example that instance shop-uk calls ends");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString().replaceAll("\\s+", " "))
                .contains("The certificate of server api.shop.example, which instance 'shop-uk' calls, ends at ")
                .contains("in 10 days.", "tell whoever runs that server", "`patchbay connector check shop-uk`")
                .contains("https://patchbay.example/hawtio/instances/shop-uk");

        world.expiring.clear();
        look();
        assertThat(alerts(true)).as("it was not called since the program began").hasSize(1);
        server("api.shop.example", Duration.ofDays(90), Duration.ZERO);
        look();
        assertThat(subjects())
                .hasSize(2)
                .last()
                .isEqualTo("Patchbay: the certificate of api.shop.example that instance shop-uk calls goes on");
    }

    @Test
    void whatAReplicaSawBeforeAnotherMetTheNewOneOpensNoAlert() {
        server("api.shop.example", Duration.ofDays(10), Duration.ZERO);
        look();
        world.expiring.clear();
        clock.forward(Duration.ofMinutes(1));
        server("api.shop.example", Duration.ofDays(90), Duration.ZERO);
        look();
        assertThat(alerts(true)).isEmpty();

        world.expiring.clear();
        server("api.shop.example", Duration.ofDays(10), Duration.ofHours(1));
        look();
        assertThat(alerts(true)).isEmpty();

        world.expiring.clear();
        look();
        server("api.shop.example", Duration.ofDays(10), Duration.ZERO);
        look();
        assertThat(alerts(true)).as("the server shows the old one again").hasSize(1);
    }

    @Test
    void whatAReplicaSawBeforeAnotherMetTheOldOneEndsNoAlert() {
        server("api.shop.example", Duration.ofDays(10), Duration.ZERO);
        look();
        assertThat(alerts(true)).hasSize(1);

        world.expiring.clear();
        server("api.shop.example", Duration.ofDays(90), Duration.ofHours(1));
        look();
        assertThat(alerts(true)).as("this one met it an hour before").hasSize(1);

        world.expiring.clear();
        server("api.shop.example", Duration.ofDays(90), Duration.ZERO);
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void whatAReplicaSawLongAgoKeepsNoAlertFresh() {
        server("api.shop.example", Duration.ofDays(10), Duration.ZERO);
        look();
        clock.forward(Duration.ofHours(1));
        Instant renewed = clock.instant();
        clock.forward(Duration.ofHours(1));
        look();

        world.expiring.clear();
        server("api.shop.example", Duration.ofDays(90), Duration.between(renewed, clock.instant()));
        look();
        assertThat(alerts(true)).as("another replica met the new one").isEmpty();
    }

    @Test
    void aServerThatNobodyHasMetForAMonthIsForgotten() {
        world.instances.add(new WatchedInstance("shop-uk", null, null, null, null, null));
        server("old.shop.example", Duration.ofDays(1), Duration.ZERO);
        look();
        world.expiring.clear();
        clock.forward(Duration.ofDays(29));
        look();
        assertThat(alerts(true)).hasSize(1);

        clock.forward(Duration.ofDays(1));
        look();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void aConnectionThatEndsIsToldOfUntilAPersonRenewsIt() throws Exception {
        world.instances.add(new WatchedInstance("shop-uk", null, null, null, null, null));
        in(Duration.ofDays(3), AlertKind.REFRESH_TOKEN);
        look();
        assertThat(subjects()).containsExactly("Patchbay: the connection of instance shop-uk ends");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString().replaceAll("\\s+", " "))
                .contains("The token by which instance 'shop-uk' stays connected ends at ")
                .contains("`patchbay connector connect shop-uk`")
                .contains("https://patchbay.example/hawtio/instances/shop-uk");

        in(Duration.ofDays(60), AlertKind.REFRESH_TOKEN);
        look();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: instance shop-uk stays connected");
    }

    @Test
    void aConnectionThatIsEndedByHandIsToldOfNoMore() {
        world.instances.add(new WatchedInstance("shop-uk", null, null, null, null, null));
        in(Duration.ofDays(3), AlertKind.REFRESH_TOKEN);
        look();
        world.expiring.clear();
        look();

        assertThat(alerts(true)).isEmpty();
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
