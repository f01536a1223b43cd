package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
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
        Refused refused) {

    /** @throws IllegalArgumentException if the keys do not fit the operation */
    public MailConfig {
        boolean empty = text == null && html == null && attachments.isEmpty();
        if (op == Op.SEND && (from == null || (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) || empty)) {
            throw new IllegalArgumentException(
                    "a mail needs 'from', one of 'to', 'cc' or 'bcc', and one of 'text', 'html' or 'attachments'");
        }
        if (op == Op.CHECK && !(from == null && to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && empty)) {
            throw new IllegalArgumentException("a check sends no mail: it has no key but 'op'");
        }
    }

    /** The operations. */
    public enum Op {
        /** Sends a mail; done when the server has taken it. */
        SEND,
        /** Connects and logs in. */
        CHECK
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
