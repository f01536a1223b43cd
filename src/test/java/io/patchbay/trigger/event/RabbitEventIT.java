package io.patchbay.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.patchbay.connector.broker.QpidServer;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.trigger.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending and reading by AMQP 0-9-1; the broker is Qpid Broker-J. */
class RabbitEventIT {

    @TempDir
    static Path work;

    private static QpidServer server;
    private static int number;

    @TempDir
    Path home;

    private Messages messages;
    private String queue;

    @BeforeAll
    static void start() throws Exception {
        server = new QpidServer(work);
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
        use("${secret.PASSWORD}");
    }

    private void use(String password) throws Exception {
        messages.instance(
                "rabbitmq",
                "auth: password, settings: {addresses: '127.0.0.1:" + server.port()
                        + "', virtualHost: shop, tls: false, user: ada, password: '" + password + "'}");
    }

    @AfterEach
    void close() throws Exception {
        messages.close();
    }

    private void sendPlain(AMQP.BasicProperties properties, String body) throws Exception {
        try (Channel channel = server.channel()) {
            channel.basicPublish("", queue, properties, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private StepException failure(String endpoint, String destination) {
        StepException[] thrown = new StepException[1];
        assertThatThrownBy(() ->
                        messages.send(endpoint, destination, Messages.payload("{}", "application/json"), Map.of()))
                .isInstanceOfSatisfying(StepException.class, e -> thrown[0] = e);
        return thrown[0];
    }

    @Test
    void aMessageIsPersistentAndSaysWhatItIs() throws Exception {
        messages.send(queue, "{\"n\":1}", Map.of("source", "shop"));

        try (Channel channel = server.channel()) {
            GetResponse got = channel.basicGet(queue, true);
            assertThat(got.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("{\"n\":1}");
            assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
            assertThat(got.getProps().getContentType()).isEqualTo("application/json");
            assertThat(got.getProps().getMessageId()).isNotBlank();
            assertThat(got.getProps().getHeaders().get("source")).hasToString("shop");
        }
    }

    @Test
    void eachRecordOfAListBecomesAMessage() throws Exception {
        messages.send("records.send", queue, World.payload("[{\"n\":1},{\"n\":2}]"), Map.of());

        assertThat(server.depth(queue)).isEqualTo(2);
    }

    @Test
    void aMessageGoesThroughAnExchangeByItsRoutingKey() throws Exception {
        server.exchange("shop-events", queue, "orders.*");

        messages.world.answer(
                "connector:broker/messages.publish?exchange=shop-events&routingKey=orders.new",
                Messages.payload("{}", "application/json"),
                messages.attempt,
                null);

        assertThat(server.depth(queue)).isEqualTo(1);
        assertThatThrownBy(() -> messages.world.answer(
                        "connector:broker/messages.publish?exchange=shop-events&routingKey=nobody",
                        Messages.payload("{}", "application/json"),
                        messages.attempt,
                        null))
                .isInstanceOfSatisfying(
                        StepException.class, e -> assertThat(e.code()).isIn("NOT_ROUTED", "NOT_CONFIRMED"));
    }

    @Test
    void aQueueThatIsNotThereIsSaidSo() throws Exception {
        assertThat(failure("messages.send", "nowhere").code()).isIn("NOT_ROUTED", "NOT_CONFIRMED");
        assertThat(failure("broker.check", "nowhere").code()).isEqualTo("DESTINATION_NOT_FOUND");
    }

    @Test
    void aWrongPasswordIsSaidSo() throws Exception {
        messages.world.secret("WRONG", "battery staple");
        use("${secret.WRONG}");

        StepException failure = failure("messages.send", queue);

        assertThat(failure.code()).isEqualTo("AUTH_FAILED");
        assertThat(failure.getMessage()).doesNotContain("battery");
    }

    @Test
    void aMessageBecomesAStart() throws Exception {
        messages.listen(Messages.on(queue, Event.Type.QUEUE, List.of("shop"), null, 10_000));
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType("application/xml")
                .messageId("m-1")
                .correlationId("c-1")
                .headers(Map.of("shop", "uk", "secretish", "not kept"))
                .build();
        sendPlain(properties, "<order/>");

        messages.awaitStarts(1);
        Messages.Started start = messages.started.get(0);
        assertThat(start.text()).isEqualTo("<order/>");
        assertThat(start.body().contentType()).isEqualTo("application/xml");
        assertThat(start.meta())
                .containsEntry("event.id", "m-1")
                .containsEntry("event.correlationId", "c-1")
                .containsEntry("event.key", queue)
                .containsEntry("header.shop", "uk")
                .doesNotContainKey("header.secretish");
    }

    @Test
    void whatIsNoStartYetComesAgainUnderTheSameId() throws Exception {
        messages.onStart = start ->
                CompletableFuture.failedFuture(new IntakeRefusedException("the disk is full", Duration.ofSeconds(1)));
        messages.listen(Messages.on(queue));
        sendPlain(new AMQP.BasicProperties.Builder().messageId("m-1").build(), "{}");
        messages.awaitStarts(1);

        messages.restart();
        assertThat(server.depth(queue)).isEqualTo(1);
        messages.onStart = start -> CompletableFuture.completedFuture(start.id());
        int before = messages.started.size();
        messages.listen(Messages.on(queue));
        messages.awaitStarts(before + 1);
        messages.restart();

        assertThat(server.depth(queue)).isZero();
        assertThat(messages.started)
                .extracting(Messages.Started::id)
                .containsOnly(messages.started.get(0).id());
    }

    @Test
    void aSenderThatGivesAllItsMessagesTheSameIdLosesNone() throws Exception {
        messages.listen(Messages.on(queue));
        AMQP.BasicProperties same =
                new AMQP.BasicProperties.Builder().messageId("always").build();
        sendPlain(same, "{\"n\":1}");
        sendPlain(same, "{\"n\":2}");

        messages.awaitStarts(2);
        assertThat(messages.started.get(0).id())
                .isNotEqualTo(messages.started.get(1).id());
    }

    @Test
    void contentThatCannotBeReadGoesAside() throws Exception {
        messages.listen(Messages.on(queue));
        sendPlain(new AMQP.BasicProperties.Builder().contentEncoding("br").build(), "compressed");
        sendPlain(new AMQP.BasicProperties.Builder().build(), "plain");

        messages.awaitStarts(1);
        assertThat(messages.started.get(0).text()).isEqualTo("plain");
        assertThat(home.resolve("data/aside/orders")).isDirectoryContaining("glob:**.body");
        try (var files = Files.list(home.resolve("data/aside/orders"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void noMoreMessagesAreInHandThanThePrefetchSays() throws Exception {
        for (int i = 0; i < 30; i++) {
            sendPlain(new AMQP.BasicProperties.Builder().messageId("m" + i).build(), "{}");
        }
        CompletableFuture<String> durable = new CompletableFuture<>();
        messages.onStart = start -> durable;
        messages.listen(Messages.on(queue));

        messages.awaitStarts(1);

        int left = 0;
        try (Channel channel = server.channel()) {
            while (channel.basicGet(queue, true) != null) {
                left++;
            }
        }
        assertThat(left).isEqualTo(20);
        durable.complete("run");
        messages.awaitStarts(10);
        await().atMost(Messages.PATIENCE).until(() -> server.depth(queue) == 0);
    }
}
