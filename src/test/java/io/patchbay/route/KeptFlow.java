package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.camel.World;
import io.patchbay.expression.Proofs;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.queue.TableQueue;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunServices;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.run.jdbc.HistoryProperties;
import io.patchbay.run.jdbc.JdbcRuns;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A flow that reads {@code items.list} of the connector {@code shop} and hands its records to a step, with a database behind it and
 * a real HTTP server before it. What the step is given is in {@link #got}: {@code +1} for record 1, {@code -1} for its delete.
 */
final class KeptFlow {

    static final String FLOW =
            "shapes:\n  - { id: pull, connection: { instance: shop, endpoint: items.list } }\n  - { id: push, take: {} }\n";

    static final String PAGES =
            "paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: emptyPage}\n";

    final World world;
    final List<String> got = new CopyOnWriteArrayList<>();
    final FlowFixture flows = new FlowFixture();

    /** What the server has: items of these numbers, five to a page. */
    volatile List<Integer> items = List.of();

    /** Called before the step takes a payload. */
    volatile Consumer<String> taking = any -> {};

    /** Called before a page is answered. */
    volatile Consumer<Integer> asking = page -> {};

    private final Store store;
    private final TableQueue queue;
    private JdbcRuns runs;
    private Runner runner;

    KeptFlow(Path home, StoreProperties properties) throws Exception {
        world = new World(home);
        flows.context = world.context();
        flows.workers = world.workers();
        flows.types.add(new Take());
        flows.start(home.resolve("spill"));
        store = Store.open(properties, home.resolve("data"), Clock.systemUTC());
        queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
        queue.policies(Map.of("f", new Policy(Overlap.PARALLEL, 100, "rev1")));
        newLife();
        world.serve("/api/items", exchange -> {
            int page = page(exchange);
            asking.accept(page);
            World.json(
                    exchange,
                    200,
                    items(items.stream().skip((page - 1) * 5L).limit(5).toList()));
        });
    }

    static int page(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null || !query.contains("page=")
                ? 1
                : Integer.parseInt(query.replaceAll(".*page=([0-9]+).*", "$1"));
    }

    private static String items(List<Integer> numbers) {
        return numbers.stream()
                .map(n -> "{\"id\":" + n + ",\"even\":" + (n % 2 == 0) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Declares {@code items.list} with these keys beside its request and pages, and other endpoints. */
    void list(String keys, String others) throws Exception {
        list("/items", PAGES + keys, others);
    }

    /** Declares {@code items.list} with a path and these keys, and other endpoints. */
    void list(String path, String keys, String others) throws Exception {
        world.shop(
                "{none: {type: none}}",
                "errorHandler: {backoff: {initial: 5ms, maxAttempts: 2}}",
                "items.list:\n  kind: read\n  method: GET\n  path: " + path + "\n" + keys.indent(2) + others,
                "");
    }

    /** The program begins anew on the same database. */
    void newLife() {
        if (runs != null) {
            runs.close();
        }
        runs = new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC());
        runner = new Runner(
                new RunServices(
                        Clock.systemUTC(),
                        runs.checkpoints(),
                        runs.history(),
                        java.util.concurrent.Executors.newScheduledThreadPool(1, task -> {
                            Thread thread = new Thread(task);
                            thread.setDaemon(true);
                            return thread;
                        }),
                        world.workers(),
                        world.home().resolve("spill"),
                        1_000_000,
                        text -> text,
                        name -> null,
                        Proofs.NONE),
                flows.deployer,
                List.of());
    }

    JdbcRuns runs() {
        return runs;
    }

    Runner runner() {
        return runner;
    }

    void deploy(String text) {
        flows.services = Map.of(Catalog.class, world.catalog());
        flows.deploy(text);
    }

    /** Runs the flow. */
    RunRecord run() throws Exception {
        deploy(FLOW);
        got.clear();
        return end(begin());
    }

    /** A run on its way. */
    record Begun(Claim claim, CompletableFuture<Boolean> ended) {}

    Begun begin() throws Exception {
        String id = UuidCreator.getTimeOrderedEpochPlus1().toString();
        queue.accept(new Start(
                        id,
                        "f",
                        "manual",
                        Priority.REGULAR,
                        Clock.systemUTC().instant(),
                        Body.EMPTY,
                        Map.of(),
                        null,
                        null))
                .get(10, TimeUnit.SECONDS);
        return again();
    }

    /** Begins the next start that waits. */
    Begun again() {
        Claim claim = await().atMost(Duration.ofSeconds(20))
                .until(() -> queue.claim(1).stream().findFirst(), Optional::isPresent)
                .orElseThrow();
        return new Begun(claim, runner.run(claim, Slot.NONE));
    }

    RunRecord end(Begun begun) throws Exception {
        assertThat(begun.ended().get(60, TimeUnit.SECONDS)).as("acknowledged").isTrue();
        return runs.history().run(begun.claim().start().id()).orElseThrow();
    }

    /** Ends a run as the end of the program does: it is left for another life. */
    void cut(Begun begun) throws Exception {
        runner.suspend();
        assertThat(begun.ended().get(60, TimeUnit.SECONDS)).as("acknowledged").isFalse();
        queue.release(begun.claim()).get(10, TimeUnit.SECONDS);
        newLife();
    }

    /** What the step got, in one line. */
    String told() {
        return String.join(" ", got);
    }

    /** How many rows a table has. */
    int count(String table) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    void close() throws Exception {
        runs.close();
        queue.close();
        store.close();
        world.close();
        flows.close();
    }

    /** Takes records, as a system that is sent to. */
    private final class Take extends TestShape<TestShape.None> {
        Take() {
            super("take", None.class, Contract.one().actingOutside());
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                String sign = Deletes.tells(payload) ? "-" : "+";
                for (JsonNode record : payload.records()) {
                    String one = sign + id(record);
                    try {
                        taking.accept(one);
                    } catch (IllegalStateException e) {
                        throw new StepException(Owner.REMOTE, "REFUSED", "no");
                    }
                    got.add(one);
                }
                return payload;
            });
        }

        private static String id(JsonNode record) {
            @Nullable JsonNode id = record.get("id");
            return id == null ? record.toString() : id.asText();
        }
    }
}
