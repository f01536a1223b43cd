package io.patchbay.connector.broker;

import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.List;

/** Messages of one subscription. Used by one thread. After a failure it is of no more use. */
public interface Feed extends AutoCloseable {

    /** Waits for messages; those that came before must be {@link #done}. Empty when none came. */
    List<Received> next(Duration atMost) throws StepException;

    /** What {@link #next} gave is kept elsewhere: the broker may forget it. */
    void done() throws StepException;

    /** Tells the broker that whoever took the messages is still at them; to be called every few seconds. */
    void busy() throws StepException;

    /**
     * Whether what was done is never given again, so that it need not be remembered; else an acknowledgement may get lost on its way.
     */
    boolean exact();

    /** Ends it; what is not done goes back to the broker. */
    @Override
    void close();
}
