package io.patchbay.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.mail.MailFolder.Taken;
import io.patchbay.payload.StepException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins with a token (SASL XOAUTH2): against GreenMail, and where a server says no in Google's way against one of these tests. */
class XOAuth2Test {

    private static final String USER = "ada@example.com";
    private static final Folder.Call CALL = new Folder.Call() {
        @Override
        public void onCancel(Runnable close) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    @TempDir
    Path home;

    private XOAuth2World world;

    @BeforeEach
    void open() throws Exception {
        world = new XOAuth2World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** A mail server for whom a user's password is the token. */
    private static GreenMail mails(ServerSetup kind, String token) {
        GreenMail mails = new GreenMail(MailPort.free(kind));
        mails.start();
        mails.setUser(USER, USER, token);
        return mails;
    }

    @Test
    void sendsAMailWithATokenThatAPersonGave() throws Exception {
        GreenMail mails = mails(ServerSetupTest.SMTP, "access-1");
        try {
            world.into("smtp", "google", mails.getSmtp().getPort(), ", from: " + USER);
            StepException before = world.send();
            world.connect();

            assertThat(world.send()).isNull();

            assertThat(before.code()).isEqualTo("NOT_CONNECTED");
            assertThat(before).hasMessage("instance 'box' is not connected: connect it at " + XOAuth2World.PAGE);
            assertThat(mails.getReceivedMessages()).hasSize(1);
            assertThat(world.asked).singleElement().asString().contains("grant_type=authorization_code", "code=c0de");
        } finally {
            mails.stop();
        }
    }

    @Test
    void readsAMailboxAndRenewsTheTokenBeforeItsEnd() throws Exception {
        GreenMail mails = mails(ServerSetupTest.IMAP, "access-1");
        try {
            world.into("imap", "microsoft", mails.getImap().getPort(), ", tenant: common");
            world.connect();
            deliver(mails);

            assertThat(arrived()).hasSize(1);
            mails.setUser(USER, USER, "access-2");
            world.clock.forward(Duration.ofMinutes(9)); // a minute before the end
            world.reconnect();

            assertThat(arrived()).hasSize(1);
            assertThat(world.asked).hasSize(2);
            assertThat(world.asked.get(1)).contains("grant_type=refresh_token", "refresh_token=refresh-1");
        } finally {
            mails.stop();
        }
    }

    /** As the trigger {@code mail} lists it. */
    private List<Folder.Entry> arrived() throws StepException {
        return world.world.mails("box", new Taken(true, false, 1_000_000)).list("INBOX", CALL);
    }

    private static void deliver(GreenMail mails) throws FolderException {
        mails.getUserManager()
                .getUser(USER)
                .deliver(GreenMailUtil.createTextEmail(
                        USER, USER, "Hi", "Hello", mails.getImap().getServerSetup()));
    }

    @ParameterizedTest
    @CsvSource({"smtp, google, false", "imap, google, true", "smtp, microsoft, false", "imap, microsoft, true"})
    void getsAnotherTokenOnceWhenTheServerTakesItNoMore(String connector, String auth, boolean imap) throws Exception {
        try (XOAuth2Server server = new XOAuth2Server(imap)) {
            server.taken.add("access-2");
            world.into(connector, auth, server.port(), more(imap));
            world.connect();

            InstanceCheck check = world.check();

            assertThat(check.sentence()).isNull();
            assertThat(server.shown)
                    .containsExactly(
                            "user=ada@example.com^Aauth=Bearer access-1^A^A",
                            "user=ada@example.com^Aauth=Bearer access-2^A^A");
            assertThat(world.asked).hasSize(2);
        }
    }

    private static String more(boolean imap) {
        return ", tenant: common" + (imap ? "" : ", from: " + USER);
    }

    @ParameterizedTest
    @CsvSource({"smtp, false, status 400", "imap, true, Invalid credentials"})
    void saysWhichInstanceToConnectAgainWhenTheServerTakesNoToken(String connector, boolean imap, String answer)
            throws Exception {
        try (XOAuth2Server server = new XOAuth2Server(imap)) {
            world.into(connector, "google", server.port(), more(imap));
            world.connect();

            InstanceCheck check = world.check();
            InstanceCheck again = world.check();

            assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(check.sentence())
                    .startsWith(connector + "://127.0.0.1:" + server.port()
                            + " does not accept the access token of the instance: it answers '")
                    .contains(answer)
                    .endsWith("connect instance 'box' again at " + XOAuth2World.PAGE)
                    .doesNotContain("access-", XOAuth2Server.CHALLENGE);
            assertThat(again.sentence()).isEqualTo(check.sentence());
            assertThat(world.asked).hasSize(2); // the second check asks for none: it would be refused like the last one
            assertThat(server.shown).hasSize(3);
        }
    }

    @Test
    void anApplicationWithoutAPersonIsToldWhatToLookAt() throws Exception {
        try (XOAuth2Server server = new XOAuth2Server(true)) {
            world.into("imap", "microsoft-app", server.port(), ", tenant: common");

            InstanceCheck check = world.check();

            assertThat(check.sentence()).endsWith("look whether the client may open mailbox 'ada@example.com'");
            assertThat(world.asked.get(0))
                    .contains("grant_type=client_credentials", "scope=https%3A%2F%2Foutlook.office365.com%2F.default");
        }
    }

    @Test
    void asksForNoTokenInTheClearWhereTheMailServerIsReachedByTls() throws Exception {
        try (XOAuth2Server server = new XOAuth2Server(true)) {
            world.into("imap", "microsoft-app", server.port(), ", tenant: common");
            world.world.write(
                    "connectors/imap/instances/box.yaml",
                    java.nio.file.Files.readString(home.resolve("connectors/imap/instances/box.yaml"))
                            .replace("security: none", "security: tls"));
            world.world.reload();

            assertThatThrownBy(this::arrived).isInstanceOf(StepException.class).hasMessageContaining("is not https");
            assertThat(world.asked).isEmpty();
        }
    }
}
