package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message for a broker. */
@Doc("A message for a broker")
public record QueueConfig(
        @Doc("The operation") @Default("send") Op op,

        @Doc("Name of the queue or topic; for RabbitMQ with 'key', of the exchange") @Nullable
        Text destination,

        @Doc("What the destination is (artemis, amqp)") @Default("queue")
        Type type,

        @Doc(
                "What belongs together: of Kafka the record's key, of RabbitMQ the routing key, of the others the message group")
        @Nullable
        Text key,

        @Doc(
                "Headers of the message: text, numbers, true or false; one that reads an input which is not given is left out")
        @Default("{}")
        Map<String, Text> headers) {

    /** @throws IllegalArgumentException if the keys do not fit the operation */
    public QueueConfig {
        if (op == Op.SEND && destination == null) {
            throw new IllegalArgumentException("a message needs a 'destination'");
        }
        if (op == Op.CHECK && (key != null || !headers.isEmpty())) {
            throw new IllegalArgumentException("'key' and 'headers' belong to a message that is sent");
        }
    }

    /** The operations. */
    public enum Op {
        /** Sends the payload as a message; done when the broker has confirmed it. */
        SEND,
        /** Connects, and looks whether the destination is there. */
        CHECK
    }

    /** What a destination is to brokers that have both. */
    public enum Type {
        /** Each message goes to one reader. */
        QUEUE,
        /** Each message goes to every subscription. */
        TOPIC
    }
}
