package io.patchbay.run.tracked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcTrackedTest {

    @TempDir
    Path data;

    private Store store;
    private JdbcTracked tracked;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        tracked = new JdbcTracked(store, TrackedProperties.defaults(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        tracked.close();
        store.close();
    }

    @Test
    void listsNewestFirstAndWritesTheSameSightingOver() throws Exception {
        TrackedChecks.pagesAndWritesOver(tracked);
    }

    @Test
    void tellsWhatCameBehindTheShape() throws Exception {
        TrackedChecks.tellsWhatCameBehind(store, tracked);
    }

    @Test
    void forgetsWhatWasNotSeenForLongAndWhatIsTooMuch() throws Exception {
        TrackedChecks.forgets(tracked, Instant.now());
    }

    @Test
    void whatWasWrittenIsThereAfterTheProgramEnded() throws Exception {
        TrackedChecks.write(tracked, TrackedChecks.order("one", "1001", TrackedChecks.NOON));
        close();
        open();
        assertThat(tracked.find(TrackedChecks.values("1001", null, null, 10)).data())
                .extracting(Tracked.Found::sighting)
                .containsExactly(TrackedChecks.order("one", "1001", TrackedChecks.NOON));
    }

    @Test
    void refusesAPlaceThatIsNone() {
        assertThatThrownBy(() -> tracked.find(TrackedChecks.values(null, null, "nonsense", 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'next' of the page before");
    }

    @Test
    void boundsMustMakeSense() {
        assertThatThrownBy(() -> new TrackedProperties(Duration.ofDays(401), 15))
                .hasMessageContaining("tracked.keep");
        assertThatThrownBy(() -> new TrackedProperties(Duration.ofDays(1), 0)).hasMessageContaining("most-per-value");
    }
}
