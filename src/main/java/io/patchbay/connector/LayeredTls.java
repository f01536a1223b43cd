package io.patchbay.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS with one server on connections that are there already: its certificate must name the host that the instance
 * names, whatever a library takes for the name of the address. Nothing else can be asked of it.
 */
public abstract class LayeredTls extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final String host;
    private final int port;

    /** Sockets to this server. */
    protected LayeredTls(SSLSocketFactory factory, String host, int port) {
        this.factory = factory;
        this.host = host;
        this.port = port;
    }

    /** Port of the server. */
    protected final int port() {
        return port;
    }

    /** A socket on a connection, with the name of the server checked in the handshake to come (RFC 2818 section 3.1). */
    protected final SSLSocket layered(Socket plain, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, autoClose);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
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
