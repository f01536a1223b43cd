package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.connector.Catalog;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Starts a run for every message of a broker's queue or topic. A message is acknowledged when its start is on disk, never before.
 *
 * @param instance the connector instance
 * @param destination the queue or topic
 * @param type what the destination is to brokers that have both
 * @param group under what name the broker remembers how far this flow came; made of the flow's id when null
 * @param from where a group that the broker does not know yet begins
 * @param selector which messages are meant; all when null
 * @param prefetch most messages in hand
 * @param maxSize largest message that is taken
 * @param contentType media type of messages that say none
 * @param headers headers kept as metadata {@code header.NAME}
 * @param dedupe the header with the sender's own id of a message; null when only redeliveries are dropped
 */
@Doc("Starts a run for every message of a broker's queue or topic; it is acknowledged when the start is on disk.")
public record Event(
        @Doc("The connector instance: a message broker.") String instance,

        @Doc("The queue or topic.") String destination,

        @Doc("What the destination is, for brokers that have both (artemis, amqp).") @Default("queue")
        Type type,

        @Doc(
                "Under what name the broker remembers how far this flow came: consumer group of Kafka, durable subscription of a"
                        + " topic. By default patchbay-FLOW.")
        @Nullable
        String group,

        @Doc("Where a group begins that the broker does not know yet (kafka).") @Default("earliest")
        From from,

        @Doc("Which messages are meant, as JMS selectors are written (artemis, amqp).") @Nullable
        String selector,

        @Doc("Most messages in hand, from 1 to 1000.") @Default("50") @Range(min = 1, max = 1000)
        int prefetch,

        @Doc("Largest message that is taken; a larger one goes aside.") @Default("10MB")
        DataSize maxSize,

        @Doc("Media type of messages that say none, like application/json.") @Nullable
        String contentType,

        @Doc("Headers kept as metadata 'header.NAME'.") @Default("[]")
        List<String> headers,

        @Doc("The header with the sender's own id of a message: of those with the same id the first one starts a run."
                + " Without it, messages that the broker gives again are dropped.")
        @Nullable
        String dedupe)
        implements Trigger {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_HEADERS = 32;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(; ?charset=[A-Za-z0-9_-]+)?");

    /** What a destination is. */
    public enum Type {
        /** Each message goes to one reader. */
        QUEUE,
        /** Each message goes to every subscription. */
        TOPIC
    }

    /** Where a group begins. */
    public enum From {
        /** With the oldest message that is there. */
        EARLIEST,
        /** With what comes from now on. */
        LATEST
    }

    public Event {
        headers = List.copyOf(headers);
        boolean control = destination.chars().anyMatch(Character::isISOControl);
        if (destination.isEmpty() || destination.length() > LONGEST_NAME || control || destination.contains("?")) {
            throw new IllegalArgumentException("'destination' is the name of a queue or topic, without '?'");
        }
        if (group != null && !GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException("'group' is a name like orders-to-erp");
        }
        if (contentType != null && !MEDIA_TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("'" + contentType + "' is not a media type like application/json");
        }
        if (maxSize.toBytes() < 1 || maxSize.toBytes() > DataSize.ofGigabytes(1).toBytes()) {
            throw new IllegalArgumentException("'maxSize' must be from 1B to 1GB");
        }
        if (headers.size() > MOST_HEADERS) {
            throw new IllegalArgumentException("at most " + MOST_HEADERS + " headers can be kept");
        }
        for (String header : headers) {
            checkHeader(header);
        }
        if (dedupe != null) {
            checkHeader(dedupe);
        }
    }

    private static void checkHeader(String name) {
        if (!HEADER.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a header's name, like source or shop-id");
        }
        if (Kept.credential(name)) {
            throw new IllegalArgumentException(
                    "header '" + name + "' carries a credential and cannot be kept with the payload");
        }
    }

    /** The name under which the broker remembers a flow. */
    public String groupOf(String flow) {
        return group == null ? "patchbay-" + flow : group;
    }

    @Override
    public String kind() {
        return "event";
    }

    @Override
    public void check(Placed at, Surroundings around, Problems problems) {
        Catalog catalog = around.services().get(Catalog.class) instanceof Catalog known ? known : Catalog.EMPTY;
        if (catalog.instance(instance) == null) {
            catalog.missing(instance, at.at("instance"), problems);
        } else if (!catalog.holdsMessages(instance)) {
            List<String> others = catalog.instanceNames().stream()
                    .filter(catalog::holdsMessages)
                    .sorted()
                    .toList();
            problems.error(
                    at.at("instance"),
                    "NO_MESSAGES",
                    "instance '" + instance + "' is no message broker, so no message comes from it",
                    others.isEmpty() ? null : "brokers are " + String.join(", ", others));
        } else {
            checkProtocol(catalog, at, problems);
        }
    }

    /** What a broker does not have would be ignored without a word. */
    private void checkProtocol(Catalog catalog, Placed at, Problems problems) {
        var known = catalog.instance(instance);
        String address = known == null
                ? ""
                : known.connector().requester().config().baseUrl().node().text();
        boolean kafka = address.startsWith("kafka:");
        boolean jms = address.startsWith("artemis:") || address.startsWith("amqp:");
        if (from == From.LATEST && !kafka) {
            refuse("from", "a start position is for kafka", at, problems);
        }
        if (selector != null && !jms) {
            refuse("selector", "selectors are for artemis and amqp", at, problems);
        }
        if (type == Type.TOPIC && !jms) {
            refuse("type", kafka ? "kafka has nothing but topics" : "rabbitmq is read by queues", at, problems);
        }
        if (group != null && !kafka && type == Type.QUEUE) {
            refuse("group", "a group is for kafka, and for topics of artemis and amqp", at, problems);
        }
    }

    private void refuse(String key, String why, Placed at, Problems problems) {
        problems.error(
                at.at(key),
                "NOT_HERE",
                "'" + key + "' has no meaning for the broker of instance '" + instance + "': " + why,
                null);
    }
}
