package io.patchbay.queue;

import static io.patchbay.queue.Starts.PARALLEL;
import static io.patchbay.queue.Starts.accept;
import static io.patchbay.queue.Starts.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.FullableDisk;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class QueueDiskFullTest {

    @TempDir
    Path data;

    @AfterEach
    void empty() {
        FullableDisk.full(false);
    }

    @Test
    void whatWasAcceptedBeforeTheDiskFilledUpGoesOnWhenThereIsRoomAgain() throws Exception {
        FullableDisk.register();
        SettableClock clock = new SettableClock();
        StoreProperties settings = new StoreProperties(FullableDisk.url(data), null, null, 6, DataSize.ofBytes(0));
        try (Store store = Store.open(settings, data, clock);
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), clock)) {
            queue.policies(Map.of("a", PARALLEL));
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Start start = Starts.of("a", "webhook");
                accept(queue, start);
                accepted.add(start.id());
            }
            List<Claim> claims = queue.claim(2);
            FullableDisk.full(true);
            assertThatThrownBy(() -> end(store, queue, claims.get(0)).get(20, TimeUnit.SECONDS))
                    .hasStackTraceContaining("No space left");
            assertThatThrownBy(() -> queue.release(claims.get(0)).get(20, TimeUnit.SECONDS))
                    .isNotNull();
            assertThatThrownBy(() -> queue.release(claims.get(1)).get(20, TimeUnit.SECONDS))
                    .isNotNull();
            assertThatThrownBy(() -> accept(queue, Starts.of("a", "webhook")))
                    .hasCauseInstanceOf(IntakeRefusedException.class);
            assertThat(queue.claim(5)).isEmpty();

            FullableDisk.full(false);
            clock.forward(Duration.ofMinutes(1));
            List<String> claimed = new ArrayList<>();
            for (int i = 0; i < 10 && claimed.size() < 3; i++) {
                for (Claim claim : queue.claim(5)) {
                    claimed.add(claim.start().id());
                    end(store, queue, claim).get(20, TimeUnit.SECONDS);
                }
                clock.forward(Duration.ofSeconds(2));
            }
            // The one whose end failed may have ended all the same; it did not: its sync is what failed.
            assertThat(claimed).containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(queue.queued()).isEmpty();
        }
    }
}
