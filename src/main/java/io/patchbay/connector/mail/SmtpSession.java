package io.patchbay.connector.mail;

import io.patchbay.connector.SessionPool;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A connection to a mail server that is logged in. */
record SmtpSession(Session session, SMTPTransport transport, Socket socket) implements SessionPool.Session {

    @Override
    public boolean open() {
        return !socket.isClosed();
    }

    @Override
    public boolean answers() {
        return transport.isConnected(); // asks by NOOP
    }

    /** Closes the socket alone: the transport would wait for whoever uses it. */
    @Override
    public void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone then
        }
    }
}
