package io.patchbay.connector.mail;

import io.patchbay.connector.file.Folder;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A mailbox as whoever waits for arrivals sees it: a folder of files, each one a mail. Their names are the mails' ids, so a file
 * of a name is one mail for good.
 */
public final class MailFolder implements Folder {

    private final Mailbox box;
    private final Taken taken;
    private final Path spill;

    /**
     * Which mails there are and what is read of them.
     *
     * @param unseen whether those that somebody has seen are nothing new; they are there all the same
     * @param raw whether content is the mail as it came, and not a record of what it says
     * @param largest most bytes of a mail
     */
    public record Taken(boolean unseen, boolean raw, long largest) {}

    MailFolder(Mailbox box, Taken taken, Path spill) {
        this.box = box;
        this.taken = taken;
        this.spill = spill;
    }

    @Override
    public List<Entry> list(String folder, Call call) throws StepException {
        String ending = taken.raw() ? ".eml" : ".json";
        return box.list(folder, false, call).stream()
                .map(head -> new Entry(head.id() + ending, head.size(), head.received(), taken.unseen() && head.seen()))
                .toList();
    }

    @Override
    public void read(String path, Sink sink, Call call) throws StepException {
        String folder = folder(path);
        MailId id = id(path);
        try {
            if (taken.raw()) {
                box.read(folder, id, content -> give(content, sink), call);
                return;
            }
            try (Spooled spooled = Spooled.of(box, folder, id, spill, taken.largest(), call);
                    StoredMail mail = StoredMail.open(spooled.file())) {
                sink.take(new ByteArrayInputStream(
                        Json.MAPPER.writeValueAsBytes(mail.record(id, folder, spooled.received()))));
            }
        } catch (StepException e) {
            throw told(e, folder, id);
        } catch (IOException e) {
            throw new StepException(
                    Owner.INTERNAL, "SPILL_FAILED", "mail " + id + " cannot be kept: " + e.getMessage(), e, true, null);
        }
    }

    /** In the words of folders, and with the mail that it is about. */
    private static StepException told(StepException why, String folder, MailId id) {
        return switch (why.code()) {
            case Mailbox.NOT_FOUND -> new StepException(Owner.REMOTE, NOT_FOUND, String.valueOf(why.getMessage()), why);
            case UNREADABLE ->
                new StepException(
                        Owner.REMOTE, UNREADABLE, "mail " + id + " of '" + folder + "': " + why.getMessage(), why);
            default -> why;
        };
    }

    /** Told in here, because the mailbox takes whatever breaks a stream for a failure of the network. */
    private void give(InputStream content, Sink sink) throws IOException, StepException {
        Bounded bounded = new Bounded(content, taken.largest());
        try {
            sink.take(bounded);
        } catch (IOException e) {
            if (bounded.left < 0) {
                throw StoredMail.unreadable("it has more than " + taken.largest() + " bytes");
            }
            throw e;
        }
    }

    /** Ends a mail that is larger than the server said. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int read = super.read(bytes, from, most);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("it is too large");
            }
            return read;
        }
    }

    @Override
    public void write(String path, Source content, Placing placing, Call call) throws StepException {
        throw new StepException(Owner.AUTHOR, "NOT_HERE", "nothing is written into " + shown());
    }

    @Override
    public void move(String from, String to, Placing placing, Call call) throws StepException {
        box.move(folder(from), id(from), folder(to), placing.createFolder(), call);
    }

    @Override
    public void delete(String path, Call call) throws StepException {
        box.delete(folder(path), id(path), call);
    }

    @Override
    public void mark(String path, Call call) throws StepException {
        box.mark(folder(path), id(path), true, call);
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static MailId id(String path) throws StepException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return MailId.parse(dot < 0 ? name : name.substring(0, dot));
    }

    @Override
    public String shown() {
        return box.shown();
    }

    /** Whoever opened the mailbox closes it. */
    @Override
    public void close() {}
}
