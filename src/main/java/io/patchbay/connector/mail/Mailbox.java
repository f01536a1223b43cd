package io.patchbay.connector.mail;

import io.patchbay.connector.SessionPool;
import io.patchbay.connector.file.Folder.Call;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.ReadOnlyFolderException;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/** The folders of a mailbox, by IMAP (RFC 3501, 4315, 6851). Mails are known by their ids; reading one does not mark it. */
final class Mailbox {

    /** Most mails of a folder that are looked at. */
    static final int MOST = 100_000;

    static final String NOT_FOUND = "MAIL_NOT_FOUND";

    private static final int AT_ONCE = 1_000;
    private static final SearchTerm THERE = new FlagTerm(new Flags(Flags.Flag.DELETED), false);
    private static final SearchTerm UNSEEN = new AndTerm(THERE, new FlagTerm(new Flags(Flags.Flag.SEEN), false));

    private final MailServer server;
    private final SessionPool<ImapSession> sessions;
    private final MailFailures failures;
    private final Duration timeout;

    Mailbox(MailServer server, SessionPool<ImapSession> sessions, MailFailures failures, Duration timeout) {
        this.server = server;
        this.sessions = sessions;
        this.failures = failures;
        this.timeout = timeout;
    }

    /**
     * What a listing tells of a mail.
     *
     * @param size about how many bytes it has, as the server says
     * @param received when the server got it
     * @param seen whether somebody has read it
     */
    record Head(MailId id, long size, Instant received, boolean seen) {}

    /** Takes a mail while it streams. */
    interface Taker {
        void take(InputStream mail) throws IOException, StepException;
    }

    /** Does something in an open folder. */
    interface Work<T> {
        T in(IMAPFolder folder, ImapSession session) throws MessagingException, IOException, StepException;
    }

    String shown() {
        return server.shown();
    }

    /** Connects, or asks a connection whether it still answers. */
    void check(Call call) throws StepException {
        with("log in", call, session -> {
            if (!session.answers()) {
                throw new MessagingException("the server does not answer");
            }
            return true;
        });
    }

    /** The mails of a folder by id; those that only wait for their deletion are left out. */
    List<Head> list(String folder, boolean unseen, Call call) throws StepException {
        return within(folder, false, "list '" + folder + "'", call, (open, session) -> {
            Message[] found = open.search(unseen ? UNSEEN : THERE);
            if (found.length > MOST) {
                throw new StepException(
                        Owner.LIMIT,
                        "TOO_MANY_MAILS",
                        "folder '" + folder + "' has " + found.length + " mails; more than " + MOST
                                + " are not looked at: let mails be moved when they were read");
            }
            long validity = open.getUIDValidity();
            List<Head> heads = new ArrayList<>(found.length);
            for (int from = 0; from < found.length && !call.cancelled(); from += AT_ONCE) {
                Message[] some = java.util.Arrays.copyOfRange(found, from, Math.min(found.length, from + AT_ONCE));
                heads.addAll(heads(open, validity, some));
            }
            heads.sort(java.util.Comparator.comparingLong(head -> head.id().uid()));
            return heads;
        });
    }

    private static List<Head> heads(IMAPFolder folder, long validity, Message[] some) throws MessagingException {
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        profile.add(FetchProfile.Item.FLAGS);
        folder.fetch(some, profile);
        List<Head> heads = new ArrayList<>(some.length);
        for (Message one : some) {
            try {
                heads.add(new Head(
                        new MailId(validity, folder.getUID(one)),
                        Math.max(0, one.getSize()),
                        received(one),
                        one.isSet(Flags.Flag.SEEN)));
            } catch (MessageRemovedException e) {
                // it went while it was listed
            }
        }
        return heads;
    }

    /** Streams a mail as it came. @return when the server got it */
    Instant read(String folder, MailId id, Taker taker, Call call) throws StepException {
        return within(folder, false, "read mail " + id, call, (open, session) -> {
            IMAPMessage mail = mail(open, folder, id);
            FetchProfile profile = new FetchProfile();
            profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
            open.fetch(new Message[] {mail}, profile);
            Instant received = received(mail);
            try (InputStream content = mail.getMimeStream()) {
                taker.take(content);
            }
            return received;
        });
    }

    private static Instant received(Message mail) throws MessagingException {
        Date received = mail.getReceivedDate();
        return received == null ? Instant.EPOCH : received.toInstant();
    }

    /** Moves a mail to another folder, which is made when it is missing and that is wanted. */
    void move(String folder, MailId id, String to, boolean createFolder, Call call) throws StepException {
        String what = "move mail " + id + " to '" + to + "'";
        if (createFolder) {
            make(to, call);
        }
        within(folder, true, what, call, (open, session) -> {
            Message[] one = {mail(open, folder, id)};
            Folder target = session.store().getFolder(path(to, session));
            if (session.moves()) {
                open.moveMessages(one, target);
            } else {
                open.copyMessages(one, target);
                delete(open, session, one);
            }
            return id;
        });
    }

