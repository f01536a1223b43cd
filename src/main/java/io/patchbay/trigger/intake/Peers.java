package io.patchbay.trigger.intake;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open connections and how long each has been doing what it does. A sweep once a second closes those that waste the
 * listener's patience (Vert.x has a bound for silence only, and one byte a second is not silent): a head that does not come to
 * its end, a body that trickles, an answer that is not read.
 */
final class Peers {

    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final IntakeSettings settings;
    private final Map<HttpConnection, Peer> open = new ConcurrentHashMap<>();

    Peers(IntakeSettings settings) {
        this.settings = settings;
    }

    /** What a connection is doing. */
    enum Doing {
        /** It is new and has sent no request. */
        ARRIVING,
        /** It rests between two requests. */
        RESTING,
        /** It sends a body. */
        SENDING,
        /** It waits for an answer. */
        WAITING,
        /** It reads an answer. */
        READING
    }

    /** One connection. Written by its event loop, read by the sweep. */
    static final class Peer {
        private volatile Doing doing = Doing.ARRIVING;
        private volatile long since;
        private volatile long bytes;
        private volatile @Nullable Runnable slow;

        Peer(long now) {
            this.since = now;
        }

        void is(Doing what, long now) {
            since = now;
            bytes = 0;
            doing = what;
            slow = null;
        }

        /** It begins to send a body; {@code whenSlow}, run by the sweep, ends that with an answer. */
        void sends(Runnable whenSlow, long now) {
            is(Doing.SENDING, now);
            slow = whenSlow;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one event loop writes
        void sent(int more) {
            bytes += more;
        }
    }

    /** Takes a new connection, or closes it when there are too many. */
    void welcome(HttpConnection connection) {
        if (open.size() >= settings.connections()) {
            connection.close();
            return;
        }
        open.put(connection, new Peer(System.nanoTime()));
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** The peer of a connection. */
    Peer of(HttpConnection connection) {
        Peer peer = open.get(connection);
        return peer == null ? new Peer(System.nanoTime()) : peer;
    }

    /** How many connections there are. */
    int count() {
        return open.size();
    }

    /** Closes those that take too long. */
    void sweep(long now) {
        open.forEach((connection, peer) -> {
            if (tooLong(peer, now - peer.since)) {
                Runnable answer = peer.slow;
                if (answer == null) {
                    connection.close();
                } else {
                    peer.slow = null; // who does not even take the answer is closed by the next sweep
                    answer.run();
                }
            }
        });
    }

    private boolean tooLong(Peer peer, long elapsed) {
        return switch (peer.doing) {
            case ARRIVING -> elapsed > settings.headTimeout().toNanos();
            case RESTING, READING -> elapsed > settings.idleTimeout().toNanos();
            case SENDING ->
                elapsed > GRACE && peer.bytes < settings.slowest() * TimeUnit.NANOSECONDS.toSeconds(elapsed - GRACE);
            case WAITING -> false; // the trigger's own timeout ends it
        };
    }
}
