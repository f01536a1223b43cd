package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.FreePorts;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hsqldb.jdbcDriver;
import org.hsqldb.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against HSQLDB's server, by the driver of its jar in the folder of drivers. */
class DroppedDriverTest {

    private static final String ENDPOINTS = """
            stock.list:
              kind: read
              sql: {query: 'select id as "id", sku as "sku", price as "price" from stock order by id', pageSize: 2}
            stock.count:
              kind: read
              sql: {query: select count(*) from stock}
            stock.make:
              kind: write
              sql:
                query: insert into stock (sku, price) values (:sku, :price)
                parameters: {sku: '${record.sku}', price: '${record.price}'}
                generatedKeys: [ID]
            """;

    @TempDir
    Path home;

    private Server server;
    private SqlWorld sql;

    @BeforeEach
    void open() throws Exception {
        server = new Server();
        server.setSilent(true);
        server.setLogWriter(null);
        server.setErrWriter(null);
        server.setAddress("127.0.0.1");
        server.setPort(FreePorts.next());
        server.setDatabaseName(0, "shop");
        server.setDatabasePath(0, "mem:" + home.getFileName() + ";user=ada;password=correct horse");
        server.start();
        sql = new SqlWorld(home, "jdbc:hsqldb:hsql://localhost:" + server.getPort() + "/shop", "ada");
    }

    @AfterEach
    void close() {
        sql.close();
        server.stop();
    }

    private void drop() throws Exception {
        Path jar = Path.of(jdbcDriver
                .class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.createDirectories(home.resolve("drivers"));
        Files.copy(jar, home.resolve("drivers/hsqldb.jar"));
    }

    @Test
    void readsAndWrites() throws Exception {
        drop();
        sql.endpoints("none", ENDPOINTS + """
                stock.table:
                  kind: write
                  sql: {query: 'create table stock (id int generated always as identity, sku varchar(9) unique, price decimal(9, 2))'}
                """);
        sql.call("stock.table", Map.of(), World.payload("{}"));

        var made = sql.call(
                "stock.make",
                Map.of(),
                World.payload("[{\"sku\":\"a'\",\"price\":1.50},{\"sku\":\"b\",\"price\":null},{\"sku\":\"c\"}]"));

        assertThat(made.records()).hasToString("[{\"ID\":0}, {\"ID\":1}, {\"ID\":2}]");
        assertThat(sql.records("stock.list", Map.of()))
                .containsExactly(
                        "{\"id\":0,\"sku\":\"a'\",\"price\":1.50}",
                        "{\"id\":1,\"sku\":\"b\",\"price\":null}",
                        "{\"id\":2,\"sku\":\"c\",\"price\":null}");
        assertThat(sql.failure("stock.make", Map.of(), "[{\"sku\":\"b\"}]").code())
                .isEqualTo("SQL_CONSTRAINT");
    }

    /** The jar is on the class path of this test as well, which must not count. */
    @Test
    void isNotFoundOutsideOfTheFolder() throws Exception {
        sql.endpoints("none", ENDPOINTS);

        StepException why = sql.failure("stock.count", Map.of(), "{}");

        assertThat(why.code()).isEqualTo("NO_DRIVER");
        assertThat(why.getMessage()).contains("folder drivers").contains("put its jar there");
    }

    @Test
    void saysThatAJarIsBroken() throws Exception {
        Files.createDirectories(home.resolve("drivers"));
        Files.writeString(home.resolve("drivers/hsqldb.jar"), "no jar");
        sql.endpoints("none", ENDPOINTS);

        assertThat(sql.failure("stock.count", Map.of(), "{}").code()).isIn("NO_DRIVER", "BAD_DRIVER");
    }

    @Test
    void isNotTrustedToCheckCertificatesUnlessItWasTold() throws Exception {
        drop();
        sql.endpoints("verify", ENDPOINTS);

        assertThat(sql.failure("stock.count", Map.of(), "{}").getMessage()).contains("tls: driver");
    }

    @Test
    void isToldItsProperties() throws Exception {
        drop();
        sql.behind("tls: driver, properties: {get_column_name: 'false'}", ENDPOINTS);

        assertThat(sql.failure("stock.count", Map.of(), "{}").code())
                .isEqualTo("SQL_DENIED"); // HSQLDB says so of a table that is not there
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowLoadLocalInfile",
                "autoDeserialize",
                "socketFactory",
                "INIT",
                "clientRerouteServerListJNDIName",
                "queryInterceptors",
                "traceFile",
                "password"
            })
    void isToldNothingThatRunsCode(String property) throws Exception {
        assertThatThrownBy(() -> sql.behind("tls: none, properties: {" + property + ": 'x'}", ENDPOINTS))
                .hasMessageContaining("the property '" + property + "'");
    }
}
