package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.ServerKey;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL behind TLS: the password goes to the server whose certificate is trusted and names it, and to no other. */
class PostgresTlsIT {

    private static final String ENDPOINTS = """
            tls.read:
              kind: read
              sql: {query: 'select ssl, version as tls from pg_stat_ssl where pid = pg_backend_pid()'}
            """;

    @TempDir
    private static Path keys;

    private static ServerKey key;
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path home;

    private SqlWorld sql;

    @BeforeAll
    static void start() throws Exception {
        key = ServerKey.create(keys, "dns:localhost");
        Path folder = Files.createDirectories(
                Path.of(System.getProperty("java.io.tmpdir"), "patchbay-postgres-tls-" + System.nanoTime()));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        File certificate =
                Files.writeString(folder.resolve("server.crt"), key.pem()).toFile();
        Path secret = Files.writeString(folder.resolve("server.key"), key.keyPem());
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.getPath())
                .setServerConfig("ssl_key_file", secret.toString())
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        sql = new SqlWorld(home, "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", "postgres");
    }

    @AfterEach
    void close() {
        sql.close();
    }

    @Test
    void aCertificateThatIsTrustedAndNamesTheHostIsTaken() throws Exception {
        sql.trust(key.pem());
        sql.behind("tls: verify, ca: '${settings.ca}'", ENDPOINTS);

        Payload answer = sql.call("tls.read", Map.of(), io.patchbay.connector.camel.World.payload("{}"));

        assertThat(answer.records().get(0).path("ssl").asBoolean()).isTrue();
        assertThat(answer.records().get(0).path("tls").asText()).startsWith("TLSv1.");
    }

    @Test
    void itIsKnownUntilWhenTheCertificateIsGood() throws Exception {
        sql.trust(key.pem());
        sql.behind("tls: verify, ca: '${settings.ca}'", ENDPOINTS);
        sql.call("tls.read", Map.of(), io.patchbay.connector.camel.World.payload("{}"));

        assertThat(sql.certificates()).singleElement().satisfies(seen -> {
            assertThat(seen.server()).isEqualTo("localhost:" + postgres.getPort());
            assertThat(seen.begins()).isEqualTo(key.certificate().getNotBefore().toInstant());
            assertThat(seen.ends()).isEqualTo(key.certificate().getNotAfter().toInstant());
        });
    }

    @Test
    void oneThatIsNotTrustedIsLeftWithASentence() throws Exception {
        sql.behind("tls: verify", ENDPOINTS);
        StepException unknown = sql.failure("tls.read", Map.of(), "{}");
        assertThat(unknown.code()).isEqualTo("TLS_FAILED");
        assertThat(unknown.getMessage()).contains("requester.database");

        sql.trust(ServerKey.create(keys, "dns:other.example.com").pem());
        sql.behind("tls: verify, ca: '${settings.ca}'", ENDPOINTS);
        assertThat(sql.failure("tls.read", Map.of(), "{}").code()).isEqualTo("TLS_FAILED");
    }

    @Test
    void oneThatNamesAnotherHostIsLeft() throws Exception {
        SqlWorld byAddress = new SqlWorld(
                home.resolve("other"), "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres");
        try (byAddress) {
            byAddress.trust(key.pem());
            byAddress.behind("tls: verify, ca: '${settings.ca}'", ENDPOINTS);

            assertThat(byAddress.failure("tls.read", Map.of(), "{}").code()).isEqualTo("TLS_FAILED");
        }
    }
}
