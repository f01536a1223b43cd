package io.patchbay.connector.ftp;

import java.io.IOException;
import java.net.Socket;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/** Commons Net's client, only that data connections are secured by the {@link OneServerTls} of the login. */
final class SecureFtp extends FTPSClient {

    private final SSLContext tls;
    private final String[] versions;
    private final OpenSockets sockets;

    SecureFtp(boolean implicit, SSLContext tls, String[] versions, OpenSockets sockets) {
        super(implicit, tls);
        this.tls = tls;
        this.versions = versions;
        this.sockets = sockets;
        setEnabledProtocols(versions);
        setEndpointCheckingEnabled(true);
    }

    @Override
    public void execPROT(String level) throws SSLException, IOException {
        super.execPROT(level);
        setSocketFactory(sockets); // in place of those that make secure sockets which know nothing of the login
        setServerSocketFactory(ServerSocketFactory.getDefault());
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        if (plain == null) {
            return null;
        }
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, "", 0, true);
        secure.setEnabledProtocols(versions);
        secure.startHandshake();
        return secure;
    }
}
