package io.patchbay;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for programs that have to be told theirs before they start. */
public final class FreePorts {

    /** Below the ports that systems hand out for outgoing connections, any of which may be gone a moment later. */
    private static final int FIRST = 20_000;

    private static final int LAST = 31_999;

    private FreePorts() {}

    /** A port that nobody listens on. */
    public static int next() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int tries = 0; tries < 50; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }
}
