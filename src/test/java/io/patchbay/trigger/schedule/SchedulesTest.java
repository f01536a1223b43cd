package io.patchbay.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.queue.Once;
import io.patchbay.queue.QueueFullException;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.Cron;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Manual;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.Schedule.Misfire;
import io.patchbay.trigger.Starts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.impl.matchers.GroupMatcher;

class SchedulesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final List<Started> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private Store store;
    private DataSource database;
    private Scheduler scheduler;
    private Schedules schedules;

    private record Started(String id, String flow, Body body, Instant at) {}

    private final Starts starts = new Starts() {
        @Override
        public CompletableFuture<String> startOnce(
                Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
            throw new UnsupportedOperationException("this trigger makes no such starts");
        }

        @Override
        public CompletableFuture<String> start(
                String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return CompletableFuture.failedFuture(new QueueFullException("full", SECOND));
            }
            started.add(new Started(id, flow, body, at));
            return CompletableFuture.completedFuture(id);
        }

        @Override
        public CompletableFuture<Answer> call(
                String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
            throw new AssertionError("a schedule does not call");
        }
    };

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder, Clock.systemUTC());
        database = store.database().dataSource();
        openScheduler();
    }

    private void openScheduler() throws Exception {
        scheduler = StoreScheduler.open(database, false);
        schedules = new Schedules(scheduler, starts, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        scheduler.shutdown(true);
        store.close();
    }

    private static DeployedTrigger every(String flow, Duration every) {
        return new DeployedTrigger(flow, 0, new Schedule(every, null, null, Misfire.ONCE));
    }

    private int jobs() throws Exception {
        return scheduler.getJobKeys(GroupMatcher.anyJobGroup()).size();
    }

    private Instant next(String flow, Schedule schedule) throws Exception {
        return scheduler
                .getTriggersOfJob(Schedules.key(flow, schedule))
                .get(0)
                .getNextFireTime()
                .toInstant();
    }

    @Test
    void startsAFlowAtItsTimes() {
        schedules.replace(List.of(every("tick", SECOND), new DeployedTrigger("by-hand", 0, new Manual())));
        await().atMost(Duration.ofSeconds(20)).until(() -> started.size() >= 3);
        assertThat(started).extracting(Started::flow).containsOnly("tick");
        assertThat(started).extracting(Started::body).containsOnly(Body.EMPTY);
        List<Instant> times = started.stream().map(Started::at).toList();
        assertThat(times).doesNotHaveDuplicates().allMatch(at -> at.getNano() == 0);
        assertThat(started).extracting(Started::id).doesNotHaveDuplicates().allMatch(id -> id.charAt(14) == '7');
    }

    @Test
    void leavesNoJobOfADeletedFlow() throws Exception {
        schedules.replace(List.of(every("a", SECOND), every("b", Duration.ofHours(1))));
        assertThat(jobs()).isEqualTo(2);
        schedules.replace(List.of(every("b", Duration.ofHours(1))));
        assertThat(jobs()).isEqualTo(1);
        schedules.replace(List.of());
        assertThat(jobs()).isZero();
        assertThat(scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())).isEmpty();
        try (Connection connection = database.getConnection();
                PreparedStatement rows = connection.prepareStatement("select count(*) from qrtz_triggers");
                var result = rows.executeQuery()) {
            result.next();
            assertThat(result.getInt(1)).isZero();
        }
    }

    @Test
    void changesAScheduleAndLeavesTheOthersAlone() throws Exception {
        Schedule kept = new Schedule(null, Cron.parse("0 6 * * *"), null, Misfire.ONCE);
        schedules.replace(List.of(
                new DeployedTrigger("a", 0, kept), every("a", Duration.ofHours(1)), every("b", Duration.ofHours(2))));
        var trigger = scheduler.getTriggersOfJob(Schedules.key("a", kept)).get(0);
        schedules.replace(List.of(
                every("a", Duration.ofHours(3)), new DeployedTrigger("a", 1, kept), every("b", Duration.ofHours(2))));
        assertThat(jobs()).isEqualTo(3);
        assertThat(scheduler.getTriggersOfJob(Schedules.key("a", kept)).get(0).getStartTime())
                .isEqualTo(trigger.getStartTime());
        assertThat(scheduler.getJobKeys(GroupMatcher.anyJobGroup()))
                .contains(Schedules.key("a", new Schedule(Duration.ofHours(3), null, null, Misfire.ONCE)))
                .doesNotContain(Schedules.key("a", new Schedule(Duration.ofHours(1), null, null, Misfire.ONCE)));
        schedules.replace(List.of(
                every("a", Duration.ofHours(3)), new DeployedTrigger("a", 1, kept), every("b", Duration.ofHours(2))));
        assertThat(jobs()).isEqualTo(3);
    }

    @Test
    void keepsItsJobsWhenItFallsSilent() throws Exception {
        schedules.replace(List.of(every("tick", SECOND)));
        schedules.silence();
        schedules.replace(List.of(every("tick", SECOND)));
        assertThat(scheduler.isInStandbyMode()).isTrue();
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void keepsTheNextTimeOverARestart() throws Exception {
        Schedule hourly = new Schedule(Duration.ofHours(5), null, null, Misfire.ONCE);
        schedules.replace(List.of(new DeployedTrigger("a", 0, hourly)));
        Instant next = next("a", hourly);
        scheduler.shutdown(true);
        openScheduler();
        assertThat(next("a", hourly)).isEqualTo(next);
        schedules.replace(List.of(new DeployedTrigger("a", 0, hourly)));
        assertThat(next("a", hourly)).isEqualTo(next);
        assertThat(jobs()).isEqualTo(1);
    }

    /** As if the program had been down: the stored times lie in the past when the scheduler begins. */
    @Test
    void makesUpForMissedTimesOnceOrNotAtAll() throws Exception {
        Schedule once = new Schedule(Duration.ofHours(1), null, null, Misfire.ONCE);
        Schedule skip = new Schedule(Duration.ofHours(1), null, null, Misfire.SKIP);
        Schedule minutes = new Schedule(null, Cron.parse("* * * * *"), null, Misfire.ONCE);
        List<DeployedTrigger> all = List.of(
                new DeployedTrigger("once", 0, once),
                new DeployedTrigger("skip", 0, skip),
                new DeployedTrigger("gone", 0, once),
                new DeployedTrigger("minutes", 0, minutes));
        schedules.replace(all);
        scheduler.shutdown(true);
        long grid = Instant.now().minusSeconds(4 * 3600).getEpochSecond() / 3600 * 3600;
        moveBack(grid * 1000);
        openScheduler();
        schedules.replace(List.of(all.get(0), all.get(1), all.get(3)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> started.stream().map(Started::flow).toList().containsAll(List.of("once", "minutes")));
        assertThat(started).extracting(Started::flow).doesNotContain("skip", "gone");
        assertThat(started.stream().filter(start -> start.flow().equals("once")))
                .hasSize(1);
        assertThat(started.stream().filter(start -> start.flow().equals("minutes")))
                .as("hours of missed minutes, and maybe the next regular one")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(started).extracting(Started::at).contains(Instant.ofEpochSecond(grid));
        assertThat(next("once", once).getEpochSecond() % 3600).isZero();
        assertThat(next("skip", skip)).isAfter(Instant.now());
    }

    @Test
    void tellsOfStartsThatWereNotMadeWhenTheyWereDue() throws Exception {
        List<String> late = new CopyOnWriteArrayList<>();
        Instant due = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 3600 * 3600 - 7200);
        List<DeployedTrigger> all = List.of(
                new DeployedTrigger("once", 0, new Schedule(Duration.ofHours(1), null, null, Misfire.ONCE)),
                new DeployedTrigger("skip", 0, new Schedule(Duration.ofHours(1), null, null, Misfire.SKIP)));
        schedules.onLate((flow, at, made, next) -> late.add(flow + " " + at + " " + made + " " + next));
        schedules.replace(all);
        scheduler.standby();
        moveBack(due.toEpochMilli());
        DueStarts starts = new DueStarts(database);
        assertThat(starts.read(due).overdue()).isEmpty();
        assertThat(starts.read(due.plusMillis(1)).overdue()).containsOnly(entry("once", due), entry("skip", due));
        assertThat(starts.read(due).made()).isEmpty();

        scheduler.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> late.size() == 2);
        Instant next = next("once", (Schedule) all.get(0).trigger());
        assertThat(late)
                .containsExactlyInAnyOrder(
                        "once " + due + " true " + next,
                        "skip " + due + " false "
                                + next("skip", (Schedule) all.get(1).trigger()));
        assertThat(starts.read(Instant.now()).overdue()).isEmpty();
        assertThat(starts.read(due).made()).containsOnly(entry("once", due), entry("skip", due));
    }

    @Test
    void aStartThatWaitsForRoomIsOverdueSinceItWasDue() throws Exception {
        refusals.set(Integer.MAX_VALUE);
        Instant due = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 3600 * 3600 - 3600);
        schedules.replace(List.of(every("a", Duration.ofHours(1))));
        scheduler.standby();
        moveBack(due.toEpochMilli());
        scheduler.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup()).size() == 2);
        assertThat(new DueStarts(database).read(Instant.now()).overdue()).containsOnly(entry("a", due));
    }

    private void moveBack(long millis) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement back = connection.prepareStatement("update qrtz_triggers set next_fire_time = ?")) {
            back.setLong(1, millis);
            back.executeUpdate();
        }
    }

    @Test
    void waitsWhileTheQueueIsFull() throws Exception {
        refusals.set(1);
        Schedule hourly = new Schedule(Duration.ofHours(1), null, null, Misfire.ONCE);
        schedules.replace(List.of(new DeployedTrigger("a", 0, hourly)));
        long due = Instant.now().getEpochSecond() / 3600 * 3600 - 3600;
        scheduler.standby();
        moveBack(due * 1000);
        scheduler.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        scheduler.getTriggersOfJob(Schedules.key("a", hourly)).size() == 2);
        assertThat(started).isEmpty();
        await().atMost(Duration.ofSeconds(20)).until(() -> started.size() == 1);
        Instant at = started.get(0).at();
        assertThat(at).isBefore(Instant.now());
        await().until(() ->
                scheduler.getTriggersOfJob(Schedules.key("a", hourly)).size() == 1);
        refusals.set(1);
        schedules.replace(List.of());
        assertThat(scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())).isEmpty();
    }

    /** Quartz gives a fire again after a crash; it has the id of the first. */
    @Test
    void givesAFireTheSameIdAfterACrash() throws Exception {
        Schedule hourly = new Schedule(Duration.ofHours(1), null, null, Misfire.ONCE);
        schedules.replace(List.of(new DeployedTrigger("a", 0, hourly)));
        scheduler.shutdown(true);
        Instant due = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 3600 * 3600);
        try (Connection connection = database.getConnection();
                PreparedStatement fired = connection.prepareStatement(
                        "insert into qrtz_fired_triggers values"
                                + " ('patchbay', 'x', ?, 'schedules', 'alone', ?, ?, 5, 'EXECUTING', ?, 'schedules', false, true)")) {
            String name = Schedules.key("a", hourly).getName();
            fired.setString(1, name);
            fired.setLong(2, due.toEpochMilli() + 7);
            fired.setLong(3, due.toEpochMilli());
            fired.setString(4, name);
            fired.executeUpdate();
        }
        openScheduler();
        schedules.replace(List.of(new DeployedTrigger("a", 0, hourly)));
        await().atMost(Duration.ofSeconds(20)).until(() -> started.size() == 1);
        assertThat(started.get(0).at()).isEqualTo(due);
        assertThat(started.get(0).id())
                .isEqualTo(io.patchbay.trigger.StartIds.of(
                        due, Schedules.key("a", hourly).getName()));
    }
}
