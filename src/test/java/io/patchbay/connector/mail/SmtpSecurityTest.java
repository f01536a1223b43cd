package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.ServerKey;
import io.patchbay.connector.camel.InstanceCheck;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The password goes out behind TLS with the right server, and a check says in plain words what is wrong. */
class SmtpSecurityTest {

    @TempDir
    Path home;

    @TempDir
    static Path keys;

    private static ServerKey key;
    private static ServerKey other;
    private MailWorld world;

    @BeforeAll
    static void createKeys() throws Exception {
        key = ServerKey.create(keys, "ip:127.0.0.1");
        other = ServerKey.create(keys, "dns:other.example.com");
    }

    @BeforeEach
    void open() throws Exception {
        world = new MailWorld(home);
        world.world.secret("CA", key.pem());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"starttls, false", "tls, true"})
    void logsInBehindTls(String security, boolean implicit) throws Exception {
        try (SmallServer server = new SmallServer(key, implicit)) {
            world.post(server.port(), "password", "ca: '${secret.CA}', security: " + security);

            InstanceCheck check = world.check();

            assertThat(check.sentence()).isNull();
            assertThat(check.status()).isEqualTo(InstanceStatus.OPERATIONAL);
            assertThat(server.commands).contains("AUTH", "NOOP");
            assertThat(world.calls()
                            .serverCertificates(Objects.requireNonNull(
                                    world.calls().catalog().instance("post"))))
                    .singleElement()
                    .satisfies(seen -> {
                        assertThat(seen.server()).isEqualTo("127.0.0.1:" + server.port());
                        assertThat(seen.ends())
                                .isEqualTo(key.certificate().getNotAfter().toInstant());
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"starttls, false", "tls, true"})
    void sendsNoPasswordToAServerWhoseCertificateIsNotTrusted(String security, boolean implicit) throws Exception {
        try (SmallServer server = new SmallServer(key, implicit)) {
            world.post(server.port(), "password", "security: " + security);

            InstanceCheck check = world.check();

            assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
            assertThat(check.code()).isEqualTo("TLS_FAILED");
            assertThat(check.sentence()).contains("no secure connection").contains("goes into requester.mail.ca");
            assertThat(server.commands).doesNotContain("AUTH");
        }
    }

    @ParameterizedTest
    @CsvSource({"starttls, false", "tls, true"})
    void sendsNoPasswordToAServerWhoseCertificateNamesAnother(String security, boolean implicit) throws Exception {
        world.world.secret("CA", other.pem());
        try (SmallServer server = new SmallServer(other, implicit)) {
            world.post(server.port(), "password", "ca: '${secret.CA}', security: " + security);

            assertThat(world.check().code()).isEqualTo("TLS_FAILED");
            assertThat(server.commands).doesNotContain("AUTH");
        }
    }

    @Test
    void sendsNoPasswordToAServerWithoutTls() throws Exception {
        try (SmallServer server = new SmallServer(null, false)) {
            world.post(server.port(), "password", "");

            InstanceCheck check = world.check();

            assertThat(check.code()).isEqualTo("TLS_FAILED");
            assertThat(check.sentence()).contains("the server offers no STARTTLS");
            assertThat(server.commands).doesNotContain("AUTH");
        }
    }

    @Test
    void saysThatTheServerTakesNoLogin() throws Exception {
        try (SmallServer server = new SmallServer(null, false)) {
            server.replies.put("EHLO", "250 small");
            world.post(server.port(), "password", "security: none");

            InstanceCheck check = world.check();

            assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(check.sentence()).contains("takes no login").contains("auth of type none");
        }
    }

    @Test
    void saysThatUserOrPasswordIsWrongAndShowsNeither() throws Exception {
        try (SmallServer server = new SmallServer(key, false)) {
            server.replies.put("AUTH", "535 5.7.8 no");
            world.post(server.port(), "password", "ca: '${secret.CA}'");

            InstanceCheck check = world.check();

            assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(check.sentence())
                    .contains("does not accept user and password")
                    .contains("535 5.7.8 no")
                    .doesNotContain("correct horse");
        }
    }

    @Test
    void saysThatTheHostIsNotKnown() throws Exception {
        world.post(1, "password", "");
        world.world.write(
                "connectors/smtp/instances/post.yaml",
                "{instance: post, connector: smtp, auth: none, settings: {host: nowhere.invalid, from: a@example.com}}");
        world.world.reload();

        InstanceCheck check = world.check();

        assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
        assertThat(check.sentence())
                .isEqualTo(
                        "host 'nowhere.invalid' is not known; set the host's name right in the settings of the instance");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        world.post(1, "none", "security: none");

        InstanceCheck check = world.check();

        assertThat(check.code()).isEqualTo("CONNECT_FAILED");
        assertThat(check.sentence())
                .contains("cannot log in at smtp://127.0.0.1:1")
                .contains("refused");
    }
}
