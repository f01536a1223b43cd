package io.patchbay.connector.sftp;

import com.jcraft.jsch.JSchException;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.SessionPool;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.jspecify.annotations.Nullable;

/** Camel's SFTP operations on one connection; only that they can be cut off from another thread is added. */
final class SftpSession extends SftpOperations implements SessionPool.Session {

    private volatile com.jcraft.jsch.@Nullable Session session;

    SftpSession(SftpEndpoint endpoint, Hosts hosts) {
        super(new CheckedConnection(hosts));
        setEndpoint(endpoint);
    }

    @Override
    protected com.jcraft.jsch.Session createSession(RemoteFileConfiguration configuration) throws JSchException {
        com.jcraft.jsch.Session created = super.createSession(configuration);
        session = created;
        return created;
    }

    @Override
    public boolean open() {
        return isConnected();
    }

    @Override
    public boolean answers() {
        return sendNoop();
    }

    @Override
    public void cut() {
        com.jcraft.jsch.Session open = session;
        if (open != null) {
            open.disconnect();
        }
    }
}
