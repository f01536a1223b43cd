package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against H2's server. */
class SqlCallTest {

    private static final String ENDPOINTS = """
            stock.list:
              kind: read
              sql: {query: 'select id as "id", sku as "sku" from stock order by id', pageSize: 3}
            stock.changes:
              kind: read
              sql:
                query: select id as "id", sku as "sku" from stock where id > :after order by id
                pageSize: 2
                keyset: {column: id, parameter: after, start: '0', incremental: true}
            stock.find:
              kind: read
              inputs: {sku: {required: false}}
              sql: {query: 'select * from stock where sku = :sku -- :none', parameters: {sku: '${with.sku}'}}
            stock.set:
              kind: upsert
              sql:
                query: merge into stock (id, sku, price) key (id) values (:id, :sku, :price)
                parameters: {id: '${record.id}', sku: '${record.sku}', price: '${record.price}'}
            stock.make:
              kind: write
              sql:
                query: insert into made (sku) values (:sku)
                parameters: {sku: '${record.sku}'}
                generatedKeys: [id]
            stock.clear:
              kind: delete
              sql: {query: delete from stock}
            stock.sneaky:
              kind: read
              sql: {query: 'select * from final table (insert into stock (id, sku) values (99, ''x''))'}
            stock.wrong:
              kind: read
              sql: {query: select nothing from nowhere}
            stock.some:
              kind: read
              inputs: {skus: {type: array, required: false}, ids: {type: array, default: [1, 2, 3]}}
              sql:
                query: "select id, sku from stock where sku in (:skus) and id in ( :ids ) -- in (:nothing)"
                parameters: {skus: '${with.skus}', ids: '${with.ids}'}
            stock.slow:
              kind: read
              timeout: 1s
              sql: {query: 'select count(*) from system_range(1, 100000000) a, system_range(1, 100000) b where mod(a.x * b.x, 7) = 3'}
            """;

    @TempDir
    Path home;

    private Server server;
    private Connection database;
    private SqlWorld sql;

    @BeforeEach
    void open() throws Exception {
        server = Server.createTcpServer(
                        "-tcpPort",
                        "0",
                        "-ifNotExists",
                        "-baseDir",
                        home.resolve("h2").toString())
                .start();
        String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/shop";
        database = DriverManager.getConnection(url, "ada", "correct horse");
        try (Statement statement = database.createStatement()) {
            statement.execute("create table stock (id int primary key, sku varchar(20) not null, price decimal(20, 6),"
                    + " since timestamp with time zone, due date, raw varbinary, note clob, fine boolean)");
            statement.execute("create table made (id bigint generated always as identity, sku varchar(20))");
        }
        sql = new SqlWorld(home, url, "ada");
        sql.endpoints("none", ENDPOINTS);
    }

    @AfterEach
    void close() throws Exception {
        sql.close();
        database.close();
        server.stop();
    }

