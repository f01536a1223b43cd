package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.camel.World;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector for mailboxes as it is shipped, against GreenMail. */
class ImapCallTest {

    private static final String WITH_FILES = """
            From: =?UTF-8?Q?B=C3=B6b?= <bob@example.org>
            To: ada@example.com, eve@example.com
            Subject: =?ISO-8859-1?Q?Gr=FC=DFe?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=ISO-8859-1
            Content-Transfer-Encoding: quoted-printable

            Sch=F6n
            --inner
            Content-Type: text/html; charset=UTF-8

            <p>Schön</p>
            --inner--
            --outer
            Content-Type: text/csv; name="orders.csv"
            Content-Disposition: attachment; filename="../../orders.csv"
            Content-Transfer-Encoding: base64

            aWQKMQo=
            --outer
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=UTF-8''Rechnung%20%C3%A4.pdf

            %PDF
            --outer--
            """;

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    @TempDir
    Path home;

    private ImapWorld imap;
    private World world;

    @BeforeEach
    void open() throws Exception {
        imap = new ImapWorld();
        world = new World(home);
        imap.into(world);
    }

    @AfterEach
    void close() {
        world.close();
        imap.close();
    }

    private InstanceCheck check() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .check("box", "check-1")
                .orElseThrow();
    }

    private List<Payload> pull(String endpoint, String parameters) throws Exception {
        List<Payload> pages = new ArrayList<>();
        for (Pull.Element one : world.pull("connector:box/" + endpoint + parameters, attempt, null)) {
            if (one instanceof Pull.Failed failed) {
                throw failed.why();
            }
            if (one instanceof Pull.Page page) {
                pages.add(page.payload());
            }
        }
        return pages;
    }

    private Exchange call(String endpoint, Map<String, Object> with) {
        return world.context().createProducerTemplate().request("connector:box/" + endpoint, e -> {
            e.setProperty(Use.WITH, with);
            e.setProperty(Attempt.PROPERTY, attempt);
            e.getMessage().setBody(World.payload("{}"));
        });
    }

    private String onlyId() throws Exception {
        return pull("mails.list", "").get(0).records().get(0).path("id").asText();
    }

    /** A call that nobody gives up. */
    private static final class Counting implements Folder.Call {
        private final AtomicInteger moves = new AtomicInteger();

        @Override
        public void onCancel(Runnable close) {
            // nobody does
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void moved() {
            moves.incrementAndGet();
        }
    }

    @Test
    void tellsHowTheInstanceStands() throws Exception {
        pull("mails.list", "");
        assertThat(world.standing("box").status()).isEqualTo(InstanceStatus.OPERATIONAL);

        ImapWorld.into(world, imap.port(), "security: none, ca: ''");
        world.secret("PASSWORD", "wrong horse");
        world.pull("connector:box/mails.list", attempt, null);
        assertThat(world.standing("box").status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);

        imap.close();
        world.pull("connector:box/mails.list", attempt, null);
        assertThat(world.standing("box").status()).isEqualTo(InstanceStatus.UNREACHABLE);
    }

    @Test
    void aFolderThatCannotBeMadeIsToldOfNoMail() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        imap.deliver(ImapWorld.plain("two"));
        Set<String> told = new HashSet<>();
        for (JsonNode mail : pull("mails.list", "").get(0).records()) {
            told.add(call("mails.move", Map.of("id", mail.get("id"), "into", Json.NODES.textNode("Do%ne")))
                    .getException()
                    .getMessage());
        }

        assertThat(told).singleElement().asString().contains("cannot make folder 'Do%ne'");
    }

    @Test
    void theLoginIsCheckedAndAWrongPasswordRefused() throws Exception {
        assertThat(check().status()).isEqualTo(InstanceStatus.OPERATIONAL);

        world.secret("PASSWORD", "wrong horse");
        ImapWorld.into(world, imap.port(), "security: none, ca: ''");
        world.secret("PASSWORD", "wrong horse");
        assertThat(check().status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
    }

    @Test
    void aMailIsReadWithItsTextAddressesAndAttachmentsAndStaysUnseen() throws Exception {
        imap.deliver(WITH_FILES);

        Payload mail = pull("mails.read-unseen", "").get(0);

        JsonNode record = mail.tree();
        assertThat(record.path("subject").asText()).isEqualTo("Grüße");
        assertThat(record.path("from").get(0).path("name").asText()).isEqualTo("Böb");
        assertThat(record.path("to").findValuesAsText("address")).containsExactly("ada@example.com", "eve@example.com");
        assertThat(record.path("text").asText().strip()).isEqualTo("Schön");
        assertThat(record.path("html").asText()).contains("<p>Schön</p>");
        assertThat(record.path("attachments").findValuesAsText("name")).containsExactly("orders.csv", "Rechnung ä.pdf");
        assertThat(record.path("attachments").get(0).path("size").asInt()).isEqualTo(5);
        assertThat(record.path("problems")).isEmpty();
        assertThat(imap.seen()).isFalse();
    }

    @Test
    void attachmentsBecomePayloadsWhateverTheirSize() throws Exception {
        String large = "x".repeat(70) + "\n";
        imap.deliver(WITH_FILES.replace("%PDF", large.repeat(9_000)));

        List<Payload> files = pull("attachments.read", "?id=" + onlyId());

        assertThat(files)
                .extracting(file -> file.meta().get("file.name"))
                .containsExactly("orders.csv", "Rechnung ä.pdf");
        assertThat(new String(files.get(0).bytes(), StandardCharsets.UTF_8)).isEqualTo("id\n1\n");
        assertThat(files.get(0).body().contentType()).isEqualTo("text/csv");
        assertThat(files.get(1).body()).isInstanceOf(Body.Stored.class);
        assertThat(((Body.Stored) files.get(1).body()).size()).isGreaterThan(600_000);
        assertThat(pull("attachments.read", "?id=" + onlyId() + "&pattern=*.csv"))
                .hasSize(1);
    }

    @Test
    void aMailAsItCameThatIsLargerThanTheServerSaidIsUnreadableAndNotAFailureOfTheNetwork() throws Exception {
        imap.deliver(ImapWorld.plain("large"));
        Folder folder = world.mails("box", new MailFolder.Taken(true, true, 10));

        assertThatThrownBy(() -> folder.read("INBOX/" + onlyId() + ".eml", InputStream::readAllBytes, new Counting()))
                .isInstanceOfSatisfying(
                        StepException.class, thrown -> assertThat(thrown.code()).isEqualTo(Folder.UNREADABLE));
    }

    @Test
    void aListComesInPagesInTheOrderOfArrival() throws Exception {
        for (int i : IntStream.range(0, MailHeads.AT_ONCE + 5).toArray()) {
            imap.deliver(ImapWorld.plain("no " + i));
        }

        List<Payload> pages = pull("mails.list", "");

        assertThat(pages).extracting(Payload::recordCount).containsExactly(MailHeads.AT_ONCE, 5);
        assertThat(pages.get(1).records().get(4).path("subject").asText()).isEqualTo("no " + (MailHeads.AT_ONCE + 4));
    }

    @Test
    void mailsAreMarkedMovedAndDeletedOneByOne() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        String id = onlyId();

        assertThat(call("mails.mark-seen", Map.of("id", Json.NODES.textNode(id)))
                        .getException())
                .isNull();
        assertThat(imap.seen()).isTrue();
        assertThat(pull("mails.list-unseen", "").get(0).records()).isEmpty();

        assertThat(call("mails.move", Map.of("id", Json.NODES.textNode(id), "into", Json.NODES.textNode("Done/2026")))
                        .getException())
                .isNull();
        assertThat(imap.subjects("INBOX")).isEmpty();
        assertThat(imap.subjects("Done.2026")).containsExactly("one");

        imap.deliver(ImapWorld.plain("two"));
        assertThat(call("mails.delete", Map.of("id", Json.NODES.textNode(onlyId())))
                        .getException())
                .isNull();
        assertThat(imap.subjects("INBOX")).isEmpty();
    }

    @Test
    void workThatWasDoneStaysDoneWhenTheFolderDoesNotClose() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        try (ClosingRefused server = new ClosingRefused(imap.port())) {
            ImapWorld.into(world, server.port(), "security: none");
            Exchange marked = call("mails.mark-seen", Map.of("id", Json.NODES.textNode(onlyId())));

            assertThat(marked.getException()).isNull();
            assertThat(imap.seen()).isTrue();
            assertThat(server.refused.get()).isPositive();
            assertThat(server.connections.get())
                    .as("a connection whose folder is still open is not used again")
                    .isEqualTo(server.refused.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mails.list", "mails.read-unseen"})
    void aListingThatIsRefusedIsRecordedAndTheNextOneHasTheSecretsOfThen(String endpoint) throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        world.secret("PASSWORD", "wrong horse");

        assertThatThrownBy(() -> pull(endpoint, ""))
                .isInstanceOfSatisfying(
                        StepException.class, thrown -> assertThat(thrown.code()).isEqualTo("AUTH_FAILED"));
        assertThat(attempt.requests()).hasSize(1);
        world.secret("PASSWORD", "correct horse");

        assertThat(pull(endpoint, "")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mails.list", "mails.read-unseen"})
    void aPullThatGoesOnInAFolderThatIsNumberedAnewBeginsAnew(String endpoint) throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        FakeAttempt same = new FakeAttempt(Map.of(), Map.of(), MailPages.after(onlyId()), 1);
        FakeAttempt renumbered = new FakeAttempt(Map.of(), Map.of(), MailPages.after("7-99"), 1);

        world.pull("connector:box/" + endpoint, same, null);
        List<Pull.Element> anew = world.pull("connector:box/" + endpoint, renumbered, null);

        assertThat(same.log()).noneMatch(line -> line.contains("numbers the mails"));
        assertThat(anew).anyMatch(Pull.Page.class::isInstance);
        assertThat(renumbered.log()).anyMatch(line -> line.startsWith("WARN") && line.contains("numbers the mails"));
    }

    @Test
    void aMailThatIsReadByItsIdSaysWhenTheServerGotItAsTheListDoes() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        String listed =
                pull("mails.list", "").get(0).records().get(0).path("received").asText();

        Exchange read = call("mails.read", Map.of("id", Json.NODES.textNode(onlyId())));

        assertThat(((Payload) read.getMessage().getBody())
                        .tree()
                        .path("received")
                        .asText())
                .isEqualTo(listed)
                .isNotBlank();
    }

    @Test
    void aMailThatIsBeingFetchedSaysThatItGoesOn() throws Exception {
        imap.deliver("Subject: large\n\n" + ("x".repeat(70) + "\n").repeat(5_000));
        Folder folder = world.mails("box", new MailFolder.Taken(true, false, 1_000_000));
        Counting counting = new Counting();

        folder.read("INBOX/" + onlyId() + ".json", InputStream::readAllBytes, counting);

        assertThat(counting.moves.get()).isGreaterThan(3);
    }

    @Test
    void aMailThatIsGoneIsToldApartFromAnother() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        String id = onlyId();
        String renumbered = "1" + id;

        Exchange gone = call("mails.read", Map.of("id", Json.NODES.textNode(id.replaceAll("-.*", "-99"))));
        Exchange other = call("mails.read", Map.of("id", Json.NODES.textNode(renumbered.substring(0, 9) + "-1")));
        Exchange none = call("mails.read", Map.of("id", Json.NODES.textNode("../1\r\nA1 LOGOUT")));

        assertThat(((StepException) gone.getException()).code()).isEqualTo("MAIL_NOT_FOUND");
        assertThat(((StepException) other.getException()).code()).isEqualTo("MAIL_NOT_FOUND");
        assertThat(((StepException) none.getException()).code()).isEqualTo("BAD_VALUE");
    }

    @Test
    void aFolderThatIsNoneIsRefusedBeforeTheServerHearsOfIt() throws Exception {
        Exchange broken = call(
                "mails.read",
                Map.of("id", Json.NODES.textNode("1-1"), "folder", Json.NODES.textNode("INBOX\r\nA1 DELETE INBOX")));
        Exchange missing =
                call("mails.read", Map.of("id", Json.NODES.textNode("1-1"), "folder", Json.NODES.textNode("Nowhere")));

        assertThat(((StepException) broken.getException()).code()).isEqualTo("BAD_PATH");
        assertThat(((StepException) missing.getException()).getMessage()).contains("no folder 'Nowhere'");
    }
}
