package io.patchbay.connector.broker.kafka;

import io.patchbay.connector.broker.Access;
import io.patchbay.connector.broker.Broker.Subscription;
import io.patchbay.connector.broker.BrokerTls;
import io.patchbay.payload.StepException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The settings of Kafka's clients. */
final class KafkaSettings {

    private static final int LEAST_TIMEOUT = 1_000;
    /** A cluster that works tells its servers at once. */
    private static final int LONGEST_LOOK = 10_000;

    private static final int FETCHED = 8 << 20;

    private final Access access;
    private final @Nullable SSLContext context;

    /** @throws StepException when certificates and key cannot be used for TLS */
    KafkaSettings(Access access) throws StepException {
        this.access = access;
        BrokerTls tls = access.tls();
        this.context = tls == null ? null : tls.context(access.certificates());
    }

    private int timeout() {
        return (int) Math.max(LEAST_TIMEOUT, access.timeout().toMillis());
    }

    private Properties common() {
        Properties all = new Properties();
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, access.address().list());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, "patchbay");
        all.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                access.connectTimeout().toMillis());
        all.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                access.connectTimeout().toMillis());
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout());
        boolean login = access.user() != null;
        all.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                login ? (context == null ? "SASL_PLAINTEXT" : "SASL_SSL") : context == null ? "PLAINTEXT" : "SSL");
        if (login) {
            all.put(SaslConfigs.SASL_MECHANISM, access.address().mechanism());
            all.put(SaslConfigs.SASL_JAAS_CONFIG, login());
        }
        if (context != null) {
            all.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, ContextEngines.class);
            all.put(ContextEngines.CONTEXT, context);
        }
        return all;
    }

    /** The login as JAAS writes it; inside quotes only backslash and quote mean something. */
    private String login() {
        String module = access.address().mechanism().equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return module + " required username=" + quoted(String.valueOf(access.user())) + " password="
                + quoted(String.valueOf(access.password())) + ";";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    Properties admin() {
        Properties all = common();
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, look());
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, look());
        return all;
    }

    /** How long the cluster may take to tell about itself, in milliseconds. */
    int look() {
        return Math.min(LONGEST_LOOK, timeout());
    }

    Properties producer() {
        Properties all = common();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout());
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout());
        // The broker says what is too large, not the client.
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int) Math.min(Integer.MAX_VALUE, access.largest() + 65_536));
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return all;
    }

    Properties consumer(Subscription subscription) {
        Properties all = common();
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, subscription.group());
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, subscription.fromLatest() ? "latest" : "earliest");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, subscription.prefetch());
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return all;
    }

    <T> T wait(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(look() + 1_000L, TimeUnit.MILLISECONDS);
    }
}
