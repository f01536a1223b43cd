package io.patchbay.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.connector.Names;
import io.patchbay.connector.camel.World;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import io.patchbay.sandbox.Authority;
import io.patchbay.sandbox.SandboxProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins that prove a connection, or that take a refusal first, through a proxy that wants a login of its own and passes the connection on
 * without looking into it.
 */
class ThroughTunnelTest {

    private static final String HOST = "bank.test";
    private static final String PASSWORD = "s3cret-of-the-bank";

    @TempDir
    private Path home;

    private final Authority authority = new Authority();
    private final SandboxProxy proxy = new SandboxProxy().wants("ada", "pr0xy-password");
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private @Nullable World world;
    private boolean asksForCertificates;

    @BeforeEach
    void listen() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.server(HOST)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(asksForCertificates);
                parameters.setSSLParameters(tls);
            }
        });
        server.start();
        proxy.passes(HOST, server.getAddress().getPort());
    }

    @AfterEach
    void close() throws Exception {
        if (world != null) {
            world.close();
        }
        server.stop(0);
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }

    private void open(String auth, HttpHandler answers) throws Exception {
        server.createContext("/me", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Proxy-Authorization")) {
                seen.add("the login of the proxy");
            }
            answers.handle(exchange);
            exchange.close();
        });
        authority.write(home.resolve("ca.pem"));
        Outbound way = Outbound.of(
                new OutboundProperties(
                        new ProxyProperties(proxy.address(), "ada", "pr0xy-password", List.of()), "ca.pem"),
                home);
        Names nobody = host -> {
            throw new UnknownHostException(host);
        };
        world = new World(home, nobody, way);
        Authority.Shown client = authority.client("patchbay");
        world.secret("PASSWORD", PASSWORD);
        world.secret("KEY", client.key());
        world.secret("CERT", client.certificate());
        world.write("connectors/bank/connector.yaml", """
            connector: bank
            version: 1.0.0
            settings: {properties: {}, secrets: [key, certificate, password]}
            auth: {a: {%s}}
            requester: {baseUrl: 'https://%s'}
            endpoints: {me.set: {kind: write, method: POST, path: /me}}
            """.formatted(auth, HOST));
        world.write(
                "connectors/bank/instances/bank.yaml",
                "{instance: bank, connector: bank, settings: {key: '${secret.KEY}', certificate: '${secret.CERT}', password:"
                        + " '${secret.PASSWORD}'}}");
        world.reload();
    }

    private void call() throws Exception {
        world.answer(
                "connector:bank/me.set",
                World.payload("{\"no\":7}"),
                new FakeAttempt(Map.of(), Map.of(), null, 0),
                null);
    }

    private void fine(HttpExchange exchange) throws IOException {
        seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        World.json(exchange, 200, "{}");
    }

    private List<String> tunnels() {
        return proxy.asked().stream()
                .map(one -> one.call().method() + " " + one.call().address() + " " + one.status())
                .toList();
    }

    @Test
    void aClientCertificateReachesTheSystem() throws Exception {
        asksForCertificates = true;
        open("type: mtls, key: '${settings.key}', certificate: '${settings.certificate}'", exchange -> {
            seen.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            fine(exchange);
        });

        call();

        assertThat(seen).containsExactly("CN=patchbay", "{\"no\":7}");
        assertThat(tunnels()).containsExactly("CONNECT //bank.test:443 200");
    }

    @Test
    void withoutTheCertificateTheSystemAndNotTheProxyRefuses() throws Exception {
        asksForCertificates = true;
        open("type: none", this::fine);

        StepException failure = catchThrowableOfType(StepException.class, this::call);

        assertThat(failure.code()).isNotEqualTo("PROXY_FAILED");
        assertThat(failure.getMessage()).doesNotContain("proxy");
        assertThat(seen).isEmpty();
    }

    @Test
    void aWindowsLoginProvesTheConnectionInTheTunnel() throws Exception {
        NtlmServer windows = new NtlmServer("ada", "ACME", PASSWORD);
        open("type: ntlm, username: 'ACME\\ada', password: '${settings.password}'", exchange -> {
            if (windows.lets(exchange)) {
                fine(exchange);
            }
        });

        call();
        call();

        assertThat(seen).containsExactly("{\"no\":7}", "{\"no\":7}");
        assertThat(windows.logins()).as("the tunnel is kept").isEqualTo(1);
        assertThat(tunnels()).containsExactly("CONNECT //bank.test:443 200");
    }

    @Test
    void aDigestIsAnsweredThroughTheTunnel() throws Exception {
        open("type: digest, username: ada, password: '${settings.password}'", exchange -> {
            String said = exchange.getRequestHeaders().getFirst("Authorization");
            if (said == null) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Digest realm=\"bank\", nonce=\"n-1\", qop=\"auth\", algorithm=MD5");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            assertThat(part(said, "response"))
                    .isEqualTo(md5(md5("ada:bank:" + PASSWORD) + ":n-1:" + part(said, "nc") + ":" + part(said, "cnonce")
                            + ":auth:" + md5("POST:/me")));
            fine(exchange);
        });

        call();

        assertThat(seen).containsExactly("{\"no\":7}");
        assertThat(tunnels()).containsExactly("CONNECT //bank.test:443 200");
    }

    private static String part(String header, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=\"?([^\",]+)").matcher(header);
        assertThat(found.find()).as(name + " in " + header).isTrue();
        return found.group(1);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
