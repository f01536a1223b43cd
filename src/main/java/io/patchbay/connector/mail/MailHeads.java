package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.util.List;
import java.util.Objects;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.jspecify.annotations.Nullable;

/** A list of the mails of a folder, some at a time, a record for each. */
final class MailHeads extends MailPages {

    static final int AT_ONCE = 200;

    private static final RecordPath MAILS = RecordPath.parse("$.mails[*]");

    private final String folder;
    private @Nullable List<Mailbox.Head> heads;

    MailHeads(MailboxOperation operation, Request request, String folder) {
        super(operation, request);
        this.folder = folder;
    }

    @Override
    protected Fetched next(String after) throws StepException {
        Mailbox box = operation.connection().box();
        if (heads == null) {
            heads = listed(folder);
        }
        long done = done(Objects.requireNonNull(heads), after);
        List<Mailbox.Head> behind =
                heads.stream().filter(head -> head.id().uid() > done).toList();
        List<Mailbox.Head> some = behind.subList(0, Math.min(AT_ONCE, behind.size()));
        ObjectNode listing = Json.NODES.objectNode().put("folder", folder);
        ArrayNode mails = listing.putArray("mails");
        if (!some.isEmpty()) {
            operation.done(request, folder, () -> {
                box.within(folder, false, "list '" + folder + "'", call, (open, session) -> {
                    list(open, some, mails);
                    return folder;
                });
                return 0L;
            });
        }
        JsonNode next = some.size() == behind.size()
                ? null
                : after(some.get(some.size() - 1).id());
        return new Fetched(
                request.payload().withBody(new Body.Tree(listing), MAILS), mails.isEmpty() && next != null, next);
    }

    private static void list(IMAPFolder folder, List<Mailbox.Head> some, ArrayNode into) throws MessagingException {
        Message[] mails = folder.getMessagesByUID(
                some.stream().mapToLong(head -> head.id().uid()).toArray());
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.FLAGS);
        List<Message> found =
                java.util.Arrays.stream(mails).filter(Objects::nonNull).toList();
        folder.fetch(found.toArray(Message[]::new), profile);
        for (int i = 0; i < mails.length; i++) {
            try {
                if (mails[i] != null) {
                    into.add(record(some.get(i), mails[i]));
                }
            } catch (MessageRemovedException e) {
                // it went while it was listed
            }
        }
    }

    private static ObjectNode record(Mailbox.Head head, Message mail) throws MessagingException {
        ObjectNode record = Json.NODES.objectNode().put("id", head.id().toString());
        ArrayNode from = record.putArray("from");
        jakarta.mail.Address[] senders = mail.getFrom();
        for (jakarta.mail.Address one : senders == null ? new jakarta.mail.Address[0] : senders) {
            from.add(StoredMail.decoded(one.toString()));
        }
        return record.put("subject", StoredMail.decoded(mail.getSubject()))
                .put("received", head.received().toString())
                .put("size", head.size())
                .put("seen", mail.isSet(Flags.Flag.SEEN))
                .put("flagged", mail.isSet(Flags.Flag.FLAGGED));
    }
}
