package io.patchbay.payload;

import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next element while the one before is worked on, so that reading and working keep two processors busy. One element is read
 * ahead, never more, by threads that all readers share; when all are taken, whoever asks reads by itself. Own code, because Camel's
 * splitter asks an iterator on the thread that works.
 *
 * @param <T> what is read
 */
public final class ReadAhead<T> implements AutoCloseable {

    /** What is read from; asked by one thread at a time, which is not always the same. */
    public interface Source<T> extends AutoCloseable {
        /** The next element; null behind the last. */
        @Nullable
        T next();

        @Override
        void close();
    }

    private final Source<T> source;
    private @Nullable FutureTask<@Nullable T> ahead;
    private boolean reading;
    private boolean closed;

    /** Nothing is read before it is asked for. */
    public ReadAhead(Source<T> source) {
        this.source = source;
    }

    /** The next element, and the one behind it is begun; null behind the last, and when it was closed. Asked by one thread at a time. */
    public @Nullable T next() {
        FutureTask<@Nullable T> task = ahead;
        ahead = null;
        T element = task == null ? read() : Beside.result(task);
        if (element != null) {
            FutureTask<@Nullable T> further = new FutureTask<>(this::read);
            ahead = Beside.begin(further) ? further : null; // without a thread whoever asks reads by itself
        }
        return element;
    }

    private @Nullable T read() {
        synchronized (this) {
            if (closed) {
                return null;
            }
            reading = true;
        }
        try {
            return source.next();
        } finally {
            boolean late;
            synchronized (this) {
                reading = false;
                late = closed;
            }
            if (late) {
                source.close();
            }
        }
    }

    /** Frees the source, at once or when what is being read is read. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (reading) {
                return;
            }
        }
        source.close();
    }

    /**
     * A pull whose next page is read while the one before is on its way. With two processors it stays as it is: the threads that work on
     * pages and write them have both, and pages that pass from one to the next more often cost more than reading ahead brings.
     */
    public static Pull of(Pull pull) {
        if (Runtime.getRuntime().availableProcessors() < 3) {
            return pull;
        }
        ReadAhead<Pull.Element> ahead = new ReadAhead<>(new Source<>() {
            private boolean ended;

            @Override
            public Pull.@Nullable Element next() {
                if (ended) {
                    return null;
                }
                Pull.Element element = pull.next();
                ended = element instanceof Pull.End || element instanceof Pull.Failed;
                return element;
            }

            @Override
            public void close() {
                pull.close();
            }
        });
        return new Pull() {
            @Override
            public Element next() {
                Element element = ahead.next();
                return element == null ? new End() : element;
            }

            @Override
            public void close() {
                ahead.close();
            }
        };
    }
}
