package io.patchbay.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.mail.ImapWorld;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.trigger.FolderPath;
import io.patchbay.trigger.MailArrival;
import io.patchbay.trigger.MailArrival.As;
import io.patchbay.trigger.MailArrival.MailFate;
import io.patchbay.trigger.MailArrival.Then;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Mails that arrive in a real mailbox. */
class MailArrivalTest {

    private static final MailFate SEEN = new MailFate(null, false, true);

    @TempDir
    private Path home;

    private Arrivals arrivals;
    private ImapWorld imap;

    @BeforeEach
    void open() throws Exception {
        arrivals = new Arrivals(home);
        imap = new ImapWorld();
        imap.into(arrivals.world);
    }

    @AfterEach
    void close() throws Exception {
        imap.close();
        arrivals.close();
    }

    private static MailFate to(String folder) {
        return new MailFate(new FolderPath(folder), false, false);
    }

    private static MailArrival trigger(boolean unseen, As as, @Nullable Then then) {
        return new MailArrival(
                "box", new FolderPath("INBOX"), unseen, as, Duration.ofMinutes(1), DataSize.ofKilobytes(64), then);
    }

    private void end(int start, Outcome outcome) {
        arrivals.outcomes.put(arrivals.started.get(start).id(), outcome);
    }

    @Test
    void aMailStartsARunAndGoesWhereItsEndSays() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        imap.deliver(ImapWorld.plain("two"));
        Watch watch = arrivals.watch(trigger(true, As.RECORD, new Then(to("Done"), to("Failed"))));

        watch.look(new Look());

        assertThat(arrivals.started)
                .extracting(start -> Json.MAPPER
                        .readTree(((Body.Bytes) start.body()).bytes())
                        .path("subject")
                        .asText())
                .containsExactly("one", "two");
        assertThat(arrivals.started)
                .extracting(start -> Json.MAPPER
                        .readTree(((Body.Bytes) start.body()).bytes())
                        .path("received")
                        .isTextual())
                .containsOnly(true);
        assertThat(arrivals.started.get(0).trigger()).isEqualTo("mail");
        assertThat(arrivals.started.get(0).meta()).containsEntry("mail.folder", "INBOX");
        assertThat(imap.subjects("INBOX")).as("until their runs have ended").hasSize(2);
        assertThat(imap.seen()).isFalse();

        end(0, Outcome.SUCCEEDED);
        end(1, Outcome.FAILED);
        watch.look(new Look());

