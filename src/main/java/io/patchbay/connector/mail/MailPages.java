package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.paging.PagesAfter;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;

/** What comes out of a mailbox in any number of payloads; each page goes on behind a text of the one before. */
abstract class MailPages extends PagesAfter {

    static final JsonNode FIRST = Json.NODES.objectNode();

    final MailboxOperation operation;
    final Folder.Call call;

    MailPages(MailboxOperation operation, Request request) {
        super(request, operation.governor());
        this.operation = operation;
        this.call = new MailboxOperation.Following(this.request);
    }

    /** The mails of a folder that the operation means. */
    final List<Mailbox.Head> listed(String folder) throws StepException {
        List<Mailbox.Head> heads = new ArrayList<>();
        operation.done(request, folder, () -> {
            heads.addAll(
                    operation.connection().box().list(folder, operation.config().unseen(), call));
            return 0L;
        });
        return heads;
    }

    /** Up to which number mails were given out: none of a folder that was numbered anew since. */
    final long done(List<Mailbox.Head> heads, String after) {
        MailId last = MailId.of(after);
        if (last == null || heads.isEmpty()) {
            return 0;
        }
        if (heads.get(0).id().validity() != last.validity()) {
            request.trace()
                    .warn("the server numbers the mails of the folder anew since " + last + ": it is read from"
                            + " its beginning, and mails may come a second time");
            return 0;
        }
        return last.uid();
    }
}
