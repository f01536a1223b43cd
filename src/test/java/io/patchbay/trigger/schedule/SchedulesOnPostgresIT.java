package io.patchbay.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.queue.Once;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.Starts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.util.unit.DataSize;

class SchedulesOnPostgresIT {

    @TempDir
    private Path folder;

    private record Started(String replica, String id, Instant at) {}

    private final List<Started> started = new CopyOnWriteArrayList<>();

    private Starts starts(String replica) {
        return new Starts() {
            @Override
            public CompletableFuture<String> startOnce(
                    Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
                throw new UnsupportedOperationException("this trigger makes no such starts");
            }

            @Override
            public CompletableFuture<String> start(
                    String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
                started.add(new Started(replica, id, at));
                return CompletableFuture.completedFuture(id);
            }

            @Override
            public CompletableFuture<Answer> call(
                    String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
                throw new AssertionError("a schedule does not call");
            }
        };
    }

    /** Quartz knows one scheduler of a name in a JVM; replicas have a JVM each. */
    private static Scheduler replica(Store store) throws Exception {
        Scheduler scheduler = StoreScheduler.open(store.database().dataSource(), true);
        SchedulerRepository.getInstance().remove(scheduler.getSchedulerName());
        return scheduler;
    }

    /**
     * Quartz may fire a time on both replicas when they begin at the same moment. The promise is the start's: an id is written
     * once, whoever hands it in again, so what counts is that a time always has the same id.
     */
    private void assertOneIdForEachTime() {
        Map<Instant, List<String>> ids = started.stream()
                .collect(Collectors.groupingBy(Started::at, Collectors.mapping(Started::id, Collectors.toList())));
        assertThat(ids.values()).allSatisfy(same -> assertThat(same).containsOnly(same.get(0)));
        assertThat(ids.values().stream().map(same -> same.get(0)).distinct()).hasSameSizeAs(ids.keySet());
    }

    @Test
    void handsInEachTimeUnderOneIdAndGoesOnWhenOneReplicaEnds() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            StoreProperties settings = new StoreProperties(
                    postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 8, DataSize.ofBytes(0));
            try (Store one = Store.open(settings, folder.resolve("one"), Clock.systemUTC());
                    Store two = Store.open(settings, folder.resolve("two"), Clock.systemUTC())) {
                List<DeployedTrigger> all = List.of(new DeployedTrigger(
                        "tick", 0, new Schedule(Duration.ofSeconds(1), null, null, Schedule.Misfire.ONCE)));
                Scheduler first = replica(one);
                Schedules onFirst = new Schedules(first, starts("one"), Clock.systemUTC());
                Scheduler second = replica(two);
                Schedules onSecond = new Schedules(second, starts("two"), Clock.systemUTC());
                onFirst.replace(all);
                onSecond.replace(all);
                await().atMost(Duration.ofSeconds(30)).until(() -> started.size() >= 5);
                assertOneIdForEachTime();

                first.shutdown(true);
                int before = started.size();
                await().atMost(Duration.ofSeconds(40)).until(() -> started.size() >= before + 3);
                assertOneIdForEachTime();
                assertThat(started.get(started.size() - 1).replica()).isEqualTo("two");

                onSecond.replace(List.of());
                assertThat(second.getJobKeys(GroupMatcher.anyJobGroup())).isEmpty();
                second.shutdown(true);
            }
        }
    }
}
