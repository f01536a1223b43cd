package io.patchbay.run.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.ShapeRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcRunCountsTest {

    @TempDir
    Path data;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void addsUpRunsByFlowHourAndShape() throws Exception {
        CountsChecks.addsUp(store);
    }

    @Test
    void findsTheNewestRunOfEachFlow() throws Exception {
        CountsChecks.findsTheNewest(store);
    }

    @Test
    void forgetsWhatIsPastItsTime() throws Exception {
        CountsChecks.forgets(store);
    }

    @Test
    void whatWaitsIsWrittenAtTheEndAndWhatComesLaterIsAddedToIt() throws Exception {
        for (int life = 1; life <= 2; life++) {
            JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC());
            counts.ended(CountsChecks.run("a", "orders", RunStatus.SUCCEEDED, CountsChecks.NOON, 5));
            counts.close();
            assertThat(counts.byFlow(CountsChecks.NOON).get("orders").runs()).isEqualTo(life);
        }
    }

    @Test
    void anInstantBeyondAllHoursIsBeforeOrAfterAll() {
        try (JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC())) {
            counts.ended(CountsChecks.run("a", "orders", RunStatus.SUCCEEDED, CountsChecks.NOON, 5));
            counts.write();
            assertThat(counts.byFlow(Instant.MIN)).containsKey("orders");
            assertThat(counts.byFlow(Instant.MAX)).isEmpty();
        }
    }

    @Test
    void countsAgainWhatCouldNotBeWritten() throws Exception {
        JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC());
        try (var connection = store.database().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table run_hour rename to run_hour_away");
            counts.ended(CountsChecks.run("a", "orders", RunStatus.SUCCEEDED, CountsChecks.NOON, 5));
            counts.write();
            statement.execute("alter table run_hour_away rename to run_hour");
        }
        counts.close();
        assertThat(counts.byFlow(CountsChecks.NOON).get("orders").runs()).isEqualTo(1);
        assertThat(counts.shapes("orders", CountsChecks.NOON).get("push").payloadsIn())
                .isEqualTo(4);
    }

    @Test
    void losesNothingOfARunThatEndsWhileItIsWritten() throws Exception {
        JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC());
        List<ShapeRecord> shapes = IntStream.range(0, 20_000)
                .mapToObj(i -> new ShapeRecord("shape" + i, "map", 1, 1, 0, 1, 1, 0, 0, 1, Duration.ZERO))
                .toList();
        RunRecord run = new RunRecord(
                "a",
                "orders",
                "rev1",
                "webhook",
                RunStatus.SUCCEEDED,
                CountsChecks.NOON,
                CountsChecks.NOON,
                CountsChecks.NOON,
                null,
                null,
                0,
                shapes,
                List.of(),
                List.of());
        Thread ends = new Thread(() -> counts.ended(run));
        ends.start();
        while (ends.isAlive()) {
            counts.write();
        }
        counts.close();
        assertThat(counts.shapes("orders", CountsChecks.NOON)).hasSize(shapes.size());
    }

    @Test
    void percentilesAreRightToWithinAFifth() {
        for (long millis :
                LongStream.of(1, 2, 3, 7, 100, 1_023, 1_024, 86_400_000).toArray()) {
            var one = new java.util.TreeMap<>(java.util.Map.of(Times.classOf(millis), 1L));
            assertThat((double) new Times(one).percentile(0.5))
                    .isBetween(Math.floor(millis * 0.84), Math.ceil(millis * 1.2));
        }
        assertThat(Times.NOTHING.percentile(0.5)).isNull();
        assertThat(new Times(new java.util.TreeMap<>(java.util.Map.of(0, 3L))).percentile(0.95))
                .isZero();
    }

    @Test
    void boundsHoldDefaultsAndRefuseWhatIsTooShort() {
        assertThat(CountsProperties.defaults())
                .isEqualTo(new CountsProperties(Duration.ofDays(31), Duration.ofDays(2)));
        assertThatThrownBy(() -> new CountsProperties(Duration.ofHours(1), Duration.ofDays(2)))
                .hasMessage("patchbay.counts.keep must be 2d to 400d, got PT1H");
        assertThatThrownBy(() -> new CountsProperties(Duration.ofDays(2), Duration.ofDays(32)))
                .hasMessageContaining("keep-shapes");
    }
}
