package io.patchbay.connector.sftp;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import io.patchbay.connector.Hosts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Connects to the very address that was checked. What the client calls a proxy is to it just a way to a connection; the host key is
 * still looked for under the host's name.
 */
final class CheckedConnection implements Proxy {

    private final Hosts hosts;
    private Socket socket = new Socket();

    CheckedConnection(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void connect(SocketFactory ignored, String host, int port, int timeout) throws Exception {
        InetSocketAddress address = new InetSocketAddress(hosts.reachable(host), port);
        socket = new Socket();
        socket.connect(address, timeout);
        socket.setTcpNoDelay(true);
    }

    @Override
    public InputStream getInputStream() {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public Socket getSocket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone then
        }
    }
}
