package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector as it is shipped says to a server, and what it makes of the replies. */
class SmtpSendTest {

    @TempDir
    Path home;

    private MailWorld world;
    private SmallServer server;

    @BeforeEach
    void open() throws Exception {
        world = new MailWorld(home);
        server = new SmallServer(null, false);
        world.post(server.port(), "password", "security: none");
    }

    @AfterEach
    void close() {
        world.close();
        server.close();
    }

    private static Map<String, Object> mail(Object to, String subject) {
        return Map.of("to", Json.MAPPER.valueToTree(to), "subject", text(subject), "text", text("Hello"));
    }

    private static Object text(String text) {
        return Json.NODES.textNode(text);
    }

    @Test
    void aMailOfHtmlHasTheSameAsText() throws Exception {
        world.send(
                "mails.send-html",
                Map.of(
                        "to",
                        "a@example.org",
                        "subject",
                        "Order 7",
                        "html",
                        "<p>On its way.</p>",
                        "text",
                        "On its way."),
                World.payload("{}"));

        assertThat(server.mails)
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .contains("To: a@example.org\n")
                        .contains("Subject: Order 7\n")
                        .contains("multipart/alternative")
                        .contains("text/plain", "On its way.")
                        .contains("text/html", "<p>On its way.</p>"));
    }

    @Test
    void tellsHowTheInstanceStands() throws Exception {
        world.send("mails.send", mail("a@example.org", "Hello"), World.payload("{}"));
        assertThat(world.world.standing("post").status()).isEqualTo(InstanceStatus.OPERATIONAL);

        server.replies.put("AUTH", "535 5.7.8 no");
        world.post(server.port(), "password", "security: none, ca: ''");
        assertThat(world.failure("mails.send", mail("a@example.org", "Hello"), "{}")
                        .code())
                .isEqualTo("AUTH_FAILED");
        assertThat(world.world.standing("post").status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);

        server.close();
        world.failure("mails.send", mail("a@example.org", "Hello"), "{}");
        assertThat(world.world.standing("post")).satisfies(view -> {
            assertThat(view.status()).isEqualTo(InstanceStatus.UNREACHABLE);
            assertThat(view.lastFailure().code()).isEqualTo("CONNECT_FAILED");
        });
    }

    @Test
    void sendsToEveryReceiverAndNamesNoHiddenOne() throws Exception {
        world.own("""
                mail:
                  from: '${settings.from}'
                  to: ['${payload.to}', b@example.org]
                  cc: [c@example.org]
                  bcc: ['Dora <d@example.org>', B@example.org]
                  replyTo: [help@example.com]
                  subject: 'Order ${payload.no} für Sie'
                  text: 'Größe ${payload.no}'
                """);

        Payload answer = world.send("mails.own", Map.of(), World.payload("{\"to\": [\"a@example.org\"], \"no\": 7}"));

        assertThat(server.commands)
                .contains("MAIL FROM:<shop@example.com>", "RCPT TO:<a@example.org>", "RCPT TO:<c@example.org>")
                .contains("RCPT TO:<d@example.org>");
        assertThat(server.commands.stream().filter(one -> one.contains("RCPT"))).hasSize(4);
        assertThat(server.mails)
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .contains("From: Shop <shop@example.com>\n")
                        .contains("To: a@example.org, b@example.org\nCc: c@example.org\n")
                        .contains("Reply-To: help@example.com\n")
                        .contains("Subject: =?UTF-8?Q?Order_7_f=C3=BCr_Sie?=")
                        .contains("Gr=C3=B6=C3=9Fe 7")
                        .doesNotContainIgnoringCase("bcc")
                        .doesNotContain("d@example.org"));
        assertThat(answer.tree().path("accepted")).hasSize(4);
        assertThat(answer.tree().path("messageId").asText()).matches("<[0-9a-f]{32}@example.com>");
    }

    @Test
    void aRepeatHasTheIdOfTheFirstTry() throws Exception {
        server.replies.put("DATA.", "451 later");
        StepException failed = world.failure("mails.send", mail("a@example.org", "x"), "{}");
        server.replies.clear();

        Payload sent = world.send("mails.send", mail("a@example.org", "x"), World.payload("{}"));

        assertThat(failed.retryable()).isTrue();
        assertThat(failed.getMessage()).contains("451 later");
        String id = "Message-ID: " + sent.tree().path("messageId").asText();
        assertThat(server.mails).hasSizeGreaterThanOrEqualTo(2).allMatch(one -> one.contains(id));
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 5.1.1 unknown, false", "MAIL, 452 4.3.1 full, true", "DATA., 552 5.3.4 large, false"})
    void aRefusalSaysWhatTheServerSaidAndWhetherAnotherTryMayDo(String at, String reply, boolean later)
            throws Exception {
        server.replies.put(at, reply);

        StepException failure = world.failure("mails.send", mail("a@example.org", "x"), "{}");

        assertThat(failure.code()).isEqualTo("MAIL_REFUSED");
        assertThat(failure.getMessage()).contains("cannot send the mail at smtp://127.0.0.1:" + server.port(), reply);
        assertThat(failure.retryable()).isEqualTo(later);
    }

    @Test
    void aMailWhoseEndIsNotAnsweredIsNotSent() throws Exception {
        server.replies.put("DATA.", "");

        StepException failure = world.failure("mails.send", mail("a@example.org", "x"), "{}");

        assertThat(failure.code()).isEqualTo("IO");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void tellsWhoWasRefusedWhenOthersGetIt() throws Exception {
        server.replies.put("RCPT TO:<GONE@", "550 5.1.1 unknown");

        Payload answer =
                world.send("mails.send", mail(List.of("a@example.org", "gone@example.org"), "x"), World.payload("{}"));

        assertThat(answer.tree().path("accepted")).hasToString("[\"a@example.org\"]");
        assertThat(answer.tree().path("refused").path(0).path("address").asText())
                .isEqualTo("gone@example.org");
        assertThat(answer.tree().path("refused").path(0).path("code").asInt()).isEqualTo(550);
        assertThat(server.mails).hasSize(1);
        assertThat(world.attempt.log().toString()).contains("not to gone@example.org");
    }

    @Test
    void nobodyGetsItWhenThatIsWanted() throws Exception {
        server.replies.put("RCPT TO:<GONE@", "550 5.1.1 unknown");
        world.own("mail: {from: a@example.com, to: [a@example.org, gone@example.org], text: x, refused: fail}");

        StepException failure = world.failure("mails.own", Map.of(), "{}");

        assertThat(failure.code()).isEqualTo("MAIL_REFUSED");
        assertThat(server.mails).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org\r\nBcc: evil@example.org",
                "a@example.org,evil@example.org",
                "a@example.org evil@example.org",
                "friends: evil@example.org;",
                "=?utf-8?q?x=0D=0ABcc:_e?= <a@example.org>",
                "a@b@c",
                "a",
                "<a@example.org> SIZE=1",
                "a\u2028@example.org",
                "\"x y\"@example.org"
            })
    void oneTextIsOneAddress(String address) throws Exception {
        assertThat(world.failure("mails.send", mail(address, "x"), "{}").code()).isEqualTo("BAD_ADDRESS");
        assertThat(server.mails).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: evil@example.org", "x\nx", "x\u0085x", "x\u2028x", "x\u0000x"})
    void aSubjectIsOneLine(String subject) throws Exception {
        assertThat(world.failure("mails.send", mail("a@example.org", subject), "{}")
                        .code())
                .isEqualTo("BAD_HEADER");
        assertThat(server.mails).isEmpty();
    }

    @Test
    void receiversAreBounded() throws Exception {
        List<String> many = java.util.stream.IntStream.range(0, 101)
                .mapToObj(i -> "a" + i + "@example.org")
                .toList();

        assertThat(world.failure("mails.send", mail(many, "x"), "{}").code()).isEqualTo("TOO_MANY_RECEIVERS");
        assertThat(world.failure("mails.send", mail(List.of(), "x"), "{}").code())
                .isEqualTo("NO_RECEIVER");
    }

    @Test
    void valuesWithinHtmlAreText() throws Exception {
        world.own("mail: {from: a@example.com, to: [a@example.org], text: t, html: '<b>${payload.name}</b>'}");

        world.send("mails.own", Map.of(), World.payload("{\"name\": \"<script>\"}"));

        assertThat(server.mails)
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail).contains("multipart/alternative").contains("<b>&lt;script&gt;</b>"));
    }

    @Test
    void thePayloadGoesAsAFileFromDisk() throws Exception {
        Path file = Files.writeString(home.resolve("big.csv"), "a;b\n".repeat(10_000));
        Payload payload = new Payload(
                Lineage.ofRun("run-1"), new Body.Stored(file, "text/csv", 40_000), RecordPath.ROOT, Map.of());
        Map<String, Object> with = new java.util.HashMap<>(mail("a@example.org", "x"));
        with.put("filename", text("größe.csv"));

        world.send("mails.send-payload", with, payload);

        String mail = server.mails.element();
        assertThat(mail).contains("Content-Type: text/csv", "Content-Disposition: attachment", "gr=C3=B6");
        String base64 = mail.substring(mail.lastIndexOf("attachment")).replaceAll("(?s)^.*?\n\n|\n------=.*$", "");
        assertThat(java.util.Base64.getMimeDecoder().decode(base64)).isEqualTo(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "x\r\ny", "", "a\u202Eb"})
    void aFileHasANameAndNothingElse(String name) throws Exception {
        Map<String, Object> with = new java.util.HashMap<>(mail("a@example.org", "x"));
        with.put("filename", text(name));

        assertThat(world.failure("mails.send-payload", with, "{}").code()).isEqualTo("BAD_NAME");
    }

    @Test
    void aMailThatTheServerFindsTooLargeIsNotBegun() throws Exception {
        Map<String, Object> with =
                Map.of("to", text("a@example.org"), "subject", text("x"), "text", text("x".repeat(100_001)));

        StepException failure = world.failure("mails.send", with, "{}");

        assertThat(failure.code()).isEqualTo("MESSAGE_TOO_LARGE");
        assertThat(failure.getMessage()).contains("more than the 100000 of smtp://127.0.0.1");
        assertThat(server.commands).noneMatch(one -> one.startsWith("MAIL"));
    }

    @Test
    void eachRecordIsAMail() throws Exception {
        world.own("batch: {maxRecords: 1}\n"
                + "mail: {from: a@example.com, to: ['${record.mail}'], subject: 'Hello ${record.name}', text: x}");

        world.send(
                "mails.own",
                Map.of(),
                World.payload(
                        "[{\"mail\": \"a@example.org\", \"name\": \"Ada\"}, {\"mail\": \"b@example.org\", \"name\": \"Bob\"}]"));

        assertThat(server.mails)
                .hasSize(2)
                .anyMatch(one -> one.contains("To: b@example.org\n") && one.contains("Hello Bob"));
        assertThat(server.mails.stream()
                        .map(one -> one.replaceAll("(?s).*(Message-ID: .*?)\n.*", "$1"))
                        .distinct())
                .hasSize(2);
    }
}
