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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class OutboxTest {

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final List<String> sent = new ArrayList<>();
    private Runnable whileSending = () -> {};
    private Store store;
    private AlertMessages messages;
    private JdbcAlerts alerts;

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
            return List.of(new Target(Channel.WEBHOOK, "ops", 1));
        }

        @Override
        public void send(Target target, Notice notice) {
            sent.add(notice.title());
            whileSending.run();
        }
    };

    @BeforeEach
    void open() throws Exception {
        store = Store.open(
                new StoreProperties(null, null, null, 4, DataSize.ofBytes(0)), folder.resolve("data"), clock);
        messages = new AlertMessages(store, notifier, null);
        alerts = new JdbcAlerts(store, messages);
        alerts.raise(
                new Occurrence(AlertKind.DISK, "", 0, "Full.", null, List.of("ops"), Duration.ofHours(1)),
                clock.instant());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void nobodyElseSendsWhatIsBeingSentSlowly() {
        whileSending = () -> {
            whileSending = () -> {};
            clock.forward(Duration.ofSeconds(30));
            outbox().send();
        };
        outbox().send();

        assertThat(sent).hasSize(1);
        assertThat(state()).isEqualTo(State.SENT);
    }

    @Test
    void anAttemptThatIsNotTheNewestSaysNothingOfTheMessage() {
        AlertMessages.Due first = messages.due(clock.instant(), 10).get(0);
        assertThat(messages.claim(first, clock.instant())).isTrue();
        AlertMessages.Due second = messages.due(clock.instant(), 10).get(0);
        assertThat(messages.claim(second, clock.instant())).isTrue();
        messages.ended(second, State.SENT, clock.instant(), null);
        messages.ended(first, State.WAITING, clock.instant(), "no answer");

        assertThat(state()).isEqualTo(State.SENT);
    }

    private Outbox outbox() {
        return new Outbox(messages, notifier, clock, text -> text);
    }

    private State state() {
        String alert = alerts.open().values().iterator().next().id();
        return messages.of(List.of(alert)).get(0).state();
    }
}
