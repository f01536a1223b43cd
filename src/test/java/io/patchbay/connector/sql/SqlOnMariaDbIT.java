package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.ServerKey;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real MariaDB. */
class SqlOnMariaDbIT {

    private static final int MANY = 100_000;

    private static final String ENDPOINTS = """
            orders.all:
              kind: read
              sql: {query: 'select * from orders order by id', pageSize: 1000}
            orders.behind:
              kind: read
              sql:
                query: select * from orders where id > :after order by id
                pageSize: 1000
                keyset: {column: id, parameter: after, start: '0'}
            orders.find:
              kind: read
              inputs: {number: {}}
              sql: {query: 'select * from orders where number = :number', parameters: {number: '${with.number}'}}
            orders.set:
              kind: upsert
              sql:
                query: |
                  insert into orders (number, total, about) values (:number, :total, :about)
                  on duplicate key update total = values(total)
                parameters: {number: '${record.number}', total: '${record.total}', about: '${record}'}
            orders.make:
              kind: write
              sql:
                query: insert into orders (number) values (:number)
                parameters: {number: '${record.number}'}
                generatedKeys: [id]
            orders.sneaky:
              kind: read
              sql: {query: drop table orders}
            files.steal:
              kind: write
              sql: {query: load data local infile '/etc/hostname' into table orders (number)}
            """;

    @TempDir
    private static Path folder;

    private static ServerKey key;
    private static MariaDbServer server;

    @TempDir
    private Path home;

    private SqlWorld sql;

    @BeforeAll
    static void start() throws Exception {
        key = ServerKey.create(folder, "dns:localhost");
        server = new MariaDbServer(folder, key);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void open() throws Exception {
        server.execute(
                "create or replace table orders (id bigint unsigned auto_increment primary key, number varchar(40) unique"
                        + " not null, total decimal(20, 4), at timestamp null, seen datetime(3), about json, fine boolean, made year, raw blob)");
        open("localhost");
    }

    private void open(String host) throws Exception {
        sql = new SqlWorld(home, "jdbc:mariadb://" + host + ":" + server.port() + "/shop", "ada");
        sql.trust(key.pem());
        sql.behind("tls: verify, ca: '${settings.ca}'", ENDPOINTS);
    }

    @AfterEach
    void close() {
        sql.close();
    }

    @Test
    void keepsWhatColumnsHold() throws Exception {
        server.execute("set time_zone = '+02:00'");
        server.execute("insert into orders (number, total, at, seen, about, fine, made, raw) values ('a', 10.5000,"
                + " '2026-03-01 12:00:00', '2026-03-01 12:00:00.25', '{\"b\": [1, 2.50]}', true, 2026, 'xy')");

        assertThat(sql.read("orders.find", Map.of("number", "a")).records().get(0))
                .hasToString("{\"id\":1,\"number\":\"a\",\"total\":10.5000,\"at\":\"2026-03-01T12:00\","
                        + "\"seen\":\"2026-03-01T12:00:00.250\",\"about\":{\"b\":[1,2.50]},\"fine\":true,\"made\":2026,"
                        + "\"raw\":\"eHk=\"}");
    }

    @Test
    void itIsKnownUntilWhenTheCertificateIsGood() throws Exception {
        sql.read("orders.find", Map.of("number", "a"));

        assertThat(sql.certificates()).singleElement().satisfies(seen -> {
            assertThat(seen.server()).isEqualTo("localhost:" + server.port());
            assertThat(seen.ends()).isEqualTo(key.certificate().getNotAfter().toInstant());
        });
    }

    @Test
    void readsManyRowsInPages() throws Exception {
        server.execute("insert into orders (number) select concat('o-', seq) from seq_1_to_" + MANY);

        for (String endpoint : List.of("orders.all", "orders.behind")) {
            List<Pull.Element> elements = sql.pull(endpoint, sql.attempt);
            assertThat(elements.stream()
                            .filter(Pull.Page.class::isInstance)
                            .mapToInt(page -> ((Pull.Page) page).payload().recordCount())
                            .sum())
                    .isEqualTo(MANY);
        }
    }

    /** MariaDB commits what changes tables at once, so that taking it back would be too late. */
    @Test
    void changesNothingInARead() throws Exception {
        StepException why = sql.failure("orders.sneaky", Map.of(), "{}");

        assertThat(why.code()).isEqualTo("SQL_READ_ONLY");
        assertThat(sql.read("orders.find", Map.of("number", "a")).records()).isEmpty();
    }

    @Test
    void bindsWhatItWrites() throws Exception {
        sql.call(
                "orders.set",
                Map.of(),
                World.payload("[{\"number\":\"a'); drop table orders -- \\\\\",\"total\":1.10},{\"number\":\"b\"}]"));
        sql.call("orders.set", Map.of(), World.payload("[{\"number\":\"b\",\"total\":9}]"));

        assertThat(sql.read("orders.find", Map.of("number", "a'); drop table orders -- \\"))
                        .records()
                        .get(0)
                        .path("about"))
                .hasToString("{\"number\":\"a'); drop table orders -- \\\\\",\"total\":1.10}");
        assertThat(sql.read("orders.find", Map.of("number", "b"))
                        .records()
                        .get(0)
                        .path("total"))
                .hasToString("9.0000");
    }

    @Test
    void tellsTheKeysItMade() throws Exception {
        Payload answer = sql.call("orders.make", Map.of(), World.payload("[{\"number\":\"a\"},{\"number\":\"b\"}]"));

        assertThat(answer.records()).hasToString("[{\"id\":1}, {\"id\":2}]");
        assertThat(sql.failure("orders.make", Map.of(), "[{\"number\":\"a\"}]").code())
                .isEqualTo("SQL_CONSTRAINT");
    }

    @Test
    void sendsNoFileOfTheMachine() throws Exception {
        StepException why = sql.failure("files.steal", Map.of(), "{}");

        assertThat(why.getMessage()).containsIgnoringCase("local infile");
    }

    @Test
    void showsItsPasswordOnlyToTheServerThatTheCertificateNames() throws Exception {
        sql.close();
        open("127.0.0.1");

        StepException why = sql.failure("orders.find", Map.of("number", "a"), "{}");

        assertThat(why.code()).isEqualTo("TLS_FAILED");
    }

    @Test
    void saysThatThePasswordIsWrong() throws Exception {
        sql.world.secret("PASSWORD", "wrong horse");
        sql.world.reload();

        assertThat(sql.failure("orders.find", Map.of("number", "a"), "{}").code())
                .isEqualTo("AUTH_FAILED");
    }

    @Test
    void listsTablesAndColumnsOfOneSchema() throws Exception {
        sql.shipped(Map.of("kind", "mysql", "host", "localhost", "port", server.port(), "database", "shop"));

        assertThat(sql.records("tables.list", Map.of()))
                .containsExactly("{\"schema\":\"shop\",\"name\":\"orders\",\"type\":\"BASE TABLE\"}");
        assertThat(sql.records("columns.list", Map.of("table", "orders", "schema", "shop")))
                .hasSize(9)
                .first()
                .isEqualTo("{\"schema\":\"shop\",\"name\":\"id\",\"type\":\"bigint\",\"nullable\":\"NO\"}");
    }
}
