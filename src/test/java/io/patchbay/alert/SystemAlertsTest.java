package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.alert.Watched.WatchedInstance;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of instances and the disk. */
class SystemAlertsTest extends AlertsFixture {

    @Test
    void oneOutageIsOneAlertForAllFlows() throws Exception {
        world.flows.put("stock", new WatchedFlow("stock", SETTINGS, true));
        world.callers.put("shop-uk", Set.of("orders", "stock"));
        world.instances.add(new WatchedInstance(
                "shop-uk", AlertKind.UNREACHABLE, clock.instant(), "no answer in 30s", clock.instant(), null));
        ended("orders", RunStatus.FAILED, "no answer in 30s");
        ended("stock", RunStatus.FAILED, "no answer in 30s");
        tick.tick();
        ended("stock", RunStatus.FAILED, "no answer in 30s");
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: instance shop-uk does not answer");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString()).contains("orders, stock");

        world.instances.set(0, new WatchedInstance("shop-uk", null, clock.instant(), null, null, null));
        tick.tick();
        assertThat(alerts(true)).as("nothing is known of it").hasSize(1);
        clock.forward(Duration.ofMinutes(5));
        world.instances.set(0, new WatchedInstance("shop-uk", null, clock.instant(), null, null, clock.instant()));
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: instance shop-uk answers again");
    }

    @Test
    void whatFailedByAnOutageIsNotToldOfAgainAfterARestart() throws Exception {
        world.flows.put("stock", new WatchedFlow("stock", SETTINGS, true));
        world.callers.put("shop-uk", Set.of("orders", "stock"));
        world.instances.add(new WatchedInstance(
                "shop-uk", AlertKind.UNREACHABLE, clock.instant(), "no answer", clock.instant(), null));
        row("orders", "019-a", "failed", clock.instant());
        ended("orders", RunStatus.FAILED, "no answer");
        clock.forward(Duration.ofSeconds(1));
        tick.tick();
        assertThat(subjects()).hasSize(1);
        clock.forward(Duration.ofMinutes(5));
        row("stock", "019-b", "failed", clock.instant());

        world.instances.set(0, new WatchedInstance("shop-uk", null, null, null, null, null));
        begin();
        tick.tick();
        assertThat(subjects()).as("the outage is open").hasSize(1);

        world.instances.set(0, new WatchedInstance("shop-uk", null, null, null, null, clock.instant()));
        tick.tick();
        begin();
        tick.tick();
        assertThat(subjects()).as("the outage is over").hasSize(2);

        clock.forward(Duration.ofMinutes(1));
        row("stock", "019-c", "failed", clock.instant());
        begin();
        tick.tick();
        assertThat(subjects()).as("it failed later").hasSize(3).last().isEqualTo("Patchbay: flow stock fails");
    }

    @Test
    void anInstanceThatWasNotCalledLatelySilencesNoFlow() throws Exception {
        world.callers.put("shop-uk", Set.of("orders"));
        world.instances.add(new WatchedInstance(
                "shop-uk", AlertKind.UNREACHABLE, clock.instant(), "no answer", clock.instant(), null));
        clock.forward(Duration.ofMinutes(2));
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: instance shop-uk does not answer");

        ended("orders", RunStatus.FAILED, "the file is damaged");
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: flow orders fails");
    }

    @Test
    void anOutageThatAnotherReplicaSawEndDoesNotComeUpAgain() throws Exception {
        WatchedInstance down = new WatchedInstance(
                "shop-uk", AlertKind.UNREACHABLE, clock.instant(), "no answer", clock.instant(), null);
        world.instances.add(down);
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(alerts(true)).hasSize(1);

        clock.forward(Duration.ofMinutes(1));
        world.instances.set(0, new WatchedInstance("shop-uk", null, null, null, null, clock.instant()));
        tick.tick();
        world.instances.set(0, down);
        tick.tick();
        clock.forward(Duration.ofHours(2));
        tick.tick();
        assertThat(alerts(true)).isEmpty();

        world.instances.set(
                0,
                new WatchedInstance(
                        "shop-uk", AlertKind.UNREACHABLE, clock.instant(), "no answer", clock.instant(), null));
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(alerts(true)).as("it went down again").hasSize(1);
    }

    @Test
    void aCallThatWentWellAMomentLaterIsNoOutage() throws Exception {
        world.instances.add(
                new WatchedInstance("shop-uk", AlertKind.SIGN_IN, clock.instant(), "401", clock.instant(), null));
        tick.tick();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: instance shop-uk cannot sign in");
    }

    @Test
    void aFullDiskIsToldOf() throws Exception {
        world.fullDisk = "3 MB are free";
        tick.tick();
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: the disk is full");

        clock.forward(Duration.ofMinutes(2));
        tick.tick();
        world.fullDisk = "";
        clock.forward(Duration.ofMinutes(2));
        tick.tick();
        assertThat(alerts(true)).as("another replica has seen it a moment ago").hasSize(1);
        clock.forward(Duration.ofMinutes(1));
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: there is room on the disk again");
    }
}
