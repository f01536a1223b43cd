package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.flow.AlertSettings;
import io.patchbay.flow.AlertSettings.UsualVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of flows whose runs have far fewer or more records than on the days before. */
class VolumeAlertsTest extends AlertsFixture {

    private static final String FAR = "Patchbay: flow orders has a number of records far from that of the days before";

    /** The flow has gone for longer than is looked at. */
    @BeforeEach
    void fiveMinutesPast() {
        usual(new UsualVolume(50, 200, Duration.ofHours(2), 28, 4, false));
        tick.tick();
        clock.forward(Duration.ofHours(3).plusMinutes(5));
    }

    private void usual(UsualVolume usual) {
        settings(new AlertSettings(List.of("ops"), true, Duration.ofHours(1), null, null, null, usual));
    }

    /** In the last full hour, so many days before. */
    private Instant before(int days) {
        return clock.instant().minus(Duration.ofDays(days)).minus(Duration.ofHours(1));
    }

    private void days(long... records) {
        for (int i = 0; i < records.length; i++) {
            counted("orders", records[i], before(i + 1));
        }
    }

    private void hourLater() {
        clock.forward(Duration.ofHours(1));
        tick.tick();
    }

    @Test
    void hoursWithFarLessThanTheMedianOfTheDaysBeforeAreToldOfUntilThereIsAsMuchAsUsual() throws Exception {
        days(100, 1_000, 100, 100, 0);
        counted("orders", 40, before(0));
        tick.tick();
        assertThat(subjects()).containsExactly(FAR);
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("40 records passed flow 'orders' in the 2h until 2026-03-01T13:00:00Z")
                .contains("the median of the same hours of 5 days before is 100. Fewer than 50 of a hundred")
                .contains("'usualVolume'");

        counted("orders", 30, before(0));
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(alerts(true)).as("looked at once an hour").hasSize(1);
        hourLater();
        assertThat(alerts(true)).isEmpty();
        assertThat(subjects())
                .hasSize(2)
                .last()
                .isEqualTo("Patchbay: flow orders has about as many records as on the days before again");
    }

    @Test
    void hoursWithoutAnyRunAndThoseWithFarTooMuchAreToldOf() throws Exception {
        days(100, 100, 100, 100);
        tick.tick();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert -> assertThat(alert.sentence()).startsWith("0 records passed flow 'orders'"));

        counted("orders", 201, clock.instant());
        hourLater();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.sentence()).endsWith("More than 200 of a hundred of it are too many."));
    }

    @Test
    void nothingFollowsOfTooFewDaysOrOfDaysThatHadNothing() throws Exception {
        days(100, 100, 100);
        tick.tick();
        assertThat(alerts(null)).as("three days").isEmpty();

        days(0, 0, 0, 0, 0, 0, 0, 0, 0, 100);
        hourLater();
        assertThat(alerts(null)).as("a median of nothing").isEmpty();
    }

    @Test
    void otherHoursOfTheDayDoNotCount() throws Exception {
        days(100, 100, 100, 100);
        for (int day = 0; day < 5; day++) {
            counted("orders", 9_000, before(day).minus(Duration.ofHours(5)));
            counted("orders", 9_000, before(day).plus(Duration.ofHours(1)));
        }
        counted("orders", 90, before(0));
        tick.tick();
        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void aSundayIsComparedWithSundaysWhereThatIsSaid() throws Exception {
        usual(new UsualVolume(50, null, Duration.ofHours(2), 28, 4, true));
        days(new long[27]);
        for (int week = 1; week <= 4; week++) {
            counted("orders", 100, before(7 * week));
        }
        tick.tick();
        assertThat(alerts(true))
                .singleElement()
                .satisfies(alert -> assertThat(alert.sentence()).contains("of 4 days before is 100"));
    }

    @Test
    void aPauseIsKnownToAProgramThatBeginsAfterIt() throws Exception {
        days(100, 100, 100, 100);
        WatchedFlow flow = world.flows.get("orders");
        world.flows.put("orders", new WatchedFlow("orders", flow.settings(), false));
        tick.tick();
        begin();
        tick.tick();
        clock.forward(Duration.ofHours(5));
        days(100, 100, 100, 100);
        world.flows.put("orders", flow);
        begin();
        tick.tick();
        assertThat(alerts(null)).as("nothing ran, because it was paused").isEmpty();

        clock.forward(Duration.ofHours(2));
        begin();
        tick.tick();
        assertThat(alerts(null)).as("a part of these hours was paused").isEmpty();

        clock.forward(Duration.ofHours(1));
        days(100, 100, 100, 100);
        begin();
        tick.tick();
        assertThat(alerts(true)).as("it has gone for the whole time").hasSize(1);
    }

    @Test
    void aProgramThatBeginsBeforeItsFlowsAreThereForgetsNothing() throws Exception {
        days(100, 100, 100, 100);
        Map<String, WatchedFlow> all = Map.copyOf(world.flows);
        world.flows.clear();
        begin();
        tick.tick();
        world.flows.putAll(all);
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(alerts(true)).hasSize(1);
    }

    @Test
    void aFlowThatWasPausedIsLookedAtWhenItHasGoneForTheWholeTime() throws Exception {
        days(100, 100, 100, 100);
        WatchedFlow flow = world.flows.get("orders");
        world.flows.put("orders", new WatchedFlow("orders", flow.settings(), false));
        tick.tick();
        world.flows.put("orders", flow);
        hourLater();
        hourLater();
        hourLater();
        assertThat(alerts(null)).isEmpty();

        days(100, 100, 100, 100);
        hourLater();
        assertThat(alerts(true)).hasSize(1);

        world.flows.put("orders", new WatchedFlow("orders", flow.settings(), false));
        hourLater();
        assertThat(alerts(true)).isEmpty();
        assertThat(subjects()).as("of a pause nobody is told").containsExactly(FAR);
    }
}
