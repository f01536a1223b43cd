package io.patchbay.connector.broker.kafka;

import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/** TLS of Kafka's clients by a context of ours, which notes what brokers show. The clients make it by its class. */
public final class ContextEngines implements SslEngineFactory {

    /** The setting that holds the context. */
    static final String CONTEXT = "patchbay.tls.context";

    private @Nullable SSLContext context;

    @Override
    public void configure(Map<String, ?> settings) {
        context = (SSLContext) settings.get(CONTEXT);
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String identification) {
        SSLEngine engine = Objects.requireNonNull(context).createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(identification);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        SSLEngine engine = Objects.requireNonNull(context).createSSLEngine(host, port);
        engine.setUseClientMode(false);
        return engine;
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> settings) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public @Nullable KeyStore keystore() {
        return null;
    }

    @Override
    public @Nullable KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {}
}
