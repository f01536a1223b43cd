package io.patchbay.alert;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.alert.Watched.WatchedInstance;
import io.patchbay.connector.mail.MailPort;
import io.patchbay.flow.AlertSettings;
import io.patchbay.notification.GroupNotifier;
import io.patchbay.notification.HookSender;
import io.patchbay.notification.MailProperties;
import io.patchbay.notification.NotificationProperties;
import io.patchbay.notification.SmtpMailer;
import io.patchbay.outbound.Outbound;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.counts.CountsProperties;
import io.patchbay.run.counts.JdbcRunCounts;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A tick over a store, with mail and a webhook that take what is sent, and a world that tests set. */
abstract class AlertsFixture {

    @RegisterExtension
    static final GreenMailExtension MAILS = new GreenMailExtension(MailPort.free(ServerSetupTest.SMTP));

    static final AlertSettings SETTINGS =
            new AlertSettings(List.of("ops"), true, Duration.ofHours(1), null, null, null, null);

    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock();
    final World world = new World();
    final List<String> posted = new CopyOnWriteArrayList<>();
    private final CamelContext camel = new DefaultCamelContext();
    private final ScheduledExecutorService never = Executors.newSingleThreadScheduledExecutor();
    volatile int answer = 200;
    private HttpServer hooks;
    Store store;
    JdbcRunCounts counts;
    private FlowWatch watch;
    LateStarts late;
    AlertsTick tick;
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

    final void open() throws Exception {
        store = Store.open(
                new StoreProperties(null, null, null, 4, DataSize.ofBytes(0)), folder.resolve("data"), clock);
        counts = new JdbcRunCounts(store, CountsProperties.defaults(), clock);
        begin();
    }

    /** A program begins on the store. */
    final void begin() {
        NotificationProperties groups = new NotificationProperties(
                Map.of(
                        "ops",
                        new NotificationProperties.GroupProperties(
                                List.of("ops@example.org"),
                                List.of("http://127.0.0.1:" + hooks.getAddress().getPort() + "/s3cret"),
                                List.of(),
                                List.of())),
                1_000,
                List.of("127.0.0.1"));
        MailProperties mail = new MailProperties(
                "127.0.0.1", MAILS.getSmtp().getPort(), null, null, "patchbay@example.org", false, Map.of());
        GroupNotifier notifier = new GroupNotifier(
                groups,
                mail,
                new SmtpMailer(mail, camel),
                new HookSender(
                        name -> Optional.empty(),
                        groups.allowedHosts(),
                        InetAddress::isLoopbackAddress,
                        Outbound.STRAIGHT),
                clock);
        watch = new FlowWatch(
                clock,
                flow -> world.flows.containsKey(flow) ? world.flows.get(flow).settings() : null,
                run -> "an operator".equals(run.reason()));
        late = new LateStarts(clock, Duration.ofMinutes(15));
        tick = new AlertsTick(
                new AlertsTick.Parts(
                        store, notifier, watch, late, world, counts, "https://patchbay.example", text -> text),
                new AlertProperties(
                        List.of("ops"),
                        Duration.ofHours(1),
                        Duration.ofDays(30),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(15),
                        Duration.ofDays(14)),
                clock,
                never);
    }

    @AfterEach
    void stop() throws IOException {
        never.shutdownNow();
        counts.close();
        store.close();
        hooks.stop(0);
        camel.stop();
    }

    final void settings(AlertSettings settings) {
        world.flows.put("orders", new WatchedFlow("orders", settings, true));
    }

    final void watchSuccess(Duration within) {
        settings(new AlertSettings(List.of("ops"), true, Duration.ofHours(1), within, null, null, null));
    }

    final void ended(String flow, RunStatus status, @Nullable String reason) {
        ended(flow, status, reason, 10);
    }

    final void ended(String flow, RunStatus status, @Nullable String reason, long records) {
        watch.ended(run(flow, status, reason, records, clock.instant()));
    }

    /** A replay ends. */
    final void replayed(String flow, RunStatus status) {
        watch.ended(run(flow, "replay", status, null, 10, clock.instant()));
    }

    /** Only counts a run of the past. */
    final void counted(String flow, long records, Instant ended) {
        counts.ended(run(flow, RunStatus.SUCCEEDED, null, records, ended));
        counts.write();
    }

    private RunRecord run(String flow, RunStatus status, @Nullable String reason, long records, Instant now) {
        return run(flow, "schedule", status, reason, records, now);
    }

    private RunRecord run(
            String flow, String trigger, RunStatus status, @Nullable String reason, long records, Instant now) {
        return new RunRecord(
                "run-" + ++runs,
                flow,
                "r1",
                trigger,
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
                List.of());
    }

    /** What failed in a run, known by a number. */
    final void failedItem(String run, String item, String code, String state) throws Exception {
        String id = run + "-" + item;
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement failed = connection.prepareStatement(
                        "insert into failed_payload (id, run_id, flow, revision, shape, owner, code, message,"
                                + " attempts, failed_at, state) values (?, ?, 'orders', 'r1', 'send', 'data', ?,"
                                + " 'refused', 1, ?, ?)");
                PreparedStatement key = connection.prepareStatement(
                        "insert into failed_key (failed_id, item, flow, shape, failed_at, passed)"
                                + " values (?, ?, 'orders', 'send', ?, false)")) {
            failed.setString(1, id);
            failed.setString(2, run);
            failed.setString(3, code);
            failed.setObject(4, AlertRows.at(clock.instant()));
            failed.setString(5, state);
            failed.executeUpdate();
            key.setString(1, id);
            key.setString(2, item);
            key.setObject(3, AlertRows.at(clock.instant()));
            key.executeUpdate();
        }
    }

    /** What became of what failed with an item. */
    final void nowIs(String item, String state) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "update failed_payload set state = ? where id in (select failed_id from failed_key where item = ?)")) {
            row.setString(1, state);
            row.setString(2, item);
            row.executeUpdate();
        }
    }

    final void row(String flow, String id, String status, Instant ended) throws Exception {
        row(flow, "schedule", id, status, ended);
    }

    final void row(String flow, String trigger, String id, String status, Instant ended) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into run (id, flow, revision, trigger_kind, status, queued_at, ended_at, reason,"
                                + " resumed, shapes, owner) values (?, ?, 'r1', ?, ?, ?, ?, 'down', 0, '[]',"
                                + " 'other/1')")) {
            row.setString(1, id);
            row.setString(2, flow);
            row.setString(3, trigger);
            row.setString(4, status);
            row.setObject(5, AlertRows.at(ended));
            row.setObject(6, AlertRows.at(ended));
            row.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    final List<Alert> alerts(@Nullable Boolean open) {
        return tick.alerts().list(new Alerts.Query(null, null, open, null, 100)).data();
    }

    static List<String> subjects() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : Arrays.asList(MAILS.getReceivedMessages())) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    /** What the test says of the world. */
    static final class World implements Watched {
        final Map<String, WatchedFlow> flows = new TreeMap<>();
        final List<WatchedInstance> instances = new ArrayList<>();
        final Map<String, Set<String>> callers = new HashMap<>();
        final Map<String, Instant> due = new HashMap<>();
        final Map<String, Instant> made = new HashMap<>();
        final List<Expiring> expiring = new ArrayList<>();
        String fullDisk = "";

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

        @Override
        public Due schedules(Instant before) {
            Map<String, Instant> overdue = new HashMap<>(due);
            overdue.values().removeIf(instant -> !instant.isBefore(before));
            return new Due(overdue, Map.copyOf(made));
        }

        @Override
        public List<Expiring> expiring() {
            return List.copyOf(expiring);
        }
    }
}
