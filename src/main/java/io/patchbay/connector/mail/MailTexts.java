package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.payload.StepException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mails of a folder, one payload each, in the order in which they came. One that went away since the listing is passed over. */
final class MailTexts extends MailPages {

    private final String folder;
    private @Nullable List<Mailbox.Head> heads;

    MailTexts(MailboxOperation operation, Request request, String folder) {
        super(operation, request);
        this.folder = folder;
    }

    @Override
    protected Fetched next(String after) throws StepException {
        List<Mailbox.Head> all = heads;
        if (all == null) {
            all = listed(folder);
            heads = all;
        }
        long done = done(all, after);
        int at = 0;
        while (at < all.size() && all.get(at).id().uid() <= done) {
            at++;
        }
        if (at == all.size()) {
            return new Fetched(request.payload(), true, null);
        }
        Mailbox.Head head = all.get(at);
        JsonNode next = at == all.size() - 1 ? null : after(head.id());
        try {
            return new Fetched(operation.read(request, folder, head.id(), call), false, next);
        } catch (StepException e) {
            if (!e.code().equals(Mailbox.NOT_FOUND)) {
                throw e;
            }
            request.trace().warn("mail " + head.id() + " went away before it was read");
            return new Fetched(request.payload(), true, next);
        }
    }
}
