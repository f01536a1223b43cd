package io.patchbay.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connects to a server, shakes hands and leaves: nothing else is said. */
public final class TlsHandshake {

    private final SSLContext context;
    private final Duration patience;
    private final ScheduledExecutorService timer;

    /**
     * One that trusts as the context says.
     *
     * @param patience how long all of it may take
     * @param timer ends it then
     */
    public TlsHandshake(SSLContext context, Duration patience, ScheduledExecutorService timer) {
        this.context = context;
        this.patience = patience;
        this.timer = timer;
    }

    /** What a protocol says before TLS begins. */
    public interface Before {
        /** Says it. @throws IOException also when the server offers no TLS */
        void say(Socket plain) throws IOException;
    }

    /**
     * Does so.
     *
     * @param host whom the certificate must be for
     * @param checked its address
     */
    public void with(String host, InetAddress checked, int port, Before before) throws IOException {
        int millis = (int) Math.min(Integer.MAX_VALUE, patience.toMillis());
        try (Socket plain = new Socket()) {
            // A server that drips what it says does not hold the thread.
            Future<?> end = timer.schedule(() -> close(plain), millis, TimeUnit.MILLISECONDS);
            try {
                plain.connect(new InetSocketAddress(checked, port), millis);
                plain.setSoTimeout(millis);
                before.say(plain);
                on(context, plain, host, port);
            } finally {
                end.cancel(false);
            }
        }
    }

    /** Shakes hands over a connection and closes it; the certificate must be trusted and name the host. */
    public static void on(SSLContext context, Socket plain, String host, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
