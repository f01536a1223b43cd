package io.patchbay.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.jspecify.annotations.Nullable;

/**
 * Lets some payloads of a stream be on their way at one time, for a shape with {@code parallel} above 1. The stream goes on when a
 * payload has entered, until the window is full; behind the shape payloads pass one by one again, in the order in which they
 * entered unless any order will do; and the stream ends when all that entered have left. Nobody holds a thread meanwhile.
 *
 * <p>Camel's splitter works on parts in parallel, too, but where their work is asynchronous nothing bounds how many of a streamed
 * list it begins, and it puts in order what comes of the parts, not what follows on them.
 */
final class Window {

    /** Says of an exchange that others of its stream are on their way beside it. */
    static final String BESIDE_OTHERS = "patchbay.besideOthers";

    private final Run run;
    private final int most;
    private final boolean ordered;
    private final @Nullable Pages pages;

    private long entered;
    private int inside;
    /** The stream, which goes on when there is room. */
    private @Nullable Runnable stream;
    /** What comes behind the stream, when all have left. */
    private @Nullable Runnable end;

    /** Whose turn it is behind the shape. */
    private long turn;

    private long arrived;
    private final Map<Long, Runnable> waiting = new HashMap<>();
    private final Set<Long> over = new HashSet<>();

    /**
     * A window that nobody has entered.
     *
     * @param most how many are inside at one time
     * @param ordered whether payloads pass behind the shape in the order in which they came to it
     * @param pages what the stream reads, when a page is over with what is done here
     */
    Window(Run run, int most, boolean ordered, @Nullable Pages pages) {
        this.run = run;
        this.most = most;
        this.ordered = ordered;
        this.pages = pages;
        if (pages != null) {
            pages.beside();
        }
    }

    /** A payload that is inside. */
    static final class Flight {
        private final int page;
        private long ticket;

        private Flight(int page, long ticket) {
            this.page = page;
            this.ticket = ticket;
        }
    }

    /**
     * A payload enters: what stands inside is done with it beside others, and the stream goes on at once or when there is room.
     *
     * @param property names the exchange property that gets the {@link Flight}
     */
    void enter(Exchange original, AsyncCallback callback, AsyncProcessor body, String property) {
        Exchange copy = copy(original);
        Integer page = original.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
        Flight flight = new Flight(page == null ? 0 : page, ordered ? entered : -1);
        entered++;
        copy.setProperty(property, flight);
        copy.setProperty(BESIDE_OTHERS, true);
        StepProcessor.end(original);
        if (pages != null) {
            pages.keep(flight.page);
        }
        run.onItsWay().begins();
        boolean goesOn;
        synchronized (this) {
            inside++;
            goesOn = inside < most;
            if (!goesOn) {
                stream = () -> callback.done(false);
            }
        }
        run.services().workers().execute(() -> body.process(copy, done -> leave(copy, flight)));
        if (goesOn) {
            callback.done(false);
        } else {
            run.onItsWay().rests();
        }
    }

    /** What a payload goes on in. Camel's patterns look for their route in the unit of work, and the part's own ends with the part. */
    private static Exchange copy(Exchange part) {
        Exchange copy = ExchangeHelper.createCopy(part, true);
        UnitOfWork work = PluginHelper.getUnitOfWorkFactory(part.getContext()).createUnitOfWork(copy);
        copy.getExchangeExtension().setUnitOfWork(work);
        Route route = ExchangeHelper.getRoute(part);
        if (route != null) {
            work.pushRoute(route);
        }
        return copy;
    }

    /** A payload has the shape behind it. */
    void pass(Flight flight, Runnable goOn) {
        synchronized (this) {
            if (flight.ticket < 0) {
                flight.ticket = arrived++;
            }
            if (flight.ticket != turn) {
                waiting.put(flight.ticket, goOn);
                run.onItsWay().rests();
                return;
            }
        }
        goOn.run();
    }

    private void leave(Exchange exchange, Flight flight) {
        Exception broke = exchange.getException();
        if (broke != null) {
            run.breaks(broke); // no step was there to own it
        }
        UnitOfWorkHelper.doneUow(exchange.getUnitOfWork(), exchange);
        if (pages != null) {
            pages.delivered(flight.page);
        }
        Runnable next;
        Runnable goesOn = null;
        synchronized (this) {
            inside--;
            next = next(flight);
            if (stream != null) {
                goesOn = stream;
                stream = null;
            } else if (inside == 0) {
                goesOn = end;
                end = null;
            }
        }
        wake(next);
        wake(goesOn);
        run.onItsWay().ends();
    }

    /** Who passes when a payload has left: the one whose turn it is now, if it has come. */
    private @Nullable Runnable next(Flight flight) {
        if (flight.ticket >= 0) {
            over.add(flight.ticket);
        }
        while (over.remove(turn)) {
            turn++;
        }
        return waiting.remove(turn);
    }

    private void wake(@Nullable Runnable work) {
        if (work != null) {
            run.onItsWay().begins();
            run.services().workers().execute(work);
        }
    }

    /** The stream has come to its end; {@code goOn} is done when all have left. */
    void close(Runnable goOn) {
        synchronized (this) {
            if (inside > 0) {
                end = goOn;
                run.onItsWay().rests();
                return;
            }
        }
        goOn.run();
    }

    static Window of(Exchange exchange, String property) {
        return Objects.requireNonNull(exchange.getProperty(property, Window.class), property);
    }
}
