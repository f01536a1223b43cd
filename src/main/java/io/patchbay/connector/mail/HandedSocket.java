package io.patchbay.connector.mail;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/** A connection that is there already: whoever connects it again changes nothing. */
final class HandedSocket extends WriteTimeoutSocket {

    HandedSocket(Socket connected, int writeMillis) throws IOException {
        super(connected, writeMillis);
    }

    @Override
    public void connect(SocketAddress ignored) {}

    @Override
    public void connect(SocketAddress ignored, int timeout) {}

    /** Gives the connection once. A second one would be another address, at another time, which nobody checked. */
    static final class Factory extends SocketFactory {
        private final Socket socket;
        private boolean given;

        Factory(HandedSocket socket) {
            this.socket = socket;
        }

        @Override
        public synchronized Socket createSocket() throws IOException {
            if (given) {
                throw new SocketException("the connection is gone");
            }
            given = true;
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort)
                throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress local, int localPort)
                throws IOException {
            return createSocket();
        }
    }
}
