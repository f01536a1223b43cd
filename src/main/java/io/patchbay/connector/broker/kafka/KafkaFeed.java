package io.patchbay.connector.broker.kafka;

import io.patchbay.connector.broker.Feed;
import io.patchbay.connector.broker.Received;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/** Records of a topic as one member of a consumer group. Offsets are committed when what lies before them is done. */
final class KafkaFeed implements Feed {

    private static final int MOST_HEADERS = 200;
    private static final byte[] NOTHING = {};

    private final Consumer<byte[], byte[]> consumer;
    private final Duration timeout;
    private final Function<Throwable, StepException> failure;
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> early = new ArrayList<>();
    private boolean moved;

    KafkaFeed(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Duration timeout,
            Function<Throwable, StepException> failure) {
        this.consumer = consumer;
        this.timeout = timeout;
        this.failure = failure;
        consumer.subscribe(List.of(topic), new Moves());
    }

    /** Where another reader is given what is in hand here, committing it would undo what that one has committed. */
    private final class Moves implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            moved |= partitions.stream().anyMatch(done::containsKey);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }

    @Override
    public List<Received> next(Duration atMost) throws StepException {
        List<Received> all = new ArrayList<>();
        try {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(early);
            early.clear();
            if (records.isEmpty()) {
                consumer.poll(atMost).forEach(records::add);
            }
            for (ConsumerRecord<byte[], byte[]> record : records) {
                all.add(received(record));
                done.put(
                        new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
            }
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            throw failure.apply(e);
        }
        return all;
    }

    private static Received received(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null && headers.size() < MOST_HEADERS) {
                headers.put(header.key(), text(header.value()));
            }
        }
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("destination", record.topic());
        facts.put("id", headers.getOrDefault("message-id", place));
        facts.put("partition", String.valueOf(record.partition()));
        facts.put("offset", String.valueOf(record.offset()));
        facts.put("sentAt", Instant.ofEpochMilli(record.timestamp()).toString());
        if (record.key() != null) {
            facts.put("key", text(record.key()));
        }
        byte[] value = record.value() == null ? NOTHING : record.value();
        return new Received(
                place,
                true,
                facts,
                headers,
                headers.get("content-type"),
                value.length,
                () -> new ByteArrayInputStream(value),
                null);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void done() throws StepException {
        checkMoved();
        try {
            consumer.commitSync(done, timeout);
            done.clear();
        } catch (KafkaException e) {
            throw failure.apply(e);
        }
    }

    /** A member that does not ask for so long is taken to be dead; asking while all is paused gives nothing. */
    @Override
    public void busy() throws StepException {
        try {
            Set<TopicPartition> mine = consumer.assignment();
            consumer.pause(mine);
            consumer.poll(Duration.ZERO).forEach(early::add); // of partitions that came meanwhile
            consumer.resume(consumer.assignment());
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            throw failure.apply(e);
        }
        checkMoved();
    }

    private void checkMoved() throws StepException {
        if (moved) {
            throw failure.apply(new KafkaException("another reader of the group was given what is in hand here"));
        }
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public void close() {
        try {
            consumer.close(timeout);
        } catch (KafkaException e) {
            // the group notices by itself that this member is gone
        }
    }
}
