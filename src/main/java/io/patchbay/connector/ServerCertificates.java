package io.patchbay.connector;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Until when the certificates are good that the servers of an instance showed in this runtime. The last one of a server counts; of
 * those that were seen longest ago the first is forgotten, so that an instance that calls ever other hosts fills no memory. Safe for
 * use by several threads.
 */
public final class ServerCertificates {

    private static final int MOST = 50;
    private static final int USUAL_PORT = 443;

    private final Clock clock;
    private final Map<String, Seen> byServer = new LinkedHashMap<>();

    /** None was seen yet. */
    public ServerCertificates(Clock clock) {
        this.clock = clock;
    }

    /**
     * A certificate.
     *
     * @param server host that showed it, with the port where that is not the one of HTTPS
     * @param begins since when it is good
     * @param ends when it ends
     * @param at when it was shown last
     */
    public record Seen(String server, Instant begins, Instant ends, Instant at) {}

    /**
     * A server showed its own certificate, which is trusted, or would be if it had not ended.
     *
     * @param host null where the library does not tell which
     */
    public void seen(@Nullable String host, int port, X509Certificate own) {
        if (host == null) {
            return;
        }
        String server = port == USUAL_PORT || port < 0 ? host : host + ":" + port;
        Seen seen = new Seen(
                server, own.getNotBefore().toInstant(), own.getNotAfter().toInstant(), clock.instant());
        synchronized (byServer) {
            byServer.remove(server);
            byServer.put(server, seen);
            if (byServer.size() > MOST) {
                byServer.remove(byServer.keySet().iterator().next());
            }
        }
    }

    /** The last of each server. */
    public List<Seen> all() {
        synchronized (byServer) {
            return List.copyOf(byServer.values());
        }
    }
}
