package io.patchbay.connector.mail;

import io.patchbay.connector.LayeredTls;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS with a mail server (RFC 7817 section 3). The library, given a connected socket, would take the name that DNS has for its address. */
final class NamedTls extends LayeredTls {

    NamedTls(SSLContext context, String host, int port) {
        super(context.getSocketFactory(), host, port);
    }

    @Override
    public Socket createSocket(Socket plain, String ignoredHost, int ignoredPort, boolean autoClose)
            throws IOException {
        SSLSocket socket = layered(plain, autoClose);
        socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.startHandshake();
        return socket;
    }
}
