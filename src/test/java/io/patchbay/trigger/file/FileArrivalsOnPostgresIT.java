package io.patchbay.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.store.StoreProperties;
import io.patchbay.trigger.Arrival.Order;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.FileArrival;
import io.patchbay.trigger.FolderPath;
import io.patchbay.trigger.file.Outcomes.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class FileArrivalsOnPostgresIT {

    private static final int FILES = 60;

    @TempDir
    private Path home;

    /** Both call themselves the owner, so that no lease keeps them apart. */
    @Test
    void twoReplicasThatLookAtOnceStartOneRunForEachFile() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Arrivals arrivals = new Arrivals(home, settings(postgres))) {
            for (int i = 0; i < FILES; i++) {
                arrivals.put("f" + i + ".csv", "content " + i);
            }
            FileArrival what = new FileArrival(
                    "inbox",
                    new FolderPath("."),
                    "*",
                    Order.NAME,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    null,
                    DataSize.ofMegabytes(1),
                    Arrivals.ARCHIVED);
            try (FileArrivals one = new FileArrivals(parts(arrivals));
                    FileArrivals two = new FileArrivals(parts(arrivals))) {
                one.replace(List.of(new DeployedTrigger("orders", 0, what)));
                two.replace(List.of(new DeployedTrigger("orders", 0, what)));
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(IntStream.range(0, FILES))
                                .allMatch(i -> Files.exists(arrivals.inbox.resolve("archive/f" + i + ".csv"))));
                // A file goes before its row does, and the next look finds rows of files that the other replica took.
                TakenFiles taken = new TakenFiles(arrivals.store.database().dataSource(), "orders", what);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(taken.all()).isEmpty());
            }

            assertThat(arrivals.started.stream()
                            .map(start -> start.name() + " " + start.id())
                            .distinct())
                    .hasSize(FILES);
        }
    }

    @Test
    void oneReplicaLooksAndTheOtherTakesOverWhenItIsSilent() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Arrivals arrivals = new Arrivals(home, settings(postgres))) {
            Leases one = new Leases(arrivals.store.database().dataSource(), "one", arrivals.clock);
            Leases two = new Leases(arrivals.store.database().dataSource(), "two", arrivals.clock);

            assertThat(one.hold("inbox", ".")).isTrue();
            assertThat(one.hold("inbox", ".")).isTrue();
            assertThat(two.hold("inbox", ".")).isFalse();
            assertThat(two.hold("inbox", "other")).isTrue();
            one.release();
            assertThat(two.hold("inbox", ".")).isTrue();
        }
    }

    private static StoreProperties settings(EmbeddedPostgres postgres) {
        return new StoreProperties(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 12, DataSize.ofBytes(0));
    }

    private static FileArrivals.Parts parts(Arrivals arrivals) {
        FileArrivals.Parts set = arrivals.parts();
        return new FileArrivals.Parts(
                set.folders(),
                set.starts(),
                set.bodies(),
                run -> Outcome.SUCCEEDED,
                set.database(),
                "both",
                Clock.systemUTC());
    }
}