    /** By itself, because the connection cannot do it while a folder is open. */
    private void make(String folder, Call call) throws StepException {
        // Said of the folder and of no mail: it is the same for all that go there, and is told once.
        with("make folder '" + folder + "'", call, session -> {
            Folder target = session.store().getFolder(path(folder, session));
            return target.exists() || target.create(Folder.HOLDS_MESSAGES);
        });
    }

    /** Deletes a mail, and nothing else that waits for its deletion. */
    void delete(String folder, MailId id, Call call) throws StepException {
        within(folder, true, "delete mail " + id, call, (open, session) -> {
            delete(open, session, new Message[] {mail(open, folder, id)});
            return id;
        });
    }

    /** Without UIDPLUS an expunge would take what others have marked: the mark alone has to do, and hides it from here. */
    private static void delete(IMAPFolder folder, ImapSession session, Message[] one) throws MessagingException {
        folder.setFlags(one, new Flags(Flags.Flag.DELETED), true);
        if (session.expungesOne()) {
            folder.expunge(one);
        }
    }

    /** Marks a mail as seen, or takes the mark away. */
    void mark(String folder, MailId id, boolean seen, Call call) throws StepException {
        within(folder, true, "mark mail " + id, call, (open, session) -> {
            Flags kept = open.getPermanentFlags();
            if (kept != null && !kept.contains(Flags.Flag.SEEN)) {
                throw new StepException(
                        Owner.REMOTE, "MAIL_DENIED", shown() + " keeps no mark of seen mails in '" + folder + "'");
            }
            open.setFlags(new Message[] {mail(open, folder, id)}, new Flags(Flags.Flag.SEEN), seen);
            return id;
        });
    }

    /** A mail of an open folder. */
    IMAPMessage mail(IMAPFolder open, String folder, MailId id) throws MessagingException, StepException {
        Message found = open.getUIDValidity() == id.validity() ? open.getMessageByUID(id.uid()) : null;
        if (found == null || found.isExpunged() || found.isSet(Flags.Flag.DELETED)) {
            throw gone(folder, id);
        }
        return (IMAPMessage) found;
    }

    private StepException gone(String folder, MailId id) {
        return new StepException(
                Owner.REMOTE,
                NOT_FOUND,
                "mail " + id + " is not in '" + folder + "' of " + shown() + ": it was moved or deleted");
    }

    /** Does something in a folder. */
    <T> T within(String folder, boolean write, String what, Call call, Work<T> work) throws StepException {
        return with(what, call, session -> {
            IMAPFolder open = (IMAPFolder) session.store().getFolder(path(folder, session));
            boolean done = false;
            try {
                open.open(write ? Folder.READ_WRITE : Folder.READ_ONLY);
                if (open.getUIDNotSticky()) {
                    throw new StepException(
                            Owner.REMOTE, "MAIL_DENIED", shown() + " has no lasting ids for mails of '" + folder + "'");
                }
                T result = work.in(open, session);
                done = true;
                return result;
            } catch (FolderNotFoundException e) {
                throw new StepException(
                        Owner.REMOTE,
                        NOT_FOUND,
                        "there is no folder '"
                                + MailFailures.shown(e.getFolder().getFullName()) + "' in the mailbox of " + shown());
            } catch (ReadOnlyFolderException e) {
                throw new StepException(
                        Owner.REMOTE, "MAIL_DENIED", "cannot " + what + ": " + shown() + " lets it only be read");
            } catch (MessageRemovedException e) {
                throw new StepException(Owner.REMOTE, NOT_FOUND, "cannot " + what + ": it went away", e);
            } finally {
                close(open, done, session);
            }
        });
    }

    /** A folder that failed is closed with its connection; one that only does not close takes nothing back. */
    private static void close(IMAPFolder open, boolean done, ImapSession session) {
        try {
            if (done && open.isOpen()) {
                open.close(false);
            }
        } catch (MessagingException | RuntimeException e) {
            session.cut();
        }
    }

    /** Folders are written with slashes everywhere; what a server puts between its levels is its own. */
    private static String path(String folder, ImapSession session) throws StepException {
        if (folder.isBlank() || folder.length() > 500 || Lines.broken(folder)) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_PATH", "'" + MailFailures.shown(folder) + "' is not a folder of a mailbox");
        }
        char separator = session.separator();
        return separator == '/' || separator == '\0' ? folder : folder.replace('/', separator);
    }

    private interface OnSession<T> {
        T with(ImapSession session) throws MessagingException, IOException, StepException;
    }

    private <T> T with(String what, Call call, OnSession<T> work) throws StepException {
        ImapSession session = sessions.take();
        boolean works = false;
        try {
            call.onCancel(sessions.cutter(session));
            session.socket().setSoTimeout((int) timeout.toMillis());
            T result = work.with(session);
            works = true;
            return result;
        } catch (MessagingException | IOException | RuntimeException e) {
            throw failures.of(what, e, call.cancelled());
        } finally {
            sessions.giveBack(session, works && session.open() && !call.cancelled());
        }
    }
}
