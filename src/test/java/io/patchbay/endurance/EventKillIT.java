package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.broker.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the whole program while it takes messages of a broker: each one is a run, and none is two. */
class EventKillIT {

    private static final String FLOW = "orders-by-message";
    private static final int BEFORE = 120;
    private static final int AFTER = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void everyMessageIsOneRunOverAKill() throws Exception {
        Path home = folder.resolve("home");
        try (KafkaServer kafka = new KafkaServer();
                Program program = new Program(home)) {
            kafka.topic("orders", 2);
            write(home, kafka.addresses());
            send(kafka, 0, BEFORE);
            program.start();
            program.awaitReady();
            Awaitility.await("some messages were taken")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> written(home) > 10);
            program.kill();

            send(kafka, BEFORE, AFTER);
            program.start();
            program.awaitReady();

            Awaitility.await("all messages have arrived")
                    .atMost(PATIENCE)
                    .until(() -> written(home) == BEFORE + AFTER
                            && kafka.committed("patchbay-" + FLOW) == BEFORE + AFTER
                            && program.all("/api/v1/runs?status=running").isEmpty()
                            && program.all("/api/v1/runs?status=queued").isEmpty());
            List<JsonNode> runs = program.all("/api/v1/runs?flow=" + FLOW);
            assertThat(runs).as("no message was started twice").hasSize(BEFORE + AFTER);
            program.stop();
        }
    }

    private static void write(Path home, String addresses) throws Exception {
        for (String connector : List.of("kafka", "local-folder")) {
            Path definition = Path.of("connectors", connector, "connector.yaml");
            Path copy = home.resolve(definition);
            Files.createDirectories(copy.resolveSibling("instances"));
            Files.copy(definition, copy);
        }
        Files.writeString(
                home.resolve("connectors/kafka/instances/broker.yaml"),
                "{instance: broker, connector: kafka, auth: none, settings: {addresses: '" + addresses
                        + "', tls: false}}");
        Files.writeString(
                home.resolve("connectors/local-folder/instances/outbox.yaml"),
                "{instance: outbox, connector: local-folder, settings: {folder: data/outbox}}");
        Path flow = home.resolve("routes/" + FLOW + ".flow.yaml");
        Files.createDirectories(flow.getParent());
        Files.writeString(flow, """
                flow: orders-by-message
                settings: { overlap: parallel, concurrency: 8 }
                trigger:
                  - event: { instance: broker, destination: orders, contentType: application/json, prefetch: 20 }
                shapes:
                  - connection: { instance: outbox, endpoint: files.put, with: { path: "${meta.event.partition}-${meta.event.offset}.json" } }
                """);
    }

    private static void send(KafkaServer kafka, int from, int count) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka.addresses());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = from; i < from + count; i++) {
                byte[] order = ("{\"id\": " + i + "}").getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("orders", order));
            }
        }
    }

    private static long written(Path home) throws Exception {
        Path outbox = home.resolve("data/outbox");
        if (!Files.isDirectory(outbox)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }
}
