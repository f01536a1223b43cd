package io.patchbay.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.alert.Alert.Message.State;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.alert.Watched.WatchedInstance;
import io.patchbay.flow.AlertSettings;
import io.patchbay.notification.GroupNotifier;
import io.patchbay.notification.HookSender;
import io.patchbay.notification.MailProperties;
import io.patchbay.notification.NotificationProperties;
import io.patchbay.notification.SmtpMailer;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class AlertsTickTest {

    @RegisterExtension
    static final GreenMailExtension MAILS = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

    private static final AlertSettings SETTINGS =
            new AlertSettings(List.of("ops"), true, Duration.ofHours(1), null, null, null);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final World world = new World();
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final CamelContext camel = new DefaultCamelContext();
    private final ScheduledExecutorService never = Executors.newSingleThreadScheduledExecutor();
    private volatile int answer = 200;
    private HttpServer hooks;
    private Store store;
    private FlowWatch watch;
    private AlertsTick tick;
    private int runs;

    @BeforeEach
    void start() throws Exception {
        hooks = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        hooks.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        hooks.start();
        camel.start();
        world.flows.put("orders", new WatchedFlow("orders", SETTINGS, true));
        open();
    }

    private void open() throws Exception {
        store = Store.open(
                new StoreProperties(null, null, null, 4, DataSize.ofBytes(0)), folder.resolve("data"), clock);
        begin();
    }

    /** A program begins on the store. */
    private void begin() {
        NotificationProperties groups = new NotificationProperties(
                Map.of(
                        "ops",
                        new NotificationProperties.GroupProperties(
                                List.of("ops@example.org"),
                                List.of("http://127.0.0.1:" + hooks.getAddress().getPort() + "/s3cret"),
                                List.of(),
                                List.of())),
                List.of("127.0.0.1"));
        MailProperties mail = new MailProperties(
                "127.0.0.1", MAILS.getSmtp().getPort(), null, null, "patchbay@example.org", false, Map.of());
        GroupNotifier notifier = new GroupNotifier(
                groups,
                mail,
                new SmtpMailer(mail, camel),
                new HookSender(name -> Optional.empty(), groups.allowedHosts(), InetAddress::isLoopbackAddress));
        watch = new FlowWatch(
                clock,
                flow -> world.flows.containsKey(flow) ? world.flows.get(flow).settings() : null,
                run -> "an operator".equals(run.reason()));
        tick = new AlertsTick(
                new AlertsTick.Parts(store, notifier, watch, world, "https://patchbay.example", text -> text),
                new AlertProperties(List.of("ops"), Duration.ofHours(1), Duration.ofDays(30), Duration.ofMinutes(15)),
                clock,
                never);
    }

    @AfterEach
    void stop() throws IOException {
        never.shutdownNow();
        store.close();
        hooks.stop(0);
        camel.stop();
    }

    @Test
    void theFirstFailureIsToldAtOnceWithWhatToDo() throws Exception {
        ended("orders", RunStatus.FAILED, "shop-uk answered 500");
        tick.tick();

        MimeMessage mail = MAILS.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Patchbay: flow orders fails");
        assertThat(mail.getContent().toString())
                .contains("Run run-1 of flow 'orders' failed: shop-uk answered 500")
                .contains("What to do: see the run with `patchbay runs run-1`")
                .contains("https://patchbay.example/api/v1/runs/run-1");
        assertThat(posted).hasSize(1);
        assertThat(posted.get(0)).contains("\"kind\":\"failed_runs\"").contains("\"subject\":\"orders\"");
    }

    @Test
    void whatGoesOnFailingIsToldOnceInAWindow() throws Exception {
        for (int i = 0; i < 50; i++) {
            ended("orders", RunStatus.PARTIAL, "some failed");
            tick.tick();
        }
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");

        clock.forward(Duration.ofHours(1));
        tick.tick();
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders still fails");
        assertThat(MAILS.getReceivedMessages()[1].getContent().toString()).contains("49 more since the last message");

        clock.forward(Duration.ofHours(5));
        tick.tick();
        assertThat(subjects()).as("nothing failed since").hasSize(2);
    }

    @Test
    void aFlowThatCannotBeToldOfKeepsNoneBack() throws Exception {
        for (int i = 0; i < 5; i++) {
            String tooLong = i + "x".repeat(300);
            world.flows.put(tooLong, new WatchedFlow(tooLong, SETTINGS, true));
            ended(tooLong, RunStatus.FAILED, "down");
        }
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: flow orders succeeds again");
        assertThat(alerts(null))
                .singleElement()
                .satisfies(one -> assertThat(one.times()).isEqualTo(1));
    }

    @Test
    void theFirstSuccessIsTold() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
        assertThat(alerts(true)).isEmpty();
        assertThat(alerts(false))
                .singleElement()
                .satisfies(one -> assertThat(one.times()).isEqualTo(1));
    }

    @Test
    void failingAndSucceedingByTurnsIsNoMailEachTime() throws Exception {
        for (int i = 0; i < 20; i++) {
            ended("orders", RunStatus.FAILED, "down");
            tick.tick();
            ended("orders", RunStatus.SUCCEEDED, null);
            tick.tick();
            clock.forward(Duration.ofMinutes(1));
        }

        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
        assertThat(alerts(null))
                .singleElement()
                .satisfies(one -> assertThat(one.times()).isEqualTo(20));

        clock.forward(Duration.ofMinutes(40));
        tick.tick();
        tick.tick();
        assertThat(subjects()).hasSize(3).last().isEqualTo("Patchbay: flow orders succeeds again");
        assertThat(MAILS.getReceivedMessages()[2].getContent().toString())
                .contains("19 more since the last message, and over at 2026-03-01T10:19:00Z")
                .contains("20 runs failed");

        clock.forward(Duration.ofHours(5));
        tick.tick();
        assertThat(subjects()).as("nothing failed since").hasSize(3);
    }

    @Test
    void aFailureAfterFailuresThatWereNotToldOfTellsOfThem() throws Exception {
        for (int i = 0; i < 3; i++) {
            ended("orders", RunStatus.FAILED, "down");
            tick.tick();
            ended("orders", RunStatus.SUCCEEDED, null);
            tick.tick();
        }
        clock.forward(Duration.ofHours(1));
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();

        assertThat(subjects()).hasSize(3).last().isEqualTo("Patchbay: flow orders still fails");
        assertThat(MAILS.getReceivedMessages()[2].getContent().toString()).contains("3 more since the last message");
    }

    @Test
    void aRestartForgetsNothing() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        store.close();
        open();
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        assertThat(subjects()).hasSize(1);

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails", "Patchbay: flow orders succeeds again");
    }

    @Test
    void aRunThatFailedWhenTheProgramDiedIsToldOf() throws Exception {
        row("orders", "019-a", "failed", clock.instant());
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders fails");

        begin();
        tick.tick();
        assertThat(subjects()).as("it is told of once").hasSize(1);

        row("orders", "019-b", "succeeded", clock.instant());
        begin();
        tick.tick();
        assertThat(subjects()).hasSize(2);
    }

    @Test
    void aRunThatAnOperatorStoppedIsNoFailure() throws Exception {
        ended("orders", RunStatus.STOPPED, "an operator");
        tick.tick();
        assertThat(alerts(null)).isEmpty();

        ended("orders", RunStatus.STOPPED, "the run took longer than its limit of 6h");
        tick.tick();
        assertThat(alerts(true)).hasSize(1);
    }

    @Test
    void whatIsNotTakenIsTriedAgainAndShown() throws Exception {
        answer = 503;
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();

        Alert alert = alerts(true).get(0);
        assertThat(tick.alerts().messages(List.of(alert.id())))
                .extracting(Alert.Message::target, Alert.Message::state, Alert.Message::problem)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("mail to ops", State.SENT, null),
                        org.assertj.core.groups.Tuple.tuple(
                                "webhook 1 of group ops", State.WAITING, "webhook 1 of group ops: it answered 503"));

        answer = 200;
        tick.tick();
        assertThat(posted).as("not before its time").hasSize(1);
        clock.forward(Duration.ofSeconds(10));
        tick.tick();

        assertThat(posted).hasSize(2);
        assertThat(posted.get(1)).isEqualTo(posted.get(0));
        assertThat(tick.alerts().messages(List.of(alert.id())))
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(State.SENT));
        assertThat(MAILS.getReceivedMessages()).hasSize(1);
    }

    @Test
    void whatNobodyTookForADayIsGivenUp() throws Exception {
        answer = 404;
        ended("orders", RunStatus.FAILED, "down");
        for (int i = 0; i < 60; i++) {
            tick.tick();
            clock.forward(Duration.ofMinutes(30));
        }

        Alert alert = alerts(true).get(0);
        assertThat(tick.alerts().messages(List.of(alert.id())).get(1).state()).isEqualTo(State.GIVEN_UP);
        assertThat(posted).hasSizeBetween(40, 60);
    }

    @Test
    void aFlowThatDoesNotSucceedInTimeIsToldOfOverRestarts() throws Exception {
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        clock.forward(Duration.ofHours(4));
        begin();
        tick.tick();
        assertThat(subjects()).isEmpty();

        clock.forward(Duration.ofHours(2));
        begin();
        tick.tick();
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders has had no success");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("since 2026-03-01T10:00:00Z")
                .contains("it was not started, or still runs");

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).hasSize(2).last().isEqualTo("Patchbay: flow orders succeeded again");
    }

    @Test
    void aSuccessCountsAfterARestartWhenItsRunIsKeptNoMore() throws Exception {
        watchSuccess(Duration.ofDays(30));
        tick.tick();
        clock.forward(Duration.ofDays(2));
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        begin();
        clock.forward(Duration.ofDays(29));
        tick.tick();
        assertThat(alerts(null)).isEmpty();

        clock.forward(Duration.ofDays(1));
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders has had no success");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString()).contains("since 2026-03-03T10:00:00Z");
    }

    @Test
    void aSuccessOfAnotherReplicaCounts() throws Exception {
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        clock.forward(Duration.ofHours(5));
        row("orders", "019cafe", "succeeded", clock.instant());
        clock.forward(Duration.ofHours(2));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void aFlowThatIsPausedNeedNotSucceed() throws Exception {
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        world.flows.put(
                "orders", new WatchedFlow("orders", world.flows.get("orders").settings(), false));
        tick.tick();
        clock.forward(Duration.ofHours(48));
        tick.tick();
        watchSuccess(Duration.ofHours(6));
        tick.tick();
        clock.forward(Duration.ofHours(5));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
    }

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
    void tooManyFailuresInAWhileAreToldOf() throws Exception {
        settings(new AlertSettings(
                List.of("ops"),
                false,
                Duration.ofHours(1),
                null,
                new AlertSettings.ErrorRate(20, Duration.ofHours(1), 10),
                null));
        for (int i = 0; i < 9; i++) {
            ended("orders", i < 3 ? RunStatus.FAILED : RunStatus.SUCCEEDED, "down");
        }
        tick.tick();
        assertThat(alerts(null)).as("too few runs").isEmpty();

        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: too many runs of flow orders fail");

        begin();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        clock.forward(Duration.ofHours(1));
        tick.tick();
        assertThat(alerts(true))
                .as("a process that saw too few runs ends nothing")
                .hasSize(1);

        for (int i = 0; i < 10; i++) {
            ended("orders", i < 2 ? RunStatus.FAILED : RunStatus.SUCCEEDED, "down");
        }
        tick.tick();
        assertThat(alerts(true)).isEmpty();
    }

    @Test
    void anUnexpectedNumberOfRecordsIsToldOf() throws Exception {
        settings(new AlertSettings(
                List.of("ops"), true, Duration.ofHours(1), null, null, new AlertSettings.Volume("pull", 1L, 100L)));
        ended("orders", RunStatus.SUCCEEDED, null, 0);
        tick.tick();
        assertThat(subjects()).containsExactly("Patchbay: flow orders has an unexpected number of records");
        assertThat(MAILS.getReceivedMessages()[0].getContent().toString())
                .contains("0 records left shape 'pull' in run run-1")
                .contains("usual are 1 to 100");

        ended("orders", RunStatus.SUCCEEDED, null, 50);
        tick.tick();
        assertThat(subjects()).hasSize(2);
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

    @Test
    void alertsOfAFlowThatIsGoneEndWithoutAWord() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        world.flows.put("other", new WatchedFlow("other", SETTINGS, true));
        world.flows.remove("orders");
        tick.tick();

        assertThat(alerts(true)).isEmpty();
        assertThat(subjects()).hasSize(1);
    }

    @Test
    void oldAlertsAreForgotten() throws Exception {
        ended("orders", RunStatus.FAILED, "down");
        tick.tick();
        ended("orders", RunStatus.SUCCEEDED, null);
        tick.tick();
        clock.forward(Duration.ofDays(31));
        tick.tick();

        assertThat(alerts(null)).isEmpty();
    }

    @Test
    void listsInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            world.flows.put("f" + i, new WatchedFlow("f" + i, SETTINGS, true));
            ended("f" + i, RunStatus.FAILED, "down");
        }
        tick.tick();

        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            var part = tick.alerts().list(new Alerts.Query(null, null, true, after, 2));
            part.data().forEach(one -> seen.add(one.subject()));
            after = part.next();
        } while (after != null);
        assertThat(seen).containsExactlyInAnyOrder("f0", "f1", "f2", "f3", "f4");
    }

    private void settings(AlertSettings settings) {
        world.flows.put("orders", new WatchedFlow("orders", settings, true));
    }

    private void watchSuccess(Duration within) {
        settings(new AlertSettings(List.of("ops"), true, Duration.ofHours(1), within, null, null));
    }

    private void ended(String flow, RunStatus status, @Nullable String reason) {
        ended(flow, status, reason, 10);
    }

    private void ended(String flow, RunStatus status, @Nullable String reason, long records) {
        Instant now = clock.instant();
        watch.ended(new RunRecord(
                "run-" + ++runs,
                flow,
                "r1",
                "schedule",
                status,
                now,
                now,
                now,
                reason,
                null,
                0,
                List.of(new RunRecord.ShapeRecord(
                        "pull", "connection", 1, 1, 0, records, records, 0, 0, 1, Duration.ZERO)),
                List.of(),
                List.of()));
    }

    private void row(String flow, String id, String status, Instant ended) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into run (id, flow, revision, trigger_kind, status, queued_at, ended_at, reason, resumed,"
                                + " shapes, owner) values (?, ?, 'r1', 'schedule', ?, ?, ?, 'down', 0, '[]', 'other/1')")) {
            row.setString(1, id);
            row.setString(2, flow);
            row.setString(3, status);
            row.setObject(4, AlertRows.at(ended));
            row.setObject(5, AlertRows.at(ended));
            row.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private List<Alert> alerts(@Nullable Boolean open) {
        return tick.alerts().list(new Alerts.Query(null, null, open, null, 100)).data();
    }

    private static List<String> subjects() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : Arrays.asList(MAILS.getReceivedMessages())) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    /** What the test says of the world. */
    private static final class World implements Watched {
        private final Map<String, WatchedFlow> flows = new TreeMap<>();
        private final List<WatchedInstance> instances = new ArrayList<>();
        private final Map<String, Set<String>> callers = new HashMap<>();
        private String fullDisk = "";

        @Override
        public Map<String, WatchedFlow> flows() {
            return Map.copyOf(flows);
        }

        @Override
        public List<WatchedInstance> instances() {
            return List.copyOf(instances);
        }

        @Override
        public Set<String> callers(String instance) {
            return callers.getOrDefault(instance, Set.of());
        }

        @Override
        public String fullDisk() {
            return fullDisk;
        }

        @Override
        public Map<String, Long> waiting() {
            return Map.of();
        }
    }
}
