package io.patchbay.connector.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS with one server on connections that are there: its certificate must name the host that the instance names. The
 * library, given a connected socket, would take the name that DNS has for its address.
 */
final class NamedTls extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final String host;
    private final int port;

    NamedTls(SSLContext context, String host, int port) {
        this.factory = context.getSocketFactory();
        this.host = host;
        this.port = port;
    }

    @Override
    public Socket createSocket(Socket plain, String ignoredHost, int ignoredPort, boolean autoClose)
            throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, autoClose);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 7817 section 3: as RFC 6125 has it
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String to, int at) throws IOException {
        throw new IOException("only layered sockets are made here");
    }

    @Override
    public Socket createSocket(String to, int at, InetAddress from, int fromPort) throws IOException {
        return createSocket(to, at);
    }

    @Override
    public Socket createSocket(InetAddress to, int at) throws IOException {
        return createSocket(to.getHostAddress(), at);
    }

    @Override
    public Socket createSocket(InetAddress to, int at, InetAddress from, int fromPort) throws IOException {
        return createSocket(to.getHostAddress(), at);
    }
}
