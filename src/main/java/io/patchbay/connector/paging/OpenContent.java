package io.patchbay.connector.paging;

import io.patchbay.connector.Spill;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/**
 * The content that a pull has open. Its file goes when other content takes its place, and when the pull is given up, also by
 * another thread.
 *
 * @param <C> how its records are read
 */
public final class OpenContent<C extends CountedRecords<?, ?>> implements AutoCloseable {

    private @Nullable C records;
    private @Nullable Payload content;
    private boolean reading;
    private volatile boolean closed;

    /** While a page is read its content stays open: its reader must not be closed under the thread that reads. */
    public synchronized void enter() throws StepException {
        goesOn();
        reading = true;
    }

    /** Looks whether the pull goes on. @throws StepException when it was given up */
    public void goesOn() throws StepException {
        if (closed) {
            throw new StepException(Owner.LIMIT, "CANCELLED", "the pull was given up");
        }
    }

    /** The page was read, or not. */
    public synchronized void leave() {
        if (reading && closed) {
            letGo();
        }
        reading = false;
    }

    /** What is open; null when nothing is. */
    public synchronized @Nullable C records() {
        return records;
    }

    /** Begins to read content in the place of what was open. */
    public C begin(C fresh, Payload of) throws StepException {
        letGo();
        try {
            fresh.begin();
        } catch (StepException e) {
            Spill.delete(of);
            throw e;
        }
        synchronized (this) {
            if (!closed) {
                records = fresh;
                content = of;
                return fresh;
            }
        }
        fresh.close();
        Spill.delete(of);
        throw new StepException(Owner.LIMIT, "CANCELLED", "the pull was given up");
    }

    /** Nothing is open then. */
    public synchronized void letGo() {
        if (records != null) {
            records.close();
        }
        if (content != null) {
            Spill.delete(content);
        }
        records = null;
        content = null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (!reading) {
            letGo();
        }
    }
}
