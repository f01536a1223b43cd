package io.patchbay.connector.ftp;

import io.patchbay.connector.LayeredTls;
import java.io.IOException;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS whose every connection is one to the same server: its certificate must name that server, and Java looks a session to resume
 * up by that server's name and port. FTP needs it, because each data connection goes to another port (RFC 4217 section 10).
 */
final class OneServerTls extends SSLContext {

    OneServerTls(SSLContext context, String host, int port) {
        super(new Spi(context, host, port), context.getProvider(), context.getProtocol());
    }

    /** Makes layered sockets only: nothing else is asked for. */
    private static final class Sockets extends LayeredTls {

        Sockets(SSLSocketFactory factory, String host, int port) {
            super(factory, host, port);
        }

        @Override
        public Socket createSocket(Socket plain, String ignoredHost, int ignoredPort, boolean autoClose)
                throws IOException {
            return layered(new OtherPort(plain, port()), autoClose);
        }
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final Sockets sockets;

        Spi(SSLContext context, String host, int port) {
            this.context = context;
            this.sockets = new Sockets(context.getSocketFactory(), host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return sockets;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("is set up already");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String peer, int at) {
            return context.createSSLEngine(peer, at);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }
}
