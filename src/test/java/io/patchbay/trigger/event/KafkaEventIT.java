package io.patchbay.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.connector.broker.KafkaServer;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.trigger.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending to and reading from Kafka. */
class KafkaEventIT {

    private static KafkaServer server;
    private static int number;

    @TempDir
    Path home;

    private Messages messages;
    private String topic;

    @BeforeAll
    static void start() {
        server = new KafkaServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        messages = new Messages(home);
        topic = "orders." + number++;
        server.topic(topic, 1);
        messages.instance("kafka", "auth: none, settings: {addresses: '" + server.addresses() + "', tls: false}");
    }

    @AfterEach
    void close() throws Exception {
        messages.close();
    }

    /** A trigger whose group is the topic's own. */
    private Event on(int prefetch) {
        return new Event(
                "broker",
                topic,
                Event.Type.QUEUE,
                "group-" + topic,
                Event.From.EARLIEST,
                null,
                prefetch,
                org.springframework.util.unit.DataSize.ofBytes(10_000),
                null,
                List.of("source"),
                null);
    }

    private void awaitCommitted(long offset) {
        await().atMost(Messages.PATIENCE).until(() -> server.committed("group-" + topic) == offset);
    }

    @Test
    void aRecordThatIsSentBecomesAStart() throws Exception {
        Payload answer = messages.send(topic, "{\"n\":1}", Map.of("source", "shop", "key", "k1"));
        messages.listen(on(10));

        messages.awaitStarts(1);
        Messages.Started start = messages.started.get(0);
        assertThat(answer.tree().path("offset").asInt(-1)).isZero();
        assertThat(start.text()).isEqualTo("{\"n\":1}");
        assertThat(start.body().contentType()).isEqualTo("application/json");
        assertThat(start.meta())
                .containsEntry("event.destination", topic)
                .containsEntry("event.partition", "0")
                .containsEntry("event.offset", "0")
                .containsEntry("event.key", "k1")
                .containsEntry("event.id", answer.tree().path("id").asText())
                .containsEntry("header.source", "shop");
        awaitCommitted(1);
    }

    @Test
    void eachRecordOfAListBecomesAMessage() throws Exception {
        messages.send("records.send", topic, World.payload("[{\"n\":1},{\"n\":2}]"), Map.of());
        messages.listen(on(10));

        messages.awaitStarts(2);
        assertThat(messages.started).extracting(Messages.Started::text).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void anOffsetIsCommittedOnlyWhenTheStartIsDurable() throws Exception {
        CompletableFuture<String> durable = new CompletableFuture<>();
        messages.onStart = start -> durable;
        messages.send(topic, "{}", Map.of());
        messages.listen(on(10));
        messages.awaitStarts(1);

        assertThat(server.committed("group-" + topic)).isZero();
        durable.complete("run");
        awaitCommitted(1);
    }

    @Test
    void whatIsNoStartYetComesAgainUnderTheSameId() throws Exception {
        messages.onStart = start ->
                CompletableFuture.failedFuture(new IntakeRefusedException("the disk is full", Duration.ofSeconds(1)));
        for (int i = 0; i < 3; i++) {
            messages.send(topic, "{\"n\":" + i + "}", Map.of());
        }
        messages.listen(on(10));
        messages.awaitStarts(1);

        messages.restart();
        List<String> before =
                messages.started.stream().map(Messages.Started::id).distinct().toList();
        messages.started.clear();
        messages.onStart = start -> CompletableFuture.completedFuture(start.id());
        messages.listen(on(10));

        awaitCommitted(3);
        assertThat(messages.started).extracting(Messages.Started::text).doesNotHaveDuplicates();
        assertThat(messages.started).extracting(Messages.Started::id).containsAll(before);
    }

    @Test
    void afterARestartItGoesOnWhereItCame() throws Exception {
        messages.send(topic, "{\"n\":1}", Map.of());
        messages.listen(on(1));
        awaitCommitted(1);
        messages.restart();
        messages.send(topic, "{\"n\":2}", Map.of());
        messages.listen(on(1));

        awaitCommitted(2);
        assertThat(messages.started).hasSize(2);
        assertThat(messages.started.get(1).text()).isEqualTo("{\"n\":2}");
    }

    @Test
    void aGroupThatBeginsWithTheLatestSkipsWhatIsThere() throws Exception {
        messages.send(topic, "{\"n\":1}", Map.of());
        messages.listen(new Event(
                "broker",
                topic,
                Event.Type.QUEUE,
                "late-" + topic,
                Event.From.LATEST,
                null,
                10,
                org.springframework.util.unit.DataSize.ofBytes(10_000),
                null,
                List.of(),
                null));

        await().atMost(Messages.PATIENCE).until(() -> {
            messages.send(topic, "{\"n\":2}", Map.of());
            return !messages.started.isEmpty();
        });
        assertThat(messages.started.get(0).text()).isEqualTo("{\"n\":2}");
    }

    @Test
    void itStaysInItsGroupWhileStartsFindNoRoom() throws Exception {
        CountDownLatch refusals = new CountDownLatch(3);
        messages.onStart = start -> {
            refusals.countDown();
            return refusals.getCount() > 0
                    ? CompletableFuture.failedFuture(new IntakeRefusedException("full", Duration.ofSeconds(1)))
                    : CompletableFuture.completedFuture(start.id());
        };
        messages.send(topic, "{}", Map.of());
        messages.listen(on(1));

        awaitCommitted(1);
        assertThat(messages.started).hasSize(3);
        assertThat(messages.started)
                .extracting(Messages.Started::id)
                .containsOnly(messages.started.get(0).id());
    }

    @Test
    void recordsOfOneKeyStayInOrder() throws Exception {
        for (int i = 0; i < 25; i++) {
            messages.send(topic, "{\"n\":" + i + "}", Map.of("key", "k"));
        }
        messages.listen(on(7));

        awaitCommitted(25);
        List<String> read = messages.started.stream()
                .map(start -> start.meta().get("event.offset"))
                .toList();
        assertThat(read)
                .hasSize(25)
                .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
    }

    @Test
    void aTopicThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> messages.send("broker.check", "nowhere", Messages.payload("", "text/plain"), Map.of()))
                .isInstanceOfSatisfying(
                        StepException.class, e -> assertThat(e.code()).isEqualTo("DESTINATION_NOT_FOUND"));
    }

    @Test
    void aClusterThatSendsItsClientsToOtherHostsIsRefused() throws Exception {
        // The servers call themselves localhost: not a host of this instance.
        String other = server.addresses().replace("localhost", "127.0.0.1");
        messages.instance("kafka", "auth: none, settings: {addresses: '" + other + "', tls: false}");

        assertThatThrownBy(() -> messages.send(topic, "{}", Map.of()))
                .isInstanceOfSatisfying(
                        StepException.class, e -> assertThat(e.code()).isEqualTo("HOST_NOT_ALLOWED"));
    }
}
