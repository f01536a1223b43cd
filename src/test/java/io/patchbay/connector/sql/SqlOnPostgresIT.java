package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.camel.World;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real PostgreSQL. */
class SqlOnPostgresIT {

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
            orders.since:
              kind: read
              inputs: {since: {}}
              sql: {query: 'select count(*) as "n" from orders where at >= :since', parameters: {since: '${with.since}'}}
            orders.sneaky:
              kind: read
              sql: {query: 'with gone as (delete from orders returning id) select * from gone'}
            orders.set:
              kind: upsert
              batch: {maxRecords: 2}
              sql:
                query: |
                  insert into orders (number, total, about) values (:number, :total, :about)
                  on conflict (number) do update set total = excluded.total
                parameters: {number: '${record.number}', total: '${record.total}', about: '${record}'}
                generatedKeys: [id]
            orders.find:
              kind: read
              inputs: {number: {}}
              sql: {query: 'select * from orders where number = :number', parameters: {number: '${with.number}'}}
            """;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path home;

    private SqlWorld sql;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        execute("drop table if exists orders");
        execute("create table orders (id bigint generated always as identity primary key, number text unique not null,"
                + " total numeric(20, 4), at timestamptz, seen timestamp, about jsonb, tags text[], fine boolean)");
        sql = new SqlWorld(home, "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", "postgres");
        sql.endpoints("none", ENDPOINTS);
    }

    @AfterEach
    void close() {
        sql.close();
    }

    private static void execute(String text) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Test
    void keepsWhatColumnsHold() throws Exception {
        execute("insert into orders (number, total, at, seen, about, tags, fine) values ('a', 10.5000,"
                + " '2026-03-01 12:00:00+02', '2026-03-01 12:00:00.25', '{\"b\": [1, 2.50]}', '{x,y}', true)");

        assertThat(sql.read("orders.find", Map.of("number", "a")).records().get(0))
                .hasToString(
                        "{\"id\":1,\"number\":\"a\",\"total\":10.5000,\"at\":\"2026-03-01T10:00:00Z\","
                                + "\"seen\":\"2026-03-01T12:00:00.250\",\"about\":{\"b\":[1,2.50]},\"tags\":[\"x\",\"y\"],\"fine\":true}");
        assertThat(sql.read("orders.since", Map.of("since", "2026-03-01T10:00:00Z"))
                        .records())
                .hasToString("[{\"n\":1}]");
    }

    @Test
    void readsManyRowsInPages() throws Exception {
        execute("insert into orders (number) select 'o-' || x from generate_series(1, " + MANY + ") x");

        for (String endpoint : List.of("orders.all", "orders.behind")) {
            List<Pull.Element> elements = sql.pull(endpoint, sql.attempt);
            assertThat(elements.stream()
                            .filter(Pull.Page.class::isInstance)
                            .mapToInt(page -> ((Pull.Page) page).payload().recordCount())
                            .sum())
                    .isEqualTo(MANY);
        }
    }

    @Test
    void changesNothingInARead() throws Exception {
        execute("insert into orders (number) values ('a')");

        StepException why = sql.failure("orders.sneaky", Map.of(), "{}");

        assertThat(why.code()).isEqualTo("SQL_READ_ONLY");
        assertThat(sql.read("orders.find", Map.of("number", "a")).records()).hasSize(1);
    }

    @Test
    void writesBatchByBatchAndTellsKeys() throws Exception {
        String records =
                "[{\"number\":\"a\",\"total\":1.10},{\"number\":\"b\",\"total\":2},{\"number\":\"c\",\"total\":3}]";

        Payload answer = sql.call("orders.set", Map.of(), World.payload(records));
        sql.call("orders.set", Map.of(), World.payload("[{\"number\":\"a\",\"total\":9}]"));

        assertThat(answer.isEmpty()).isFalse();
        assertThat(sql.read("orders.find", Map.of("number", "a"))
                        .records()
                        .get(0)
                        .path("total"))
                .hasToString("9.0000");
        assertThat(sql.read("orders.find", Map.of("number", "c"))
                        .records()
                        .get(0)
                        .path("about"))
                .hasToString("{\"total\":3,\"number\":\"c\"}");
    }

    @Test
    void sendsNoPasswordToAServerWithoutTls() throws Exception {
        sql.endpoints("verify", ENDPOINTS);

        StepException why = sql.failure("orders.find", Map.of("number", "a"), "{}");

        assertThat(why.getMessage()).contains("cannot log in").contains("SSL");
    }

    @Test
    void listsTablesAndColumnsByTheShippedFolder() throws Exception {
        execute("create schema if not exists archive");
        execute("create table if not exists archive.orders (old boolean not null)");
        sql.shipped(Map.of("host", "localhost", "port", postgres.getPort(), "database", "postgres", "tls", "none"));

        assertThat(sql.records("tables.list", Map.of()))
                .containsExactly(
                        "{\"schema\":\"archive\",\"name\":\"orders\",\"type\":\"BASE TABLE\"}",
                        "{\"schema\":\"public\",\"name\":\"orders\",\"type\":\"BASE TABLE\"}");
        assertThat(sql.records("columns.list", Map.of("table", "orders", "schema", "archive")))
                .containsExactly("{\"schema\":\"archive\",\"name\":\"old\",\"type\":\"boolean\",\"nullable\":\"NO\"}");
        assertThat(sql.records("columns.list", Map.of("table", "orders"))).hasSize(9);
        execute("drop schema archive cascade");
    }
}
