package io.patchbay.connector.broker;

import io.patchbay.connector.ServerKey;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker with its controller in this process. */
public final class KafkaServer implements AutoCloseable {

    private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" password=\"correct horse\"";

    private final Admin admin;

    public KafkaServer() {
        this(Map.of(), Map.of());
    }

    /** A broker behind TLS that takes user ada with the password 'correct horse', by PLAIN. */
    public KafkaServer(ServerKey key) {
        this(
                Map.of(
                        "listener.security.protocol.map", "EXTERNAL:SASL_SSL,CONTROLLER:PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.external.plain.sasl.jaas.config", LOGIN + " user_ada=\"correct horse\";",
                        "ssl.keystore.type", "PKCS12",
                        "ssl.keystore.location", key.store().toString(),
                        "ssl.keystore.password", ServerKey.PASSWORD,
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.certificates", key.pem()),
                Map.of(
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", LOGIN + ";",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.certificates", key.pem()));
    }

    private KafkaServer(Map<String, String> settings, Map<String, String> operator) {
        for (String chatty : List.of("org.apache.kafka", "kafka", "org.apache.zookeeper", "state.change.logger")) {
            ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger(chatty))
                    .setLevel(ch.qos.logback.classic.Level.ERROR);
        }
        broker.brokerProperty("auto.create.topics.enable", "false");
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        settings.forEach(broker::brokerProperty);
        broker.afterPropertiesSet();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.getBrokersAsString());
        properties.putAll(operator);
        admin = Admin.create(properties);
    }

    public String addresses() {
        return broker.getBrokersAsString();
    }

    public void topic(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get();
    }

    /** What a group has committed in all. */
    public long committed(String group) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    }

    @Override
    public void close() {
        admin.close();
        broker.destroy();
    }
}
