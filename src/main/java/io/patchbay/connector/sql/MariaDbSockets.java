package io.patchbay.connector.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/** {@link CheckedSockets} as MariaDB's driver wants them: it makes them without an address, and shows its properties then. */
public final class MariaDbSockets extends ConfigurableSocketFactory {

    /** The property that holds the address. */
    static final String ADDRESS = "patchbayAddress";

    private @Nullable CheckedSockets sockets;

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        try {
            sockets = new CheckedSockets(configuration.nonMappedOptions().getProperty(ADDRESS));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the address of the database is none", e);
        }
    }

    private CheckedSockets sockets() {
        return Objects.requireNonNull(sockets);
    }

    @Override
    public Socket createSocket() {
        return sockets().createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sockets().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return sockets().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sockets().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return sockets().createSocket(host, port, local, localPort);
    }
}
