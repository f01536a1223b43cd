package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * Kills the program at random instants while webhooks come in and shelves are pulled, starts it again on the same folder each
 * time, and holds in the end what it accepted against what arrived.
 */
final class Kills {

    private static final Duration DRAINED = Duration.ofMinutes(3);
    private static final int LONGEST_MILLIS = 1_500;

    /** One kill out of so many comes while the program starts. */
    private static final int STARTING = 4;

    private static final List<String> TABLES =
            List.of("start", "start_body", "run_page", "run_sent", "run_pull", "body_file");

    private final Path home;
    private final int orders;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Set<Integer> shelves = new HashSet<>();

    /** @param orders how many each shelf holds; the next shelf is pulled when one has arrived */
    Kills(Path home, int orders) {
        this.home = home;
        this.orders = orders;
    }

    void kill(int times) throws Exception {
        System.out.println("kills: seed " + seed);
        try (Ledger ledger = new Ledger(orders, 20)) {
            Shop.write(home, ledger.port());
            try (Program program = new Program(home)) {
                Set<String> accepted = killed(program, ledger, times);
                drained(program, ledger, accepted, times);
                program.stop();
            }
        }
        assertThat(left()).as("rows left in the store, seed %d", seed).isEmpty();
    }

    private Set<String> killed(Program program, Ledger ledger, int times) throws Exception {
        try (Customers customers = new Customers(program, 15)) {
            for (int kill = 0; kill < times; kill++) {
                program.start();
                long pause = random.nextInt(LONGEST_MILLIS);
                if (kill % STARTING != STARTING - 1) {
                    program.awaitReady();
                    pull(program, ledger);
                    Awaitility.await("work in life " + kill)
                            .atMost(Duration.ofMinutes(1))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> ledger.takenFrom(program.life()) > 0);
                }
                assertThat(program.pause(pause))
                        .as("ended by itself, seed %d", seed)
                        .isFalse();
                program.kill();
            }
            program.start();
            program.awaitReady();
            customers.stop();
            assertThat(customers.accepted()).as("the test did something").isNotEmpty();
            return customers.accepted();
        }
    }

    /** Begins the next shelf when the last one has arrived. */
    private void pull(Program program, Ledger ledger) throws Exception {
        int next = shelves.size();
        if (next == 0 || ledger.has(ledger.paidOf(next - 1))) {
            program.post("/api/v1/flows/" + Shop.PULL + "/start?var.shelf=" + next);
            shelves.add(next);
        }
    }

    private void drained(Program program, Ledger ledger, Set<String> accepted, int times) throws Exception {
        Set<String> pulled = new HashSet<>();
        shelves.forEach(shelf -> pulled.addAll(ledger.paidOf(shelf)));
        int released = release(program);
        try {
            Awaitility.await("drained")
                    .atMost(DRAINED)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> ledger.has(accepted)
                            && ledger.has(pulled)
                            && program.all("/api/v1/runs?status=running").isEmpty()
                            && program.all("/api/v1/runs?status=queued").isEmpty());
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            System.out.println(program.lastWords());
        }
        Ledger.Repeats repeats = ledger.repeats();
        System.out.printf(
                "kills: %d kills, %d webhooks accepted, %d orders pulled from %d shelves; lost %d + %d; repeated %d requests"
                        + " with %d orders, at most %d of webhooks and %d of pulls after one kill; %d starts put aside%n",
                times,
                accepted.size(),
                pulled.size(),
                shelves.size(),
                ledger.missing(accepted).size(),
                ledger.missing(pulled).size(),
                repeats.count(),
                repeats.orders(),
                repeats.most(false),
                repeats.most(true),
                released);
        assertThat(ledger.missing(accepted)).as("webhooks lost, seed %d", seed).isEmpty();
        assertThat(ledger.missing(pulled))
                .as("pulled orders lost, seed %d", seed)
                .isEmpty();
        assertThat(repeats.strange())
                .as("repeats that no kill explains, seed %d", seed)
                .isEmpty();
        assertThat(repeats.most(false))
                .as("webhooks repeated after one kill, seed %d", seed)
                .isLessThanOrEqualTo(Shop.HOOKS_AT_ONCE);
        assertThat(repeats.most(true))
                .as("batches of a pull repeated after one kill, seed %d", seed)
                .isLessThanOrEqualTo(2);
        Map<String, Integer> statuses = new TreeMap<>();
        for (JsonNode run : program.all("/api/v1/runs")) {
            statuses.merge(run.path("status").asText(), 1, Integer::sum);
        }
        assertThat(statuses).as("how runs ended, seed %d", seed).containsOnlyKeys("succeeded");
    }

    /** Lets go on what was put aside because kill upon kill met it. */
    private int release(Program program) throws Exception {
        List<JsonNode> aside = program.all("/api/v1/starts?state=quarantined");
        for (JsonNode start : aside) {
            program.post("/api/v1/starts/" + start.path("id").asText() + "/release");
        }
        return aside.size();
    }

    /** Rows that should be gone with their runs. */
    private Map<String, Long> left() throws Exception {
        Map<String, Long> left = new TreeMap<>();
        Path data = home.resolve("data");
        try (Store store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
                Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
                    rows.next();
                    if (rows.getLong(1) > 0) {
                        left.put(table, rows.getLong(1));
                    }
                }
            }
        }
        return left;
    }
}
