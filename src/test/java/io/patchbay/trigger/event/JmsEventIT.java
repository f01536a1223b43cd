package io.patchbay.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.connector.broker.ArtemisServer;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.trigger.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending and reading by Artemis' own protocol and by AMQP 1.0. */
class JmsEventIT {

    private static ArtemisServer server;
    private static int number;

    @TempDir
    Path home;

    private Messages messages;
    private String queue;

    @BeforeAll
    static void start() throws Exception {
        server = new ArtemisServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        messages = new Messages(home);
        queue = "orders." + number++;
        server.queue(queue);
    }

    @AfterEach
    void close() throws Exception {
        messages.close();
    }

    private void use(String protocol) throws Exception {
        use(protocol, "password: '${secret.PASSWORD}'");
    }

    private void use(String protocol, String password) throws Exception {
        messages.instance(
                protocol,
                "auth: password, settings: {addresses: '127.0.0.1:" + server.port(protocol)
                        + "', tls: false, user: ada, " + password + "}");
    }

    private void awaitEmpty() {
        await().atMost(Messages.PATIENCE).until(() -> server.held(queue) == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void aMessageThatIsSentBecomesAStart(String protocol) throws Exception {
        use(protocol);
        messages.listen(Messages.on(queue, Event.Type.QUEUE, List.of("source"), null, 10_000));

        Payload answer = messages.send(queue, "{\"order\":\"Ü-1\"}", Map.of("source", "web shop", "key", "k1"));

        messages.awaitStarts(1);
        Messages.Started start = messages.started.get(0);
        assertThat(answer.tree().path("destination").asText()).isEqualTo(queue);
        assertThat(start.text()).isEqualTo("{\"order\":\"Ü-1\"}");
        assertThat(start.body().contentType()).isEqualTo("application/json");
        assertThat(start.flow()).isEqualTo("orders");
        assertThat(start.trigger()).isEqualTo("event");
        assertThat(start.meta())
                .containsEntry("event.destination", queue)
                .containsEntry("event.key", "k1")
                .containsEntry("header.source", "web shop")
                .containsKeys("event.id", "event.sentAt")
                .doesNotContainKey("header.messageId");
        awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void bytesStayBytes(String protocol) throws Exception {
        use(protocol);
        messages.listen(Messages.on(queue, Event.Type.QUEUE, List.of(), null, 1_000_000));
        String large = "x".repeat(300_000);

        messages.send("messages.send", queue, Messages.payload(large, "application/octet-stream"), Map.of());
        messages.send("messages.send", queue, Messages.payload("small", "application/pdf"), Map.of());

        messages.awaitStarts(2);
        assertThat(messages.started.get(0).text()).isEqualTo(large);
        assertThat(messages.started.get(1).text()).isEqualTo("small");
        assertThat(messages.started.get(1).body().contentType()).isEqualTo("application/pdf");
        awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void eachRecordOfAListBecomesAMessage(String protocol) throws Exception {
        use(protocol);
        messages.listen(Messages.on(queue));

        messages.send("records.send", queue, World.payload("[{\"n\":1},{\"n\":2}]"), Map.of());

        messages.awaitStarts(2);
        assertThat(messages.started)
                .extracting(Messages.Started::text)
                .containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void aMessageIsAcknowledgedOnlyWhenItsStartIsDurable(String protocol) throws Exception {
        use(protocol);
        CompletableFuture<String> durable = new CompletableFuture<>();
        messages.onStart = start -> durable;
        messages.listen(Messages.on(queue));
        messages.send(queue, "{}", Map.of());
        messages.awaitStarts(1);

        assertThat(server.held(queue)).isEqualTo(1);
        durable.complete("run");
        awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void whatWasReceivedAndIsNoStartYetComesAgainUnderTheSameId(String protocol) throws Exception {
        use(protocol);
        messages.onStart = start ->
                CompletableFuture.failedFuture(new IntakeRefusedException("the disk is full", Duration.ofSeconds(1)));
        messages.listen(Messages.on(queue));
        messages.send(queue, "{}", Map.of());
        messages.awaitStarts(1);

        messages.restart();
        messages.onStart = start -> CompletableFuture.completedFuture(start.id());
        messages.listen(Messages.on(queue));

        awaitEmpty();
        assertThat(messages.started)
                .extracting(Messages.Started::id)
                .containsOnly(messages.started.get(0).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void aBrokenConnectionBeforeTheAcknowledgementDoublesNothing(String protocol) throws Exception {
        use(protocol);
        messages.onStart = start -> {
            if (messages.started.size() == 1) {
                server.cut();
            }
            return CompletableFuture.completedFuture(start.id());
        };
        messages.send(queue, "{}", Map.of());
        messages.listen(Messages.on(queue));

        awaitEmpty();
        assertThat(messages.started).hasSizeGreaterThan(1);
        assertThat(messages.started)
                .extracting(Messages.Started::id)
                .containsOnly(messages.started.get(0).id());
    }

    @Test
    void startsThatFindNoRoomAreWrittenWhenThereIsSome() throws Exception {
        use("artemis");
        messages.onStart = start -> messages.started.size() < 3
                ? CompletableFuture.failedFuture(new IntakeRefusedException("full", Duration.ofSeconds(1)))
                : CompletableFuture.completedFuture(start.id());
        messages.listen(Messages.on(queue));
        messages.send(queue, "{}", Map.of());

        awaitEmpty();
        assertThat(messages.started).hasSize(3);
        assertThat(messages.started)
                .extracting(Messages.Started::id)
                .containsOnly(messages.started.get(0).id());
    }

    @Test
    void whatIsTooLargeGoesAsideAndTheRestGoesOn() throws Exception {
        use("artemis");
        messages.listen(Messages.on(queue, Event.Type.QUEUE, List.of(), null, 20));
        String large = "{\"text\":\"" + "x".repeat(50) + "\"}";
        messages.send(queue, large, Map.of("source", "shop"));
        messages.send(queue, "{\"n\":2}", Map.of());

        messages.awaitStarts(1);
        awaitEmpty();
        assertThat(messages.started.get(0).text()).isEqualTo("{\"n\":2}");
        try (Stream<Path> files = Files.list(home.resolve("data/aside/orders"))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSize(2);
            assertThat(all.get(0)).hasContent(large);
            var about = Json.MAPPER.readTree(Files.readString(all.get(1)));
            assertThat(about.path("why").asText()).isEqualTo("it has 61 bytes, more than maxSize");
            assertThat(about.path("headers").path("source").asText()).isEqualTo("shop");
            assertThat(about.path("event").path("destination").asText()).isEqualTo(queue);
        }
    }

    @Test
    void ofSeveralWithTheSendersIdTheFirstOneStarts() throws Exception {
        use("artemis");
        messages.listen(Messages.on(queue, Event.Type.QUEUE, List.of(), "source", 10_000));
        messages.send(queue, "{\"n\":1}", Map.of("source", "a"));
        messages.send(queue, "{\"n\":2}", Map.of("source", "a", "key", "other"));
        messages.send(queue, "{\"n\":3}", Map.of("source", "b"));

        messages.awaitStarts(3);
        awaitEmpty();
        assertThat(messages.started.get(0).id())
                .isEqualTo(messages.started.get(1).id());
        assertThat(messages.started.get(2).id())
                .isNotEqualTo(messages.started.get(0).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void aTopicIsReadByASubscriptionThatOutlivesTheReader(String protocol) throws Exception {
        use(protocol);
        String topic = "news." + number++;
        server.topic(topic);
        Event what = Messages.on(topic, Event.Type.TOPIC, List.of(), null, 10_000);
        messages.listen(what);
        AtomicInteger tries = new AtomicInteger();
        await().atMost(Messages.PATIENCE).until(() -> {
            messages.send(
                    "messages.publish",
                    topic,
                    Messages.payload("{\"try\":" + tries.incrementAndGet() + "}", "application/json"),
                    Map.of());
            return !messages.started.isEmpty();
        });
        messages.restart();
        int before = messages.started.size();

        messages.send("messages.publish", topic, Messages.payload("{\"n\":9}", "application/json"), Map.of());
        messages.listen(what);

        messages.awaitStarts(before + 1);
        assertThat(messages.started.get(messages.started.size() - 1).text()).isEqualTo("{\"n\":9}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void aWrongPasswordIsSaidSo(String protocol) throws Exception {
        messages.world.secret("WRONG", "battery staple");
        use(protocol, "password: '${secret.WRONG}'");

        assertThatThrownBy(() -> messages.send(queue, "{}", Map.of()))
                .isInstanceOfSatisfying(StepException.class, e -> {
                    assertThat(e.code()).isEqualTo("AUTH_FAILED");
                    assertThat(e.getMessage()).doesNotContain("battery");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"artemis", "amqp"})
    void theCheckTellsWhetherADestinationIsThere(String protocol) throws Exception {
        use(protocol);

        Payload there = messages.send("broker.check", queue, Messages.payload("", "text/plain"), Map.of());

        assertThat(there.tree().path("connected").asBoolean()).isTrue();
    }

    @Test
    void theCheckOfArtemisMissesAQueueThatIsNotThere() throws Exception {
        use("artemis");

        assertThatThrownBy(() -> messages.send("broker.check", "nowhere", Messages.payload("", "text/plain"), Map.of()))
                .isInstanceOfSatisfying(
                        StepException.class, e -> assertThat(e.code()).isEqualTo("DESTINATION_NOT_FOUND"));
    }

    @Test
    void aBrokerThatKnowsIdsDropsARepeatedMessage() throws Exception {
        use("artemis");

        messages.send(queue, "{\"n\":1}", Map.of());
        messages.send(queue, "{\"n\":1}", Map.of());

        assertThat(server.held(queue)).isEqualTo(1);
    }

    @Test
    void aSenderConnectsAnewAfterItsConnectionBroke() throws Exception {
        use("artemis");
        messages.send(queue, "{\"n\":1}", Map.of());
        server.cut();

        await().atMost(Messages.PATIENCE).ignoreExceptions().until(() -> {
            messages.send(queue, "{\"n\":2}", Map.of());
            return server.held(queue) >= 1;
        });
    }
}