    private void execute(String text) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute(text);
        }
    }

    private int count(String table) throws Exception {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void rows(int count) throws Exception {
        execute("insert into stock (id, sku) select x, 'sku-' || x from system_range(1, " + count + ")");
    }

    @Test
    void tellsHowTheInstanceStands() throws Exception {
        sql.read("stock.find", Map.of());
        assertThat(sql.world.standing("db").status()).isEqualTo(InstanceStatus.OPERATIONAL);

        sql.world.secret("PASSWORD", "wrong horse");
        sql.endpoints("none", ENDPOINTS.replace("stock.clear", "stock.empty"));
        sql.failure("stock.find", Map.of(), "{}");
        assertThat(sql.world.standing("db")).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(view.lastFailure().code()).isEqualTo("AUTH_FAILED");
        });

        sql.world.secret("PASSWORD", "correct horse");
        sql.failure("stock.wrong", Map.of(), "{}");
        assertThat(sql.world.standing("db").status()).isEqualTo(InstanceStatus.OPERATIONAL); // it answers

        database.close();
        server.stop();
        sql.failure("stock.find", Map.of(), "{}");
        assertThat(sql.world.standing("db").status()).isEqualTo(InstanceStatus.UNREACHABLE);
    }

    @Test
    void bindsWhateverAPayloadHolds() throws Exception {
        rows(2);
        String evil = "' or 1=1; drop table stock; --";
        execute("insert into stock (id, sku) values (50, 'sku''quoted')");

        assertThat(sql.read("stock.find", Map.of("sku", evil)).records()).isEmpty();
        assertThat(sql.read("stock.find", Map.of("sku", "sku'quoted")).records())
                .hasSize(1);
        assertThat(sql.read("stock.find", Map.of()).records()).isEmpty();
        assertThat(count("stock")).isEqualTo(3);
    }

    @Test
    void bindsTheItemsOfAListOneByOne() throws Exception {
        rows(5);
        ArrayNode skus = Json.NODES
                .arrayNode()
                .add("sku-2")
                .add("sku-4")
                .add("') or (1=1")
                .add("sku-3");

        assertThat(sql.read("stock.some", Map.of("skus", skus)).tree())
                .hasToString("[{\"ID\":2,\"SKU\":\"sku-2\"},{\"ID\":3,\"SKU\":\"sku-3\"}]");
        assertThat(sql.read("stock.some", Map.of()).records()).isEmpty();
        assertThatThrownBy(() -> sql.read("stock.some", Map.of("skus", Json.NODES.arrayNode())))
                .hasMessage("'skus' has no items, and in (:skus) needs one at least");
    }

    @Test
    void keepsDigitsTimesAndBytes() throws Exception {
        execute("insert into stock values (1, 'a', 12345678901234.100000, timestamp with time zone"
                + " '2026-03-01 12:30:00.5+02:00', date '2026-02-28', X'00ff', 'long', true)");

        Payload answer = sql.read("stock.find", Map.of("sku", "a"));

        assertThat(answer.records().get(0))
                .hasToString(
                        "{\"ID\":1,\"SKU\":\"a\",\"PRICE\":12345678901234.100000,\"SINCE\":\"2026-03-01T10:30:00.500Z\","
                                + "\"DUE\":\"2026-02-28\",\"RAW\":\"AP8=\",\"NOTE\":\"long\",\"FINE\":true}");
    }

    @Test
    void readsInPagesFromOneQuery() throws Exception {
        rows(7);

        List<Pull.Element> elements = sql.pull("stock.list", sql.attempt);

        assertThat(elements).hasSize(4).last().isInstanceOf(Pull.End.class);
        assertThat(((Pull.Page) elements.get(0)).payload().records()).hasSize(3);
        assertThat(((Pull.Page) elements.get(2)).payload().tree()).hasToString("[{\"id\":7,\"sku\":\"sku-7\"}]");
        assertThat(sql.attempt.requests()).hasSize(3).allSatisfy(log -> {
            assertThat(log.method()).isEqualTo("QUERY");
            assertThat(log.target()).endsWith("/shop select id as \"id\", sku as \"sku\" from stock order by id");
        });
    }

    @Test
    void goesOnBehindTheLastDeliveredPage() throws Exception {
        rows(7);
        for (String endpoint : List.of("stock.list", "stock.changes")) {
            List<Pull.Element> all = sql.pull(endpoint, new FakeAttempt(Map.of(), Map.of(), null, 0));
            FakeAttempt again = new FakeAttempt(Map.of(), Map.of(), ((Pull.Page) all.get(0)).next(), 1);

            List<Pull.Element> rest = sql.pull(endpoint, again);

            assertThat(rest).hasSize(all.size() - 1);
            assertThat(((Pull.Page) rest.get(0)).payload().tree())
                    .isEqualTo(((Pull.Page) all.get(1)).payload().tree());
        }
    }

    @Test
    void saysHowFarAKeyCame() throws Exception {
        rows(5);

        List<Pull.Element> elements = sql.pull("stock.changes", sql.attempt);

        assertThat(elements).hasSize(4);
        Pull.Reached reached = ((Pull.End) elements.get(3)).reached();
        assertThat(reached.to()).isEqualTo("5");
        assertThat(reached.kind()).isEqualTo(CursorKind.SEQUENCE);
    }

    @Test
    void writesAllRecordsOrNone() throws Exception {
        String good = "[{\"id\":1,\"sku\":\"a\",\"price\":9.990},{\"id\":2,\"sku\":\"b\",\"price\":null}]";
        String bad = "[{\"id\":3,\"sku\":\"c\",\"price\":1},{\"id\":4,\"sku\":null,\"price\":1}]";

        assertThat(sql.call("stock.set", Map.of(), World.payload(good)).tree()).hasToString("{\"updated\":2}");
        assertThat(sql.call("stock.set", Map.of(), World.payload(good)).tree()).hasToString("{\"updated\":2}");
        StepException why = sql.failure("stock.set", Map.of(), bad);

        assertThat(why.code()).isEqualTo("SQL_CONSTRAINT");
        assertThat(why.retryable()).isFalse();
        assertThat(count("stock")).isEqualTo(2);
        assertThat(sql.read("stock.find", Map.of("sku", "a")).records().get(0).path("PRICE"))
                .hasToString("9.990000");
    }

    @Test
    void tellsTheKeysThatTheDatabaseMade() throws Exception {
        Payload answer = sql.call("stock.make", Map.of(), World.payload("[{\"sku\":\"a\"},{\"sku\":\"b\"}]"));

        assertThat(answer.records()).hasToString("[{\"ID\":1}, {\"ID\":2}]");
    }

    @Test
    void changesNothingInARead() throws Exception {
        sql.read("stock.sneaky", Map.of());

        assertThat(count("stock")).isZero();
    }

    @Test
    void saysWhatIsWrongWithAQueryOrAValue() throws Exception {
        StepException query = sql.failure("stock.wrong", Map.of(), "{}");
        StepException data = sql.failure("stock.set", Map.of(), "{\"id\":\"x\",\"sku\":\"c\",\"price\":1}");

        assertThat(query.code()).isEqualTo("SQL_QUERY");
        assertThat(query.getMessage())
                .contains("cannot run 'stock.wrong' at jdbc:h2:tcp://")
                .contains("NOWHERE");
        assertThat(data.code()).isEqualTo("SQL_DATA");
    }

    @Test
    void endsAQueryThatTakesTooLong() throws Exception {
        StepException why = sql.failure("stock.slow", Map.of(), "{}");

        assertThat(why.code()).isEqualTo("TIMEOUT");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void saysThatAPasswordIsWrongAndLooksItUpAgain() throws Exception {
        sql.world.secret("PASSWORD", "wrong one");
        StepException why = sql.failure("stock.wrong", Map.of(), "{}");
        sql.world.secret("PASSWORD", "correct horse");

        assertThat(why.code()).isEqualTo("AUTH_FAILED");
        assertThat(why.getMessage()).doesNotContain("wrong one");
        assertThat(sql.read("stock.find", Map.of()).records()).isEmpty();
    }

    @Test
    void saysThatAServerIsNotThere() throws Exception {
        database.close();
        server.stop();

        StepException why = sql.failure("stock.wrong", Map.of(), "{}");

        assertThat(why.code()).isEqualTo("CONNECT_FAILED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void talksToH2OnlyWhenItWasSaidThatNothingIsSecret() throws Exception {
        sql.endpoints("verify", ENDPOINTS);

        assertThat(sql.failure("stock.wrong", Map.of(), "{}").getMessage())
                .contains("H2's driver checks no certificate");
    }

    @Test
    void listsTablesAndColumnsByTheShippedFolder() throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("create schema ARCHIVE");
            statement.execute("create table ARCHIVE.STOCK (OLD boolean not null)");
        }
        sql.shipped(Map.of(
                "kind", "'h2:tcp'", "host", "127.0.0.1", "port", server.getPort(), "database", "shop", "tls", "none"));

        assertThat(sql.records("tables.list", Map.of()))
                .containsExactly(
                        "{\"schema\":\"ARCHIVE\",\"name\":\"STOCK\",\"type\":\"BASE TABLE\"}",
                        "{\"schema\":\"PUBLIC\",\"name\":\"MADE\",\"type\":\"BASE TABLE\"}",
                        "{\"schema\":\"PUBLIC\",\"name\":\"STOCK\",\"type\":\"BASE TABLE\"}");
        assertThat(sql.records("columns.list", Map.of("table", "STOCK", "schema", "ARCHIVE")))
                .containsExactly("{\"schema\":\"ARCHIVE\",\"name\":\"OLD\",\"type\":\"BOOLEAN\",\"nullable\":\"NO\"}");
        assertThat(sql.records("columns.list", Map.of("table", "STOCK"))).hasSize(9);
    }
}
