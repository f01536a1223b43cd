package io.patchbay.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.World;
import io.patchbay.connector.definition.ContractConfig.AlertOn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems are watched for whether they answer as before. */
class ContractsTest {

    private static final String TWO =
            "{\"orders\":[{\"id\":1,\"note\":null,\"lines\":[{\"sku\":\"s3cret-value\"}]},{\"id\":2,\"lines\":[]}],\"next\":\"/api/orders?page=2\"}";

    @TempDir
    Path home;

    private final JdbcDataSource database = new JdbcDataSource();
    private final List<Contracts> runtimes = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Time clock = new Time();
    private World world;
    private volatile int status = 200;
    private volatile String body = TWO;
    private volatile List<String> headers = List.of();

    /** A clock that is set. */
    private static final class Time extends Clock {
        private volatile Instant now = Instant.parse("2026-11-28T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        private void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @BeforeEach
    void open() throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var script = ContractsTest.class.getResourceAsStream("/db/h2/048-contracts.sql")) {
            statement.execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
        world = new World(home);
        world.serve("/api/orders", exchange -> {
            asked.incrementAndGet();
            assertThat(exchange.getRequestHeaders().getFirst("X-Token")).isEqualTo("t0ken-value");
            for (String header : headers) {
                exchange.getResponseHeaders().add(header.split(": ", 2)[0], header.split(": ", 2)[1]);
            }
            World.json(exchange, status, body);
        });
        shop("", "");
    }

    @AfterEach
    void close() {
        runtimes.forEach(Contracts::close);
        world.close();
    }

    private void shop(String response, String limits) throws Exception {
        world.shop(
                "{key: {type: apiKey, inject: {name: X-Token, format: '${settings.token}'}}}",
                "tests: {contract: {endpoint: orders.list, every: 1h}}\n" + limits,
                """
                orders.list:
                  kind: read
                  method: GET
                  path: /orders
                  %s
                  recordSelector: {path: '$.orders[*]'}
                  paginator: {type: nextUrl, cursorPath: '$.next'}
                """.formatted(response),
                "");
    }

    private Contracts runtime() {
        Contracts contracts = new Contracts(
                world::catalog,
                () -> new InstanceCalls(
                        world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class)),
                database,
                clock,
                Duration.ofMillis(20));
        runtimes.add(contracts);
        return contracts;
    }

    private Instance instance() {
        return Objects.requireNonNull(world.catalog().instance("shop"));
    }

    private Contracts.State look(Contracts contracts) {
        return contracts.look(instance(), false).orElseThrow();
    }

    /** Looks at an answer after a good one. */
    private List<Finding> after(int statusNow, String bodyNow, String... headersNow) {
        Contracts contracts = runtime();
        assertThat(look(contracts).findings()).isEmpty();
        status = statusNow;
        body = bodyNow;
        headers = List.of(headersNow);
        return look(contracts).findings();
    }

