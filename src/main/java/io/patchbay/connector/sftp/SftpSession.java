package io.patchbay.connector.sftp;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.jspecify.annotations.Nullable;

/** Camel's SFTP operations on one connection; only that they can be cut off from another thread is added. */
final class SftpSession extends SftpOperations {

    private volatile @Nullable Session session;
    private long usedAt;

    SftpSession(SftpEndpoint endpoint) {
        setEndpoint(endpoint);
    }

    @Override
    protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
        Session created = super.createSession(configuration);
        session = created;
        return created;
    }

    /** Cuts the connection without waiting for the operation that uses it. */
    void cut() {
        Session open = session;
        if (open != null) {
            open.disconnect();
        }
    }

    long usedAt() {
        return usedAt;
    }

    void used(long nanos) {
        usedAt = nanos;
    }
}
