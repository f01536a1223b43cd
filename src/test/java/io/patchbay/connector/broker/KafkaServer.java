package io.patchbay.connector.broker;

import static org.awaitility.Awaitility.await;

import io.patchbay.connector.ServerKey;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker with its controller in this process. */
public final class KafkaServer implements AutoCloseable {

    private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" password=\"correct horse\"";

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

    private final Admin admin;

    public KafkaServer() {
        this(Map.of(), Map.of());
    }

    /** A broker behind TLS that takes user ada with the password 'correct horse', by PLAIN, and who is {@link #scramUser added}. */
    public KafkaServer(ServerKey key) {
        this(
                Map.ofEntries(
                        Map.entry("listener.security.protocol.map", "EXTERNAL:SASL_SSL,CONTROLLER:PLAINTEXT"),
                        Map.entry("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512"),
                        Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                        Map.entry(
                                "listener.name.external.plain.sasl.jaas.config",
                                LOGIN + " user_ada=\"correct horse\";"),
                        Map.entry("listener.name.external.scram-sha-256.sasl.jaas.config", SCRAM),
                        Map.entry("listener.name.external.scram-sha-512.sasl.jaas.config", SCRAM),
                        Map.entry("ssl.keystore.type", "PKCS12"),
                        Map.entry("ssl.keystore.location", key.store().toString()),
                        Map.entry("ssl.keystore.password", ServerKey.PASSWORD),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry("ssl.truststore.certificates", key.pem())),
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

    /** Adds a user who logs in by SCRAM, and waits until the broker knows. */
    public void scramUser(String user, String password) throws Exception {
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(mechanism, 4_096), password)))
                    .all()
                    .get();
        }
        await().ignoreExceptions()
                .until(() -> admin.describeUserScramCredentials(List.of(user))
                                .description(user)
                                .get()
                                .credentialInfos()
                                .size()
                        == 2);
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
