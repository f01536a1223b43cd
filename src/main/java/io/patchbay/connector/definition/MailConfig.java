package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mail. */
@Doc("A mail")
public record MailConfig(
        @Doc("The operation") @Default("send") Op op,

        @Doc("Who it is from: an address, or like Shop <shop@example.com>") @Nullable
        Text from,

        @Doc("Receivers; a placeholder may yield one address or a list of them") @Default("[]")
        List<Text> to,

        @Doc("Receivers of a copy") @Default("[]") List<Text> cc,

        @Doc("Receivers of a copy whom the mail does not name") @Default("[]")
        List<Text> bcc,

        @Doc("Where answers go") @Default("[]") List<Text> replyTo,

        @Doc("The subject: one line") @Nullable Text subject,

        @Doc("The content as plain text") @Nullable Text text,

        @Doc("The content as HTML; what placeholders yield is escaped") @Nullable
        Text html,

        @Doc("Files") @Default("[]") List<AttachmentConfig> attachments,

        @Doc("What a refused receiver does: the others get the mail and the answer tells, or nobody gets it")
        @Default("tell")
        Refused refused,

        @Doc("Folder of the mailbox, with / between its levels (all operations on mails of a mailbox)")
        @Default("INBOX")
        Text folder,

        @Doc("Id of the mail, as a list or the trigger gives it (read, attachments, move, delete, mark)") @Nullable
        Text id,

        @Doc("Whether only mails are meant that are not marked as seen (list, and read without an id)")
        @Default("false")
        boolean unseen,

        @Doc("What the payload is: a record of what the mail says, or the mail as it came (read)") @Default("record")
        As as,

        @Doc("Which attachments, by name: * and ? stand for characters, {a,b} for a choice (attachments)") @Nullable
        Text pattern,

        @Doc("Folder that the mail goes to (move)") @Nullable
        Text into,

        @Doc("Whether a missing folder is made (move)") @Default("false")
        boolean createFolder,

        @Doc("Whether the mail is marked as seen, or the mark is taken away (mark)") @Default("true")
        boolean seen) {

    /** @throws IllegalArgumentException if the keys do not fit the operation */
    public MailConfig {
        boolean empty = text == null && html == null && attachments.isEmpty();
        if (op == Op.SEND) {
            needed(from == null, to.isEmpty() && cc.isEmpty() && bcc.isEmpty(), empty);
        }
        if (op != Op.SEND && !(from == null && to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && empty)) {
            throw new IllegalArgumentException("only sending a mail has receivers and content");
        }
        boolean one = op == Op.ATTACHMENTS || op == Op.MOVE || op == Op.DELETE || op == Op.MARK;
        if (one && id == null) {
            throw new IllegalArgumentException("this operation is on one mail and needs its 'id'");
        }
        if (id != null && !one && op != Op.READ) {
            throw new IllegalArgumentException("'id' belongs to read, attachments, move, delete and mark");
        }
        if ((into == null) == (op == Op.MOVE)) {
            throw new IllegalArgumentException(op == Op.MOVE ? "a move needs 'into'" : "'into' belongs to a move");
        }
        if (pattern != null && op != Op.ATTACHMENTS) {
            throw new IllegalArgumentException("'pattern' belongs to attachments");
        }
        if (unseen && (id != null || (op != Op.LIST && op != Op.READ))) {
            throw new IllegalArgumentException("'unseen' belongs to list, and to read without an 'id'");
        }
    }

    private static void needed(boolean sender, boolean receivers, boolean content) {
        String what = Stream.of(
                        sender ? "'from'" : "",
                        receivers ? "one of 'to', 'cc' or 'bcc'" : "",
                        content ? "one of 'text', 'html' or 'attachments'" : "")
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining(", and "));
        if (!what.isEmpty()) {
            String hint = sender
                    ? "like from: shop@example.com, or from: ${settings.from} when each instance has its own"
                    : receivers ? "like to: [ '${with.to}' ]" : "like text: Order ${record.id} is on its way";
            throw new WrongValueException("a mail needs " + what, hint);
        }
    }

    /** The operations. */
    public enum Op {
        /** Sends a mail; done when the server has taken it. */
        SEND,
        /** Connects and logs in. */
        CHECK,
        /** The mails of a folder, as records. */
        LIST,
        /** One mail, or each mail of a folder. */
        READ,
        /** Each attachment of a mail, as a payload. */
        ATTACHMENTS,
        /** Moves a mail to another folder. */
        MOVE,
        /** Deletes a mail. */
        DELETE,
        /** Marks a mail as seen, or as not seen. */
        MARK;

        /** Whether it is on mails that have arrived. */
        public boolean ofMailbox() {
            return this != SEND && this != CHECK;
        }
    }

    /** What the payload of a mail is. */
    public enum As {
        /** What it says, and a list of its attachments. */
        RECORD,
        /** The mail as it came. */
        RAW
    }

    /** What a refused receiver does. */
    public enum Refused {
        /** The others get the mail; the answer and the run's log tell who does not. */
        TELL,
        /** Nobody gets it, and the call fails. */
        FAIL
    }

    /** A file that goes along. */
    @Doc("A file that goes along")
    public record AttachmentConfig(
            @Doc("Its name, without a path") Text name,

            @Doc("Its content as text; without it, the payload as it is") @Nullable
            Text content,

            @Doc("Its media type; by default that of the payload, or text/plain") @Nullable
            String contentType) {}
}
