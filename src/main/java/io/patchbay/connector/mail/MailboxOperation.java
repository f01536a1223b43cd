package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.BoundOperation;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.MailCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.definition.MailConfig;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.paging.PagePull;
import io.patchbay.format.Glob;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An operation on a mailbox. */
final class MailboxOperation extends BoundOperation {

    private final MailCall call;
    private final MailboxConnection connection;

    MailboxOperation(Endpoint endpoint, MailCall call, MailboxConnection connection) {
        super(endpoint, connection);
        this.call = call;
        this.connection = connection;
    }

    MailConfig config() {
        return call.config();
    }

    MailboxConnection connection() {
        return connection;
    }

    @Override
    public Payload call(Request request) throws StepException {
        CallScope scope = scope(request);
        Mailbox box = connection.box();
        Folder.Call one = new Following(request);
        if (config().op() == MailConfig.Op.CHECK) {
            done(request, "", () -> {
                box.check(one);
                return 0L;
            });
            return answer(request, Json.NODES.objectNode().put("connected", true));
        }
        String folder = text(call.folder(), scope);
        MailId id = MailId.parse(text(Objects.requireNonNull(call.id()), scope));
        ObjectNode answer = Json.NODES.objectNode().put("id", id.toString()).put("folder", folder);
        switch (config().op()) {
            case READ -> {
                return read(request, folder, id, one);
            }
            case MOVE -> {
                String into = text(Objects.requireNonNull(call.into()), scope);
                done(request, folder + "/" + id + " -> " + into, () -> {
                    box.move(folder, id, into, config().createFolder(), one);
                    return 0L;
                });
                answer.put("into", into);
            }
            case DELETE -> {
                done(request, folder + "/" + id, () -> {
                    box.delete(folder, id, one);
                    return 0L;
                });
                answer.put("deleted", true);
            }
            case MARK -> {
                done(request, folder + "/" + id, () -> {
                    box.mark(folder, id, config().seen(), one);
                    return 0L;
                });
                answer.put("seen", config().seen());
            }
            default -> throw new StepException(Owner.INTERNAL, "BAD_ENDPOINT", "a list is pulled");
        }
        return answer(request, answer);
    }

    private static Payload answer(Request request, ObjectNode answer) {
        return request.payload().withBody(new Body.Tree(answer), RecordPath.ROOT);
    }

    /** One mail as a payload, by what the endpoint wants of it. */
    Payload read(Request request, String folder, MailId id, Folder.Call one) throws StepException {
        Path spill = connection.services().spill();
        Payload[] read = new Payload[1];
        done(request, folder + "/" + id, () -> {
            Spooled spooled = Spooled.of(connection.box(), folder, id, spill, connection.largest(), one);
            long size = spooled.file().toFile().length();
            if (config().as() == MailConfig.As.RAW) {
                read[0] = request.payload()
                        .withBody(new Body.Stored(spooled.file(), "message/rfc822", size), RecordPath.ROOT);
                return size;
            }
            try (spooled;
                    StoredMail mail = StoredMail.open(spooled.file())) {
                read[0] = answer(request, mail.record(id, folder, spooled.received()));
            } catch (IOException e) {
                throw disk(e);
            }
            return size;
        });
        return read[0].withMeta("mail.id", id.toString()).withMeta("mail.folder", folder);
    }

    static StepException disk(IOException thrown) {
        return new StepException(
                Owner.INTERNAL,
                "SPILL_FAILED",
                "the disk of the runtime does not give a mail back: " + thrown.getMessage(),
                thrown,
                true,
                null);
    }

    @Override
    public Pull pull(Request request, Begin begin) throws StepException {
        return new PagePull(
                pages(request),
                new PagePull.Rules(
                        begin.shape(),
                        Mailbox.MOST,
                        begin.backoff(endpoint().errors().backoff())),
                request.payload(),
                connection.services().workers(),
                Objects.requireNonNullElse(begin.resumeFrom(), MailPages.FIRST),
                begin.ordinal());
    }

    @Override
    public @Nullable Payload first(Request request) throws StepException {
        PagePull.Fetched one = PagePull.once(pages(request), MailPages.FIRST, governor());
        return one == null || one.empty() ? null : one.page();
    }

    private MailPages pages(Request request) throws StepException {
        CallScope scope = scope(request);
        String folder = text(call.folder(), scope);
        return switch (config().op()) {
            case LIST -> new MailHeads(this, request, folder);
            case ATTACHMENTS ->
                new MailAttachments(
                        this,
                        request,
                        folder,
                        MailId.parse(text(Objects.requireNonNull(call.id()), scope)),
                        new Glob(call.pattern() == null ? "*" : text(call.pattern(), scope)));
            default -> new MailTexts(this, request, folder);
        };
    }

    /** Tells how many bytes came. */
    interface Work {
        long run() throws StepException;
    }

    /** Does something and records it. */
    void done(Request request, String path, Work work) throws StepException {
        Deed deed = new Deed(config().op().name(), connection.box().shown() + "/" + path);
        recorded(request, deed, () -> {
            deed.received(work.run());
            return deed;
        });
    }

    /** Whatever gives the call up cuts the connection. */
    record Following(Request request) implements Folder.Call {
        @Override
        public void onCancel(Runnable close) {
            request.trace().onCancel(close);
        }

        @Override
        public boolean cancelled() {
            return request.trace().cancelled();
        }
    }
}
