package io.patchbay.trigger.event;

import io.patchbay.connector.broker.Broker.Destination;
import io.patchbay.connector.broker.Broker.Subscription;
import io.patchbay.connector.broker.BrokerConnection;
import io.patchbay.connector.broker.Feed;
import io.patchbay.connector.broker.Received;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads one trigger's destination until it is ended; connects anew by itself, each time a little later. */
final class Reader implements Runnable, Taking.Ended {

    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String flow;
    private final Event what;
    private final Events.Parts parts;
    private final Complaints complaints;
    private final Taking taking;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private Duration pause = FIRST_PAUSE;

    Reader(String flow, Event what, Events.Parts parts) {
        this.flow = flow;
        this.what = what;
        this.parts = parts;
        this.complaints = new Complaints("flow " + flow + " reads '" + what.destination() + "' of " + what.instance());
        this.taking = new Taking(flow, what, parts, complaints);
    }

    /** Ends it soon; what is in hand and not yet a start goes back to the broker. */
    void end() {
        end.countDown();
    }

    /** Waits for the end. */
    boolean await(Duration atMost) throws InterruptedException {
        return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean ended() {
        return end.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void pause(Duration time) {
        try {
            boolean unused = end.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!ended()) {
                connection();
                if (!ended()) {
                    pause(pause);
                    Duration next = pause.multipliedBy(2);
                    pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
                }
            }
        } finally {
            over.countDown();
        }
    }

    /** One connection from its beginning to its end. */
    private void connection() {
        try {
            BrokerConnection broker = parts.brokers().broker(what.instance());
            try (Feed feed = subscribe(broker)) {
                read(broker, feed);
            }
        } catch (StepException e) {
            complaints.say(e.getMessage() + " [" + e.code() + "]");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the reader of flow " + flow + " failed and begins again", e);
        }
    }

    private Feed subscribe(BrokerConnection broker) throws StepException {
        try {
            return broker.broker()
                    .subscribe(new Subscription(
                            new Destination(what.destination(), what.type() == Event.Type.TOPIC),
                            what.groupOf(flow),
                            what.from() == Event.From.LATEST,
                            what.selector(),
                            what.prefetch()));
        } catch (StepException e) {
            broker.failed(e);
            throw e;
        }
    }

    private static List<Received> next(BrokerConnection broker, Feed feed) throws StepException {
        try {
            List<Received> messages = feed.next(WAIT);
            broker.answered();
            return messages;
        } catch (StepException e) {
            broker.failed(e);
            throw e;
        }
    }

    private void read(BrokerConnection broker, Feed feed) throws StepException {
        boolean heard = false;
        while (!ended()) {
            List<Received> messages = next(broker, feed);
            if (!heard) {
                heard = true;
                complaints.over();
            }
            if (!messages.isEmpty()) {
                if (!taking.take(messages, feed, this)) {
                    return;
                }
                pause = FIRST_PAUSE;
            }
            if (parts.brokers().broker(what.instance()) != broker) {
                pause = FIRST_PAUSE; // the instance's file or secrets changed
                return;
            }
        }
    }
}
