package io.patchbay.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.connector.mail.MailPort;
import io.patchbay.payload.StepException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerTest {

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(MailPort.free(ServerSetupTest.SMTP))
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("sender", "s3cret"));

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void sendsPlainTextToEveryAddress() throws Exception {
        mailer("sender", "s3cret")
                .send(new Mail(List.of("a@example.org", "b@example.org"), "Grüße", "Zwölf\nAufträge", "run-1/it.told"));

        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(received).hasSize(2);
        MimeMessage mail = received[0];
        assertThat(mail.getSubject()).isEqualTo("Grüße");
        assertThat(mail.getFrom()[0]).hasToString("patchbay@example.org");
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.getContent().toString().replace("\r", "").strip()).isEqualTo("Zwölf\nAufträge");
        assertThat(mail.getHeader("contentType")).isNull();
        assertThat(mail.getMessageID()).isEqualTo("<run-1-it.told@patchbay>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: evil@example.org",
                "x\nBcc: evil@example.org\n\nbody",
                "x\rBcc: evil@example.org",
                "x\u0085Bcc: evil@example.org",
                "x\u2028Bcc: evil@example.org",
                "x\0\u0007Bcc: evil@example.org",
                "=?utf-8?q?x=0D=0ABcc:_evil@example.org?=",
            })
    void nothingInASubjectBecomesAHeader(String subject) throws Exception {
        mailer("sender", "s3cret").send(new Mail(List.of("a@example.org"), subject, "text", "id"));

        MimeMessage[] received = SERVER.getReceivedMessages();
        assertThat(received).hasSize(1);
        assertThat(Collections.list(received[0].getAllHeaders()))
                .extracting(jakarta.mail.Header::getName)
                .doesNotContain("Bcc", "bcc");
        assertThat(received[0].getAllRecipients()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org\r\nBcc: b@example.org",
                "a@example.org,b@example.org",
                "A <a@example.org>",
                "a",
                "a@b@c",
                "",
                "a b@example.org",
                "\"a\"@example.org"
            })
    void anAddressIsOneAddress(String address) {
        assertThatThrownBy(() -> new Mail(List.of(address), "x", "x", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatDoesNotAnswerIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Mailer mailer = new SmtpMailer(
                new MailProperties("127.0.0.1", port, null, null, "patchbay@example.org", false, Map.of()), camel);

        StepException failure = catchThrowableOfType(
                StepException.class, () -> mailer.send(new Mail(List.of("a@example.org"), "x", "x", "x")));

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.code()).isEqualTo("MAIL_NOT_SENT");
        assertThat(failure.getMessage()).contains("127.0.0.1:" + port).doesNotContain("\n");
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndNotShown() {
        StepException failure = catchThrowableOfType(
                StepException.class,
                () -> mailer("sender", "wr0ng").send(new Mail(List.of("a@example.org"), "x", "x", "x")));

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo("MAIL_LOGIN");
        assertThat(failure.getMessage()).doesNotContain("wr0ng");
    }

    @Test
    void aServerWithoutEncryptionIsRefusedWhenItIsWanted() {
        Mailer mailer = new SmtpMailer(
                new MailProperties(
                        "127.0.0.1", SERVER.getSmtp().getPort(), "sender", "s3cret", "p@example.org", true, Map.of()),
                camel);

        assertThatThrownBy(() -> mailer.send(new Mail(List.of("a@example.org"), "x", "x", "x")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new MailProperties("mail", 587, null, null, null, true, Map.of()))
                .hasMessageContaining("patchbay.mail.from");
        assertThatThrownBy(() -> new MailProperties(null, 0, null, null, null, true, Map.of()))
                .hasMessageContaining("patchbay.mail.port");
        assertThatThrownBy(() -> new MailProperties(null, 25, null, null, null, true, Map.of("ops", List.of("x"))))
                .hasMessageContaining("patchbay.mail.groups.ops");
        assertThat(new MailProperties("mail", 587, "u", "s3cret", "a@example.org", true, Map.of()).toString())
                .doesNotContain("s3cret");
    }

    private Mailer mailer(String user, String password) {
        return new SmtpMailer(
                new MailProperties(
                        "127.0.0.1",
                        SERVER.getSmtp().getPort(),
                        user,
                        password,
                        "patchbay@example.org",
                        false,
                        Map.of("ops", List.of("a@example.org"))),
                camel);
    }
}
