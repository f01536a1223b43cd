package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails that break the rules, or would take too much. */
class StoredMailTest {

    @TempDir
    private Path folder;

    private JsonNode record(byte[] mail) throws Exception {
        Path file = folder.resolve("mail.eml");
        Files.write(file, mail);
        try (StoredMail read = StoredMail.open(file)) {
            return read.record(new MailId(1, 2), "INBOX", null);
        }
    }

    private JsonNode record(String mail) throws Exception {
        return record(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String multipart(String parts) {
        return "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + parts;
    }

    @Test
    void aMultipartWithoutAnEndIsReadAsFarAsItGoes() throws Exception {
        JsonNode read = record(multipart("--b\n\nHello\n--b\nContent-Type: text/csv; name=a.csv\n\n1,2\n3,"));

        assertThat(read.path("text").asText().strip()).isEqualTo("Hello");
        assertThat(read.path("attachments").get(0).path("name").asText()).isEqualTo("a.csv");
    }

    @Test
    void aMultipartWithoutItsBoundaryIsOneAttachment() throws Exception {
        JsonNode read = record(multipart("there is nothing\n"));

        assertThat(read.path("attachments")).hasSize(1);
        assertThat(read.path("problems").get(0).asText()).contains("cannot be told apart");
    }

    @Test
    void aCharacterSetThatIsNotKnownIsToldAndRead() throws Exception {
        JsonNode unknown = record("Content-Type: text/plain; charset=klingon-8\nSubject: =?klingon-8?Q?a?=\n\nä\n");
        assertThat(unknown.path("text").asText().strip()).isEqualTo("ä");
        assertThat(unknown.path("subject").asText()).isEqualTo("=?klingon-8?Q?a?=");
        assertThat(unknown.path("problems").get(0).asText()).contains("klingon-8");

        JsonNode wrong = record("Content-Type: text/plain; charset=utf-8\n\ncaf\u00e9\n"
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(wrong.path("text").asText().strip()).isEqualTo("café");
        assertThat(wrong.path("problems")).hasSize(1);
    }

    @Test
    void contentThatIsNotEncodedAsItSaysIsGivenAsItCame() throws Exception {
        JsonNode read = record(multipart("--b\nContent-Type: application/pdf; name=x.pdf\n"
                + "Content-Transfer-Encoding: base64\n\nabcde\n--b--\n"));

        assertThat(read.path("attachments").get(0).path("size").asLong()).isEqualTo(5);
        assertThat(read.path("problems").get(0).asText()).contains("as it came");
    }

    @Test
    void namesOfAttachmentsLeadNowhere() throws Exception {
        JsonNode read = record(
                multipart(
                        "--b\nContent-Disposition: attachment; filename=\"../../etc/passwd\"\n\nx\n"
                                + "--b\nContent-Disposition: attachment; filename=\"..\"\n\nx\n"
                                + "--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename*=utf-8''a%0D%0Ab.csv\n\nx\n--b--\n"));

        assertThat(read.path("attachments").findValuesAsText("name")).startsWith("passwd", "attachment-2.txt");
        assertThat(read.path("attachments").findValuesAsText("name")).noneMatch(Lines::broken);
    }

    @Test
    void headersHoldNoLineBreaks() throws Exception {
        JsonNode read = record(
                "Subject: =?utf-8?B?YQ0KQmNjOiBldmVAZXhhbXBsZS5vcmc=?=\nFrom: broken <<a@>, b\nDate: never\n\nx");

        assertThat(read.path("subject").asText()).isEqualTo("a Bcc: eve@example.org");
        assertThat(read.path("date").isNull()).isTrue();
        assertThat(read.path("from")).isNotEmpty();
    }

    @Test
    void aMailInTheMailIsAnAttachment() throws Exception {
        JsonNode read = record(multipart("--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nx\n--b--\n"));

        assertThat(read.path("attachments").get(0).path("name").asText()).isEqualTo("attachment-1.eml");
    }

    @Test
    void aLongTextIsAnAttachment() throws Exception {
        JsonNode read = record("Subject: long\n\n" + "x".repeat(MailParts.LONGEST_TEXT + 1));

        assertThat(read.path("text").isNull()).isTrue();
        assertThat(read.path("attachments").get(0).path("contentType").asText()).isEqualTo("text/plain");
    }

    @Test
    void whatWouldTakeTooMuchIsRefused() {
        assertRefused(multipart("--b\n\n\n".repeat(10_000) + "--b--\n"), "more than 1000 parts");
        assertRefused("X: 1\n".repeat(100_000), "its header");
        assertRefused(multipart("--b\n" + "X: 1\n".repeat(100_000) + "\nx\n--b--\n"), "the header of a part");
        StringBuilder deep = new StringBuilder("MIME-Version: 1.0\n");
        for (int i = 0; i < 100; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append("\n");
        }
        assertRefused(deep.append("\nx").toString(), "deep in each other");
    }

    private void assertRefused(String mail, String why) {
        assertThatThrownBy(() -> record(mail))
                .isInstanceOfSatisfying(
                        StepException.class, thrown -> assertThat(thrown.code()).isEqualTo(Folder.UNREADABLE))
                .hasMessageContaining(why);
    }

    @Test
    void anEmptyMailIsARecordWithoutAnything() throws Exception {
        JsonNode read = record("");

        assertThat(read.path("id").asText()).isEqualTo("1-2");
        assertThat(read.path("attachments")).isEmpty();
    }
}
