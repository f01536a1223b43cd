package io.patchbay.queue;

import static io.patchbay.queue.Starts.PARALLEL;
import static io.patchbay.queue.Starts.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Body;
import io.patchbay.store.BodyFiles;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Starts for what may come twice. */
class OnceTest {

    private static final QueueProperties BOUNDS =
            new QueueProperties(1_000, 3, DataSize.ofMegabytes(10), Duration.ofMinutes(1), Duration.ofSeconds(30), 3);
    private static final Once EVENT = new Once("event-1", Duration.ofHours(1));

    @TempDir
    Path data;

    private final SettableClock clock = new SettableClock();
    private Store store;
    private TableQueue queue;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, clock);
        queue = new TableQueue(store, BOUNDS, clock);
        queue.policies(Map.of("a", PARALLEL));
    }

    @AfterEach
    void close() throws Exception {
        queue.close();
        store.close();
    }

    private String accept(Start start, Once once) throws Exception {
        return queue.accept(start, once).get(20, TimeUnit.SECONDS);
    }

    @Test
    void answersWithTheFirstRunWhileItWaitsWhenItHasEndedAndAfterARestart() throws Exception {
        Start first = Starts.of("a", "webhook");
        assertThat(accept(first, EVENT)).isEqualTo(first.id());
        assertThat(accept(Starts.of("a", "webhook"), EVENT)).isEqualTo(first.id());
        assertThat(queue.queued("a")).isEqualTo(1);
        end(store, queue, queue.claim(5).get(0)).get(20, TimeUnit.SECONDS);
        assertThat(accept(Starts.of("a", "webhook"), EVENT)).isEqualTo(first.id());
        close();
        open();
        assertThat(accept(Starts.of("a", "webhook"), EVENT)).isEqualTo(first.id());
        assertThat(queue.claim(5)).isEmpty();
    }

    @Test
    void startsAgainWhatIsNotRememberedAnyMore() throws Exception {
        Start first = Starts.of("a", "webhook");
        accept(first, EVENT);
        clock.forward(Duration.ofMinutes(61));
        Start second = Starts.of("a", "webhook");
        assertThat(accept(second, EVENT)).isEqualTo(second.id());
        assertThat(accept(Starts.of("a", "webhook"), EVENT)).isEqualTo(second.id());
        assertThat(queue.queued("a")).isEqualTo(2);
    }

    @Test
    void remembersNothingOfAStartThatWasRefused() throws Exception {
        for (int i = 0; i < 3; i++) {
            accept(Starts.of("a", "webhook"), new Once("other-" + i, Duration.ofHours(1)));
        }
        assertThatThrownBy(() -> accept(Starts.of("a", "webhook"), EVENT)).hasCauseInstanceOf(QueueFullException.class);
        end(store, queue, queue.claim(1).get(0)).get(20, TimeUnit.SECONDS);
        Start again = Starts.of("a", "webhook");
        assertThat(accept(again, EVENT)).isEqualTo(again.id());
    }

    @Test
    void leavesNothingOfALargeBodyThatCameTwice() throws Exception {
        Body large = new Body.Bytes(new byte[BodyFiles.INLINE * 2], "x/y");
        accept(Starts.of("a", "webhook", large), EVENT);
        accept(Starts.of("a", "webhook", large), EVENT);
        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            assertThat(files).hasSize(1);
        }
    }
}
