package io.patchbay.connector.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** The message broker of an instance. Safe for any number of threads; connects with its first use, and anew when that broke. */
public interface Broker extends AutoCloseable {

    /**
     * Sends a message. Blocks until the broker has confirmed that it keeps it, or the timeout is over.
     *
     * @return what the broker says of where it lies; empty when it says nothing
     */
    ObjectNode send(Message message) throws StepException;

    /** Connects, and looks whether a destination is there. @throws StepException when one of them is not */
    void check(@Nullable Destination destination) throws StepException;

    /** Begins to take messages in, over a connection of its own. */
    Feed subscribe(Subscription subscription) throws StepException;

    @Override
    void close();

    /** A queue, topic or exchange. */
    record Destination(String name, boolean topic) {}

    /**
     * A message to be sent.
     *
     * @param destination where to
     * @param key what belongs together, or null
     * @param headers text, numbers and truth values by name
     * @param body its content
     * @param contentType media type of the content
     * @param id the same for every try of this message and for no other
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Message(
            Destination destination,
            @Nullable String key,
            java.util.Map<String, Object> headers,
            byte[] body,
            String contentType,
            String id) {}

    /**
     * What is taken in.
     *
     * @param destination where from
     * @param group under what name the broker remembers how far it came (Kafka; topics)
     * @param fromLatest whether a group that is new begins with what comes from now on (Kafka)
     * @param selector which messages are meant, in JMS' words; null for all
     * @param prefetch most messages in hand
     */
    record Subscription(
            Destination destination,
            String group,
            boolean fromLatest,
            @Nullable String selector,
            int prefetch) {}
}
