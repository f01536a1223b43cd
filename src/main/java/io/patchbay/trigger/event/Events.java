package io.patchbay.trigger.event;

import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Event;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.TriggerRuntime;
import io.patchbay.trigger.file.Bodies;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The running readers of messages. A trigger that did not change keeps its reader through redeploys. Each reader has a thread of its
 * own, because clients of brokers wait on the thread that asks.
 */
public final class Events implements TriggerRuntime, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Parts parts;
    private final Map<Key, Reader> readers = new HashMap<>();
    private final List<Reader> ending = new ArrayList<>();
    private boolean silent;

    /**
     * What readers use.
     *
     * @param brokers finds brokers
     * @param starts where starts are written
     * @param bodies keeps content
     * @param database holds the rows of taken messages, in the database in which starts are written
     * @param aside folder of messages that cannot become starts
     * @param clock the time
     */
    public record Parts(Brokers brokers, Starts starts, Bodies bodies, DataSource database, Path aside, Clock clock) {}

    private record Key(String flow, Event what) {}

    /** Reads nothing yet. */
    public Events(Parts parts) {
        this.parts = parts;
    }

    @Override
    public synchronized void replace(Collection<DeployedTrigger> all) {
        Set<Key> wanted = new LinkedHashSet<>();
        for (DeployedTrigger deployed : all) {
            if (deployed.trigger() instanceof Event what) {
                wanted.add(new Key(deployed.flow(), what));
            }
        }
        if (silent) {
            return;
        }
        readers.entrySet().removeIf(one -> {
            if (wanted.contains(one.getKey())) {
                return false;
            }
            one.getValue().end();
            return true;
        });
        for (Key key : wanted) {
            if (!readers.containsKey(key)) {
                Reader reader = new Reader(key.flow(), key.what(), parts);
                readers.put(key, reader);
                Thread thread = new Thread(reader, "patchbay-event-" + key.flow());
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    @Override
    public synchronized void silence() {
        silent = true;
        readers.values().forEach(Reader::end);
        ending.addAll(readers.values());
        readers.clear();
    }

    /** Waits until what was received is a start and acknowledged, or went back to the broker. */
    @Override
    public boolean drain(Duration atMost) throws InterruptedException {
        List<Reader> last;
        synchronized (this) {
            last = List.copyOf(ending);
        }
        long until = System.nanoTime() + atMost.toNanos();
        boolean all = true;
        for (Reader reader : last) {
            all &= reader.await(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        return all;
    }

    @Override
    public void close() {
        silence();
        try {
            if (!drain(PATIENCE)) {
                System.getLogger(Events.class.getName())
                        .log(System.Logger.Level.WARNING, "a reader of messages does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
