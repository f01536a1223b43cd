package io.patchbay.connector.mail;

import com.icegreen.greenmail.util.ServerSetup;

/** Where a mail server of a test listens. */
public final class MailPort {

    /** GreenMail gives up after two seconds, which a busy machine may take to begin a thread. */
    private static final long PATIENCE_MILLIS = 60_000;

    private MailPort() {}

    /** A port that is free, of a server that may take its time to start. */
    public static ServerSetup free(ServerSetup kind) {
        ServerSetup setup = kind.dynamicPort();
        setup.setServerStartupTimeout(PATIENCE_MILLIS);
        return setup;
    }
}
