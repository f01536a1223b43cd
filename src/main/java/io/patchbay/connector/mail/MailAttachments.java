package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.Spill;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.format.Glob;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The attachments of a mail, one payload each. The mail is got once; a pull that goes on after a crash gets it again. */
final class MailAttachments extends MailPages {

    private static final int IN_MEMORY = 256 * 1024;

    private final String folder;
    private final MailId id;
    private final Glob glob;
    private @Nullable Opened opened;
    private boolean closed;

    MailAttachments(MailboxOperation operation, Request request, String folder, MailId id, Glob glob) {
        super(operation, request);
        this.folder = folder;
        this.id = id;
        this.glob = glob;
    }

    @Override
    protected Fetched next(String after) throws StepException {
        int done = after.matches("[0-9]{1,6}") ? Integer.parseInt(after) : 0;
        try {
            List<MailParts.Attachment> meant = mail().attachments().stream()
                    .filter(one -> glob.means(one.name()) && one.number() > done)
                    .toList();
            if (meant.isEmpty()) {
                return new Fetched(request.payload(), true, null);
            }
            MailParts.Attachment one = meant.get(0);
            JsonNode next = meant.size() == 1 ? null : after(one.number());
            return new Fetched(payload(one), false, next);
        } catch (IOException e) {
            throw MailboxOperation.disk(e);
        }
    }

    private Payload payload(MailParts.Attachment one) throws IOException {
        return request.payload()
                .withBody(body(one), RecordPath.ROOT)
                .withMeta("file.name", one.name())
                .withMeta("file.size", String.valueOf(one.size()))
                .withMeta("mail.id", id.toString())
                .withMeta("mail.folder", folder)
                .withMeta("mail.attachment", String.valueOf(one.number()));
    }

    private Body body(MailParts.Attachment one) throws IOException {
        try (InputStream content = one.open()) {
            byte[] first = content.readNBytes(IN_MEMORY);
            if (first.length < IN_MEMORY) {
                return new Body.Bytes(first, one.contentType());
            }
            Path spill = operation.connection().services().spill();
            Path file = Spill.store(spill, first, content, bytes -> {});
            return new Body.Stored(file, one.contentType(), one.size());
        }
    }

    private StoredMail mail() throws IOException, StepException {
        synchronized (this) {
            if (opened != null) {
                return opened.mail();
            }
        }
        operation.done(request, folder + "/" + id, () -> {
            Path spill = operation.connection().services().spill();
            Spooled got = Spooled.of(
                    operation.connection().box(),
                    folder,
                    id,
                    spill,
                    operation.connection().largest(),
                    call);
            boolean works = false;
            try {
                keep(new Opened(got, StoredMail.open(got.file())));
                works = true;
                return got.file().toFile().length();
            } catch (IOException e) {
                throw MailboxOperation.disk(e);
            } finally {
                if (!works) {
                    got.close();
                }
            }
        });
        synchronized (this) {
            return Objects.requireNonNull(opened).mail();
        }
    }

    private synchronized void keep(Opened got) {
        opened = got;
        if (closed) {
            got.close();
        }
    }

    /** A mail on disk that is being read. */
    private record Opened(Spooled file, StoredMail mail) {
        void close() {
            try (file) {
                mail.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }

    @Override
    public void close() {
        super.close();
        synchronized (this) {
            closed = true;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