        assertThat(imap.subjects("INBOX")).isEmpty();
        assertThat(imap.subjects("Done")).containsExactly("one");
        assertThat(imap.subjects("Failed")).containsExactly("two");
        assertThat(arrivals.started).hasSize(2);
    }

    @Test
    void aMailIsMarkedAsSeenAndStartsNothingMoreEvenWhenTheMarkIsTakenAway() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        Watch watch = arrivals.watch(trigger(true, As.RECORD, new Then(SEEN, null)));
        watch.look(new Look());
        end(0, Outcome.SUCCEEDED);

        watch.look(new Look());
        assertThat(imap.seen()).isTrue();
        imap.folder("INBOX").getMessages().get(0).setFlag(jakarta.mail.Flags.Flag.SEEN, false);
        watch.look(new Look());

        assertThat(arrivals.started).hasSize(1);
    }

    private void mark(boolean seen) {
        imap.folder("INBOX").getMessages().get(0).setFlag(jakarta.mail.Flags.Flag.SEEN, seen);
    }

    @Test
    void aMailThatAPersonOpensWhileItsRunGoesOnStillGoesWhereItsEndSays() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        Watch watch = arrivals.watch(trigger(true, As.RECORD, new Then(to("Done"), null)));
        watch.look(new Look());
        mark(true);
        watch.look(new Look());
        end(0, Outcome.SUCCEEDED);

        watch.look(new Look());

        assertThat(imap.subjects("INBOX")).isEmpty();
        assertThat(imap.subjects("Done")).containsExactly("one");
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void aMailWhoseStartFailedIsTakenEvenWhenAPersonOpensItMeanwhile() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        arrivals.onStart = start -> CompletableFuture.failedFuture(new IllegalStateException("killed"));
        arrivals.watch(trigger(true, As.RECORD, null)).look(new Look());
        arrivals.onStart = start -> CompletableFuture.completedFuture(start.id());
        mark(true);

        arrivals.watch(trigger(true, As.RECORD, null)).look(new Look());

        assertThat(arrivals.started).hasSize(2);
        assertThat(arrivals.started.get(1).id())
                .isEqualTo(arrivals.started.get(0).id());
    }

    @Test
    void aMailThatIsMarkedAsUnseenDaysLaterStartsNoSecondRun() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        Watch watch = arrivals.watch(trigger(true, As.RECORD, null));
        watch.look(new Look());
        mark(true);
        watch.look(new Look());
        arrivals.clock.forward(Watch.REMEMBERED.plusHours(1));
        watch.look(new Look());
        mark(false);

        watch.look(new Look());

        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void allMailsAreMeantWhenSeenOnesAreToo() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        imap.folder("INBOX").getMessages().get(0).setFlag(jakarta.mail.Flags.Flag.SEEN, true);

        arrivals.watch(trigger(true, As.RECORD, null)).look(new Look());
        assertThat(arrivals.started).isEmpty();
        arrivals.watch(trigger(false, As.RECORD, null)).look(new Look());
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void aMailAsItCameIsTheMailItself() throws Exception {
        imap.deliver(ImapWorld.plain("one"));

        arrivals.watch(trigger(true, As.RAW, null)).look(new Look());

        assertThat(arrivals.started.get(0).text()).contains("Subject: one").contains("Hello");
        assertThat(arrivals.started.get(0).body().contentType()).isEqualTo("message/rfc822");
    }

    @Test
    void whatWasCutOffBeforeTheStartWasWrittenIsStartedOnceUnderTheSameId() throws Exception {
        imap.deliver(ImapWorld.plain("one"));
        arrivals.onStart = start -> CompletableFuture.failedFuture(new IllegalStateException("killed"));
        arrivals.watch(trigger(true, As.RECORD, new Then(to("Done"), null))).look(new Look());
        arrivals.onStart = start -> CompletableFuture.completedFuture(start.id());

        Watch afterwards = arrivals.watch(trigger(true, As.RECORD, new Then(to("Done"), null)));
        afterwards.look(new Look());
        afterwards.look(new Look());

        assertThat(arrivals.started).hasSize(2);
        assertThat(arrivals.started.get(1).id())
                .isEqualTo(arrivals.started.get(0).id());
    }

    @Test
    void aMailThatNobodyCanReadIsSetAsideAndTheOthersGoOn() throws Exception {
        imap.deliver("Subject: parts\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                + "--b\n\n\n".repeat(2_000) + "--b--\n");
        imap.deliver("Subject: large\n\n" + "x".repeat(100_000));
        imap.deliver(ImapWorld.plain("good"));
        Watch watch = arrivals.watch(trigger(true, As.RECORD, new Then(to("Done"), to("Failed"))));

        watch.look(new Look());
        watch.look(new Look());

        assertThat(arrivals.started).hasSize(1);
        assertThat(imap.subjects("Failed")).containsExactlyInAnyOrder("parts", "large");
        assertThat(imap.subjects("INBOX")).containsExactly("good");
    }

    @Test
    void aMailboxThatIsAwayIsSaidAndLookedAtAgain() throws Exception {
        ImapWorld.into(arrivals.world, 1, "security: none");
        Watch watch = arrivals.watch(trigger(true, As.RECORD, null));
        watch.look(new Look());
        imap.deliver(ImapWorld.plain("one"));
        imap.into(arrivals.world);

        watch.look(new Look());

        assertThat(arrivals.started).hasSize(1);
    }
}
