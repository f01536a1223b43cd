package io.patchbay.connector.broker;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.DailyLook;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.TlsHandshake;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client reaches the brokers of an instance.
 *
 * @param address where they are
 * @param hosts what may be called
 * @param user name to log in with; null for none, and for a certificate
 * @param password of the user
 * @param tls what is shown and trusted; null without TLS
 * @param certificates is told what brokers show
 * @param look tells it where the client does not
 * @param timeout longest wait for an answer
 * @param connectTimeout longest wait for a connection
 * @param largest most bytes of a message
 * @param workFolder for files that a client can only read from disk
 */
public record Access(
        BrokerAddress address,
        Hosts hosts,
        @Nullable String user,
        @Nullable String password,
        @Nullable BrokerTls tls,
        ServerCertificates certificates,
        DailyLook look,
        Duration timeout,
        Duration connectTimeout,
        long largest,
        Path workFolder) {

    static Access of(Instance instance, CallScope settings, ConnectorServices services, ServerCertificates certificates)
            throws StepException {
        BrokerAddress address =
                BrokerAddress.parse(instance.connector().requester().baseUrl().text(settings));
        AuthMethod method = instance.auth();
        boolean certificate = method.config().type() == AuthConfig.Type.MTLS;
        if (certificate && !address.tls()) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_AUTH", "auth '" + method.id() + "' shows a certificate, which needs tls=true");
        }
        boolean pair = method.config().type() == AuthConfig.Type.BASIC;
        RequesterConfig requester = instance.connector().requester().config();
        BrokerTls tls = address.tls() ? BrokerTls.of(method, settings) : null;
        Hosts hosts = Hosts.of(instance, address.hosts(), settings).by(services.names());
        return new Access(
                address,
                hosts,
                pair ? text(method.username(), settings) : null,
                pair ? text(method.password(), settings) : null,
                tls,
                certificates,
                new DailyLook(instance.name(), services, () -> {
                    if (tls != null) {
                        shakeHands(address, hosts, tls.context(certificates), requester.connectTimeout(), services);
                    }
                }),
                requester.timeout(),
                requester.connectTimeout(),
                requester.maxResponse().toBytes(),
                services.spill());
    }

    private static void shakeHands(
            BrokerAddress address, Hosts hosts, SSLContext tls, Duration patience, ConnectorServices services)
            throws IOException, StepException {
        TlsHandshake handshake = new TlsHandshake(tls, patience, services.timer());
        for (BrokerAddress.Server server : address.servers()) {
            handshake.with(server.host(), hosts.address(server.host()), server.port(), plain -> {});
        }
    }

    private static String text(@Nullable Template template, CallScope settings) {
        return Objects.requireNonNull(template).text(settings);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address.shown();
    }
}
