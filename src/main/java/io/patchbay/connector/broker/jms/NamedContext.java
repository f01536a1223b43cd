package io.patchbay.connector.broker.jms;

import io.patchbay.connector.LayeredTls;
import java.io.IOException;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** TLS for a client that connects to an address: the certificate must still be for the name that the instance has for it. */
final class NamedContext extends SSLContext {

    NamedContext(SSLContext context, String host) {
        super(new Engines(context, host), context.getProvider(), context.getProtocol());
    }

    private static final class Engines extends SSLContextSpi {
        private static final int ANY = -1;

        private final SSLContext context;
        private final String host;

        Engines(SSLContext context, String host) {
            this.context = context;
            this.host = host;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is ready");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String ignored, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine(host, ANY);
        }

        /** Layers TLS over connections, with the same check. */
        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new LayeredTls(context.getSocketFactory(), host, ANY) {
                @Override
                public Socket createSocket(Socket plain, String ignored, int port, boolean autoClose)
                        throws IOException {
                    return layered(plain, autoClose);
                }
            };
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
