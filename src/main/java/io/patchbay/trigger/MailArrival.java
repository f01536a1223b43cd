package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.Catalog;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Starts a run for every mail that arrives in a folder of a mailbox. The mail stays where it is until its run has ended.
 *
 * @param instance the connector instance
 * @param folder the folder, with {@code /} between its levels
 * @param unseen whether only mails are taken that nobody has seen
 * @param as what the payload is
 * @param every time between two looks at the folder
 * @param maxSize largest mail that is taken
 * @param then what happens to the mail when its run has ended; it stays, and is never taken twice, when null
 */
@Doc("Starts a run for every mail that arrives in a folder of a mailbox.")
public record MailArrival(
        @Doc("The connector instance: a mailbox (IMAP).") String instance,

        @Doc("The folder of the mailbox, with / between its levels.") @Default("INBOX")
        FolderPath folder,

        @Doc("Whether only mails are taken that are not marked as seen.") @Default("true")
        boolean unseen,

        @Doc(
                "What the payload is: a record with subject, addresses, text and the list of attachments, or the mail as it came.")
        @Default("record")
        As as,

        @Doc("Time between two looks at the folder, from 5s to 1d.") @Default("1m")
        Duration every,

        @Doc("Largest mail that is taken, at most 256MB.") @Default("25MB")
        DataSize maxSize,

        @Doc(
                "What happens to the mail when its run has ended; without it mails stay as they are, and are never taken twice.")
        @Nullable
        Then then)
        implements Arrival {

    /** What the payload is. */
    public enum As {
        /** A record with what the mail says and a list of its attachments. */
        RECORD,
        /** The mail as it came (message/rfc822). */
        RAW
    }

    /**
     * What happens to a mail; where one is null it stays as it is.
     *
     * @param succeeded when the run that took it succeeded
     * @param failed when that run ended in any other way, or the mail could not be taken
     */
    public record Then(
            @Doc("When the run that took it succeeded.") @Nullable
            MailFate succeeded,

            @Doc("When that run ended in any other way, or the mail cannot be taken.") @Nullable
            MailFate failed) {
        public Then {
            if (succeeded == null && failed == null) {
                throw new IllegalArgumentException("'then' says what happens to a mail: 'succeeded', 'failed' or both");
            }
            if (failed != null && failed.delete()) {
                throw new IllegalArgumentException("'failed' can move a mail or mark it as seen, never delete it");
            }
        }
    }

    /**
     * Where a mail goes.
     *
     * @param move a folder of the mailbox; or
     * @param delete true; or
     * @param seen true: it stays and is marked as seen
     */
    public record MailFate(
            @Doc("A folder of the mailbox; made when it is missing.") @Nullable
            FolderPath move,

            @Doc("Whether the mail is deleted.") @Default("false")
            boolean delete,

            @Doc("Whether the mail stays and is marked as seen.") @Default("false")
            boolean seen) {
        public MailFate {
            if ((move == null ? 0 : 1) + (delete ? 1 : 0) + (seen ? 1 : 0) != 1) {
                throw new IllegalArgumentException(
                        "a mail goes somewhere ('move: Done'), away ('delete: true') or is marked ('seen: true')");
            }
        }
    }

    private static final DataSize LARGEST = DataSize.ofMegabytes(256);

    public MailArrival {
        if (every.compareTo(Duration.ofSeconds(5)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("'every' must be from 5s to 1d");
        }
        if (maxSize.compareTo(LARGEST) > 0 || maxSize.toBytes() < 1) {
            throw new IllegalArgumentException("'maxSize' must be at most 256MB");
        }
        if (folder.text().equals(".")) {
            throw new IllegalArgumentException("'folder' is a folder of the mailbox, like INBOX");
        }
        for (MailFate fate : then == null ? new MailFate[0] : new MailFate[] {then.succeeded(), then.failed()}) {
            if (fate != null && folder.equals(fate.move())) {
                throw new IllegalArgumentException("'move' leads to another folder, not to the watched one");
            }
        }
    }

    @Override
    public String kind() {
        return "mail";
    }

    /** Two flows that take the same mails would share them by chance. */
    @Override
    public Optional<String> key() {
        return Optional.of("mail " + instance + ":" + folder);
    }

    @Override
    public FolderPath path() {
        return folder;
    }

    @Override
    public String pattern() {
        return "*";
    }

    @Override
    public Order order() {
        return Order.OLDEST;
    }

    /** A mail never changes. */
    @Override
    public Duration stableFor() {
        return Duration.ZERO;
    }

    /** Servers tell sizes that are about right, and a record has another one. */
    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public boolean settles() {
        return then != null;
    }

    @Override
    public @Nullable Fate after(boolean success) {
        MailFate fate = then == null ? null : success ? then.succeeded() : then.failed();
        return fate == null ? null : new Fate(fate.move(), null, fate.delete(), fate.seen());
    }

    @Override
    public Map<String, String> meta(String name, long size, Instant modified) {
        int dot = name.lastIndexOf('.');
        return Map.of(
                "mail.id",
                dot < 0 ? name : name.substring(0, dot),
                "mail.folder",
                folder.text(),
                "mail.size",
                String.valueOf(size),
                "mail.received",
                modified.toString());
    }

    @Override
    public void check(Placed at, Surroundings around, Problems problems) {
        Catalog catalog = around.services().get(Catalog.class) instanceof Catalog known ? known : Catalog.EMPTY;
        if (catalog.instance(instance) == null) {
            catalog.missing(instance, at.at("instance"), problems);
        } else if (!catalog.holdsMails(instance)) {
            List<String> others = catalog.instanceNames().stream()
                    .filter(catalog::holdsMails)
                    .sorted()
                    .toList();
            problems.error(
                    at.at("instance"),
                    "NO_MAILBOX",
                    "instance '" + instance + "' is no mailbox, so no mail can arrive there",
                    others.isEmpty()
                            ? "a mailbox is an instance of connector imap"
                            : "mailboxes are " + String.join(", ", others));
        }
    }
}
