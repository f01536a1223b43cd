package io.patchbay.connector.ftp;

import io.patchbay.connector.SessionPool;
import java.io.IOException;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;

/** A client that is logged in. */
final class FtpSession implements SessionPool.Session {

    private final FTPClient client;
    private final OpenSockets sockets;
    private final String home;
    private final boolean listsForMachines;

    FtpSession(FTPClient client, OpenSockets sockets) throws IOException {
        this.client = client;
        this.sockets = sockets;
        this.home = client.printWorkingDirectory();
        this.listsForMachines = client.hasFeature("MLST"); // RFC 3659 section 7.8: stands for MLSD too
    }

    FTPClient client() {
        return client;
    }

    boolean listsForMachines() {
        return listsForMachines;
    }

    /** Whether there is such a folder; asked by going there and back. */
    boolean isFolder(String path) throws IOException {
        boolean there = client.changeWorkingDirectory(path);
        if (there && home != null) {
            client.changeWorkingDirectory(home);
        }
        return there;
    }

    @Override
    public boolean open() {
        return client.isConnected();
    }

    @Override
    public boolean answers() {
        try {
            return FTPReply.isPositiveCompletion(client.noop());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void cut() {
        sockets.close();
    }
}
