package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.alert.Alert.Message.State;
import io.patchbay.notification.Channel;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Two programs on one PostgreSQL say it once. */
class AlertsOnPostgresIT {

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** One place, which takes everything. */
    private final Notifier notifier = new Notifier() {
        @Override
        public boolean mails() {
            return true;
        }

        @Override
        public Set<String> groups() {
            return Set.of("ops");
        }

        @Override
        public List<Target> targets(Collection<String> to) {
            return to.contains("ops") ? List.of(new Target(Channel.WEBHOOK, "ops", 1)) : List.of();
        }

        @Override
        public void send(Target target, Notice notice) {
            sent.add(notice.title());
        }
    };

    @Test
    void whatTwoReplicasSeeIsSaidOnce() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Store one = store(postgres, "one");
                Store two = store(postgres, "two")) {
            AlertMessages messagesOfOne = new AlertMessages(one, notifier, null);
            AlertMessages messagesOfTwo = new AlertMessages(two, notifier, null);
            JdbcAlerts ofOne = new JdbcAlerts(one, messagesOfOne);
            JdbcAlerts ofTwo = new JdbcAlerts(two, messagesOfTwo);

            ofOne.raise(failed(2), clock.instant());
            ofTwo.raise(failed(3), clock.instant());
            clock.forward(Duration.ofHours(1));
            ofOne.sayWhatGoesOn(clock.instant());
            ofTwo.sayWhatGoesOn(clock.instant());
            List<AlertMessages.Due> due = messagesOfOne.due(clock.instant(), 10);
            assertThat(due).hasSize(2);
            assertThat(messagesOfOne.claim(due.get(0), clock.instant().plusSeconds(10)))
                    .isTrue();
            assertThat(messagesOfTwo.claim(due.get(0), clock.instant().plusSeconds(10)))
                    .as("it was taken by the other one")
                    .isFalse();
            clock.forward(Duration.ofSeconds(10));
            new Outbox(messagesOfTwo, notifier, clock, text -> text).send();
            new Outbox(messagesOfOne, notifier, clock, text -> text).send();
            ofTwo.over(AlertKind.FAILED_RUNS, "orders", "A run succeeded.", clock.instant());
            ofOne.over(AlertKind.FAILED_RUNS, "orders", "A run succeeded.", clock.instant());
            new Outbox(messagesOfOne, notifier, clock, text -> text).send();

            assertThat(sent)
                    .containsExactlyInAnyOrder(
                            "Patchbay: flow orders fails",
                            "Patchbay: flow orders still fails",
                            "Patchbay: flow orders succeeds again");
            Alert alert = ofTwo.list(new Alerts.Query(null, "orders", false, null, 10))
                    .data()
                    .get(0);
            assertThat(alert.times()).isEqualTo(5);
            assertThat(ofTwo.messages(List.of(alert.id())))
                    .hasSize(3)
                    .allSatisfy(message -> assertThat(message.state()).isEqualTo(State.SENT));
            pastOf(one, two);
            ofOne.sweep(clock.instant().plus(Duration.ofDays(1)));
            assertThat(ofTwo.list(new Alerts.Query(null, null, null, null, 10)).data())
                    .isEmpty();
        }
    }

    @Test
    void whatOneReplicaMutesTheOtherDoesNotTellAndTheEndIsToldOnce() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Store one = store(postgres, "one");
                Store two = store(postgres, "two")) {
            JdbcMutes mutesOfOne = new JdbcMutes(one, notifier, clock);
            JdbcMutes mutesOfTwo = new JdbcMutes(two, notifier, clock);
            AlertMessages messagesOfTwo = new AlertMessages(two, notifier, null);
            JdbcAlerts ofOne = new JdbcAlerts(one, new AlertMessages(one, notifier, null));
            JdbcAlerts ofTwo = new JdbcAlerts(two, messagesOfTwo);
            mutesOfOne.mute(Mutes.Of.FLOW, "orders", clock.instant().plusSeconds(60), "moves \0 house", "ada");
            mutesOfTwo.mute(Mutes.Of.FLOW, "orders", clock.instant().plusSeconds(30), "moves", "ada");

            ofTwo.raise(failed(2), clock.instant());
            assertThat(messagesOfTwo.due(clock.instant(), 10)).isEmpty();
            assertThat(mutesOfOne.current())
                    .singleElement()
                    .satisfies(mute -> assertThat(mute.held()).isEqualTo(1));
            clock.forward(Duration.ofSeconds(30));
            List<Mutes.Mute> ended = mutesOfOne.ended(clock.instant());
            assertThat(ended).hasSize(1);
            ofOne.unmuted(ended.get(0), "1 was left out", List.of("ops"), clock.instant());
            ofTwo.unmuted(ended.get(0), "1 was left out", List.of("ops"), clock.instant());

            assertThat(messagesOfTwo.due(clock.instant(), 10))
                    .extracting(due -> due.notice().title())
                    .containsExactly("Patchbay: what was not sent while orders was muted");
            assertThat(mutesOfTwo.end(Mutes.Of.FLOW, "orders")).isFalse();
        }
    }

    private void pastOf(Store one, Store two) {
        PastRuns past = new PastRuns(one);
        past.watch("orders", clock.instant());
        new PastRuns(two).watch("orders", clock.instant().plusSeconds(60));
        assertThat(new PastRuns(two).watched()).containsEntry("orders", clock.instant());
        past.watchFrom("orders", clock.instant().plusSeconds(60));
        new PastRuns(two).watchFrom("orders", clock.instant().plusSeconds(30));
        assertThat(past.watched())
                .as("the later success")
                .containsEntry("orders", clock.instant().plusSeconds(60));
        assertThat(past.newest("orders")).isEmpty();
        assertThat(past.succeeded("orders", clock.instant())).isEmpty();
        assertThat(past.oldestStart("orders")).isEmpty();
        past.unwatch("orders");
        assertThat(past.watched()).isEmpty();
    }

    private static Occurrence failed(long times) {
        return new Occurrence(
                AlertKind.FAILED_RUNS,
                "orders",
                times,
                "Run r of flow 'orders' failed: \0 down",
                "r",
                List.of("ops"),
                Duration.ofHours(1));
    }

    private Store store(EmbeddedPostgres postgres, String name) throws Exception {
        return Store.open(
                new StoreProperties(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 4, DataSize.ofBytes(0)),
                folder.resolve(name),
                clock);
    }
}
