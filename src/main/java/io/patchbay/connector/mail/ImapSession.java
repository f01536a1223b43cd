package io.patchbay.connector.mail;

import io.patchbay.connector.SessionPool;
import java.io.IOException;
import java.net.Socket;
import org.eclipse.angus.mail.imap.IMAPStore;

/**
 * A connection to a mailbox that is logged in.
 *
 * @param separator what the server puts between the levels of folders
 * @param moves whether it can move a mail (RFC 6851)
 * @param expungesOne whether it can expunge one mail alone (RFC 4315)
 */
record ImapSession(IMAPStore store, Socket socket, char separator, boolean moves, boolean expungesOne)
        implements SessionPool.Session {

    @Override
    public boolean open() {
        return !socket.isClosed();
    }

    @Override
    public boolean answers() {
        return store.isConnected(); // asks by NOOP
    }

    /** Closes the socket alone: the store would wait for whoever uses it. */
    @Override
    public void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone then
        }
    }
}