    @Test
    void anAnswerAsBeforeIsNoFindingAndOnlyTheFirstPageIsRead() throws Exception {
        assertThat(after(200, TWO.replace("\"id\":1", "\"id\":7,\"new\":true"))).isEmpty();
        assertThat(asked).hasValue(2);
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select fields from instance_contract")) {
            rows.next();
            assertThat(rows.getString(1)).contains("$.lines[*].sku").doesNotContain("s3cret-value");
        }
    }

    @Test
    void fieldsThatAreGoneAndTypesThatAreNewAreToldWithoutValues() {
        assertThat(after(200, "{\"orders\":[{\"id\":\"one\",\"lines\":[{\"no\":1}]},{\"id\":\"two\"}]}"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(AlertOn.SCHEMA_DRIFT);
                    assertThat(finding.sentence())
                            .contains("$.id is text, and was a number before")
                            .contains("$.lines[*].sku is gone, which was in each record before")
                            .doesNotContain("two");
                });
    }

    @Test
    void aFieldThatWasNotInEachRecordMayBeMissing() {
        assertThat(after(200, "{\"orders\":[{\"id\":3,\"lines\":[]}]}")).isEmpty();
        assertThat(look(runtime()).findings()).isEmpty();
    }

    @Test
    void recordsAreHeldToTheSchemaWhereThereIsOne() throws Exception {
        Files.writeString(
                home.resolve("connectors/shop/order.schema.json"),
                "{\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"]}");
        shop("response: {schema: ./order.schema.json}", "");

        assertThat(after(200, "{\"orders\":[{\"id\":\"x\"},{\"id\":\"y\"},{}]}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .startsWith("records of 'orders.list' are not as ./order.schema.json says: ")
                        .contains("integer", "required"));
    }

    @Test
    void anotherClassOfStatusIsToldUntilItIsOver() {
        Contracts contracts = runtime();
        look(contracts);
        status = 404;
        Contracts.State gone = look(contracts);
        status = 200;

        assertThat(gone.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(AlertOn.STATUS_CHANGE);
            assertThat(finding.sentence()).isEqualTo("'orders.list' answers 404, and answered 2xx before");
        });
        assertThat(gone.problem()).contains("404");
        assertThat(look(contracts).findings()).isEmpty();
    }

    @Test
    void headersThatSayThatAnEndIsNearAreTold() {
        assertThat(after(200, TWO, "Deprecation: @1688169599", "Sunset: Sun, 30 Jun 2027 23:59:59 GMT"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .isEqualTo(
                                "the system says that 'orders.list' is deprecated from 2023-06-30 and will be gone"));
        headers = List.of("sunset: Wed, 30 Jun 2027 23:59:59 GMT", "deprecation: true");
        assertThat(look(runtime()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .isEqualTo("the system says that 'orders.list' is deprecated and will be gone on 2027-06-30"));
    }

    @Test
    void aFindingIsLoggedOnceAndStaysUntilItIsAcceptedOrOver() {
        Contracts contracts = runtime();
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger(Contracts.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(java.text.MessageFormat.format(record.getMessage(), record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            look(contracts);
            body = "{\"orders\":[{\"id\":\"one\"}]}";
            look(contracts);
            clock.pass(Duration.ofHours(1));
            List<Finding> still = look(contracts).findings();
            List<Finding> accepted =
                    contracts.look(instance(), true).orElseThrow().findings();

            assertThat(still)
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.since())
                            .isEqualTo(clock.instant().minus(Duration.ofHours(1))));
            assertThat(accepted).isEmpty();
            assertThat(look(contracts).findings()).isEmpty();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).startsWith("contract of instance shop: records of 'orders.list' look otherwise");
            assertThat(lines.get(1)).isEqualTo("contract of instance shop: schemaDrift is over");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void ofTwoRuntimesOneLooksEachTime() {
        Contracts first = runtime();
        Contracts second = runtime();
        first.start();
        second.start();
        await().until(() -> first.state(instance()).orElseThrow().lookedAt() != null
                && second.state(instance()).orElseThrow().lookedAt() != null);
        assertThat(asked).hasValue(1);

        status = 410;
        clock.pass(Duration.ofHours(1));
        await().until(() -> !first.state(instance()).orElseThrow().findings().isEmpty()
                && !second.state(instance()).orElseThrow().findings().isEmpty());

        assertThat(asked).hasValue(2);
    }

    @Test
    void anotherConnectorIsLookedAtAnew() throws Exception {
        Contracts contracts = runtime();
        look(contracts);
        body = "{\"orders\":[{\"id\":\"one\"}]}";
        look(contracts);

        world.rewrite("version: 1.0.0", "version: 1.1.0");

        assertThat(contracts.state(instance()).orElseThrow().findings()).isEmpty();
        assertThat(look(contracts).findings()).isEmpty();
    }

    @Test
    void nothingIsTakenFromFlowsWhenTheLimitIsUsedUp() throws Exception {
        shop("", "rateLimit: {policies: [{algorithm: fixedWindow, limit: 1, period: 1h}]}");
        Contracts contracts = runtime();
        look(contracts);

        Contracts.State none = look(contracts);

        assertThat(none.problem()).contains("used up by other calls");
        assertThat(none.findings()).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void howManyFindingsThereAreIsAMetric() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            Contracts contracts = runtime();
            contracts.start();
            await().until(() -> contracts.state(instance()).orElseThrow().lookedAt() != null);
            status = 410;
            clock.pass(Duration.ofHours(1));

            await().until(() -> {
                var gauge = registry.find("patchbay.contract.findings")
                        .tag("instance", "shop")
                        .gauge();
                return gauge != null && gauge.value() == 1;
            });
        } finally {
            Metrics.removeRegistry(registry);
        }
    }
}
