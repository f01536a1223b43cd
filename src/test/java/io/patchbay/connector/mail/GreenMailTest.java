package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Json;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The connector as it is shipped against GreenMail. */
class GreenMailTest {

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(MailPort.free(ServerSetupTest.SMTP))
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("ada", "correct horse"));

    @TempDir
    Path home;

    @Test
    void aMailWithTextHtmlAndAFileArrivesWhole() throws Exception {
        try (MailWorld world = new MailWorld(home)) {
            world.post(SERVER.getSmtp().getPort(), "password", "security: none");
            world.own("mail: {from: a@example.com, to: [b@example.org], subject: Grüße, text: 'ä', html: '<p>ä</p>',"
                    + " attachments: [{name: order.json}]}");

            world.send("mails.own", Map.of(), World.payload("{\"no\": 7}"));

            MimeMessage mail = SERVER.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Grüße");
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            MimeMultipart both = (MimeMultipart) parts.getBodyPart(0).getContent();
            assertThat(both.getBodyPart(0).getContent()).isEqualTo("ä");
            assertThat(both.getBodyPart(1).getContent()).isEqualTo("<p>ä</p>");
            assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("order.json");
            assertThat(Json.MAPPER
                            .readTree(parts.getBodyPart(1).getInputStream())
                            .path("no")
                            .asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        try (MailWorld world = new MailWorld(home)) {
            world.world.secret("PASSWORD", "wrong horse");
            world.post(SERVER.getSmtp().getPort(), "password", "security: none");

            assertThat(world.check().status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
        }
    }
}
