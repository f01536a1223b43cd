package io.patchbay.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.FreePorts;
import io.patchbay.connector.Names;
import io.patchbay.connector.camel.World;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.sandbox.SandboxProxy;
import io.patchbay.sandbox.SandboxSystem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of instances through a real proxy that wants a login and looks into TLS. */
class ThroughProxyTest {

    private static final String PASSWORD = "pr0xy-pässword";

    @TempDir
    private Path home;

    private final SandboxProxy proxy = new SandboxProxy(new Shop()).wants("ada", PASSWORD);
    private @Nullable World world;

    /** Answers as any host below it, and gives tokens. */
    private static final class Shop implements SandboxSystem {
        @Override
        public boolean answersAs(String host) {
            return host.endsWith("shop.test");
        }

        @Override
        public Answer answer(Call call) {
            if (call.address().getHost().equals("behind.shop.test")) {
                return new Answer(407, Map.of("Proxy-Authenticate", "Basic realm=\"its own\""), new byte[0]);
            }
            if (call.address().getPath().equals("/token")) {
                return Answer.json(200, "{\"access_token\": \"tok-1234567\", \"expires_in\": 3600}");
            }
            return call.header("proxy-authorization").isEmpty()
                            || call.address().getScheme().equals("http")
                    ? Answer.json(200, "{\"ok\": true}")
                    : Answer.json(500, "{}");
        }
    }

    /** What this machine knows: one name, whose address is private, and its own. */
    private static InetAddress[] names(String host) throws UnknownHostException {
        if (host.equals("intern.shop.test")) {
            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {10, 0, 0, 7})};
        }
        if (host.matches("[0-9.]+") || host.equals("straight.test")) {
            return InetAddress.getAllByName(host.equals("straight.test") ? "127.0.0.1" : host);
        }
        throw new UnknownHostException(host);
    }

    private void open(String address, @Nullable String password, String base, String more) throws Exception {
        proxy.authority().write(home.resolve("ca.pem"));
        Outbound way = Outbound.of(
                new OutboundProperties(
                        new ProxyProperties(
                                address, password == null ? null : "ada", password, List.of("straight.test")),
                        "ca.pem"),
                home);
        Names names = ThroughProxyTest::names;
        world = new World(home, names, way);
        world.secret("SECRET", "s3cret-of-the-client");
        world.write("connectors/shop/connector.yaml", """
            connector: shop
            version: 1.0.0
            settings: {properties: {secret: {}}, secrets: [secret]}
            requester: {baseUrl: '%s'%s}
            auth: {app: {type: oauth2ClientCredentials, clientId: c, clientSecret: '${settings.secret}', token: {url: 'https://login.shop.test/token'}}, none: {type: none}}
            endpoints: {one.get: {kind: read, method: GET, path: /one}, one.create: {kind: write, method: POST, path: /one}}
            """.formatted(base, more));
        world.write(
                "connectors/shop/instances/shop.yaml",
                "{instance: shop, connector: shop, auth: " + (more.contains("login") ? "app" : "none")
                        + ", settings: {secret: '${secret.SECRET}'}}");
        world.reload();
    }

    private Payload get() throws Exception {
        return world.answer(
                "connector:shop/one.get",
                Payload.empty(Lineage.ofRun("run-1")),
                new FakeAttempt(Map.of(), Map.of(), null, 0),
                null);
    }

    private StepException fails() {
        return catchThrowableOfType(StepException.class, this::get);
    }

    @AfterEach
    void close() throws Exception {
        if (world != null) {
            world.close();
        }
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }

    private List<String> asked() {
        return proxy.asked().stream()
                .map(one -> one.call().method() + " " + one.call().address() + " " + one.status())
                .toList();
    }

    @Test
    void tlsGoesThroughATunnelToANameThatOnlyTheProxyKnows() throws Exception {
        open(proxy.address(), PASSWORD, "https://api.shop.test", "");

        assertThat(get().tree().path("ok").asBoolean()).isTrue();
        get();

        assertThat(asked())
                .as("one tunnel, whose login is sent before it is asked for")
                .containsExactly(
                        "CONNECT //api.shop.test:443 200",
                        "GET https://api.shop.test/one 200",
                        "GET https://api.shop.test/one 200");
        assertThat(proxy.calls().get(0).call().header("proxy-authorization")).isEmpty();
    }

    @Test
    void tokensAreAskedForThroughItToo() throws Exception {
        open(proxy.address(), PASSWORD, "https://api.shop.test", ", allowedHosts: [api.shop.test, login.shop.test]");

        get();

        assertThat(asked()).contains("CONNECT //login.shop.test:443 200", "POST https://login.shop.test/token 200");
        assertThat(proxy.calls().get(1).call().header("authorization")).isEqualTo("Bearer tok-1234567");
    }

    @Test
    void withoutTlsTheWholeAddressGoesToTheProxyWithTheLogin() throws Exception {
        open(proxy.address(), PASSWORD, "http://api.shop.test:8080", "");

        assertThat(get().tree().path("ok").asBoolean()).isTrue();

        assertThat(asked()).containsExactly("GET http://api.shop.test:8080/one 200");
        assertThat(proxy.calls().get(0).call().header("proxy-authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString(("ada:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aBodyIsSentOnce() throws Exception {
        open(proxy.address(), PASSWORD, "http://api.shop.test", "");

        world.answer(
                "connector:shop/one.create",
                World.payload("{\"no\": 7}"),
                new FakeAttempt(Map.of(), Map.of(), null, 0),
                null);

        assertThat(proxy.calls())
                .singleElement()
                .satisfies(one -> assertThat(one.call().text()).contains("7"));
    }

    @Test
    void aLoginThatIsNotTakenIsThatOfTheProxy() throws Exception {
        for (String base : List.of("https://api.shop.test", "http://api.shop.test")) {
            open(proxy.address(), "wr0ng-password", base, "");
            StepException failure = fails();

            assertThat(failure.code()).isEqualTo("PROXY_FAILED");
            assertThat(failure.owner()).isEqualTo(Owner.REMOTE);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.getMessage())
                    .contains(
                            "the proxy " + proxy.address().substring(7) + " answered 407",
                            "look at patchbay.http.proxy.user")
                    .doesNotContain("wr0ng");
            world.close();
            open(proxy.address(), null, base, "");
            assertThat(fails().getMessage()).contains("as it wants a login: set patchbay.http.proxy.user");
            world.close();
        }
    }

    @Test
    void aLoginThatTheSystemItselfWantsBehindTheTunnelIsNotThatOfTheProxy() throws Exception {
        open(proxy.address(), PASSWORD, "https://behind.shop.test", "");

        StepException failure = fails();

        assertThat(failure.code()).isEqualTo("HTTP_407");
        assertThat(failure.getMessage()).doesNotContain("proxy");
        assertThat(proxy.calls())
                .as("nor is its login shown to the system")
                .singleElement()
                .satisfies(one ->
                        assertThat(one.call().header("proxy-authorization")).isEmpty());
    }

    @Test
    void aHostThatTheProxyDoesNotReachIsToldAsSuch() throws Exception {
        open(proxy.address(), PASSWORD, "https://nowhere.test", "");

        StepException failure = fails();

        assertThat(failure.code()).isEqualTo("PROXY_FAILED");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.getMessage())
                .contains(
                        "no connection to nowhere.test: the proxy ", " answered 502 ", "patchbay.http.proxy.no-proxy");
    }

    @Test
    void aProxyThatIsNotThereIsNotTakenForTheSystem() throws Exception {
        open("http://127.0.0.1:" + FreePorts.next(), PASSWORD, "https://api.shop.test", "");
        assertThat(fails().getMessage())
                .contains(
                        "no connection to api.shop.test: the proxy takes no connection (127.0.0.1:",
                        "patchbay.http.proxy.address");
        world.close();

        open("http://no-such-proxy.invalid:3128", PASSWORD, "https://api.shop.test", "");
        assertThat(fails().getMessage()).contains("the proxy's name is not known (no-such-proxy.invalid)");
    }

    @Test
    void privateAddressesStayRefusedUnlessTheyAreMeant() throws Exception {
        for (String base : List.of("https://intern.shop.test", "https://10.0.0.7", "http://10.0.0.7")) {
            open(proxy.address(), PASSWORD, base, "");
            StepException failure = fails();
            assertThat(failure.code()).as(base).isEqualTo("HOST_NOT_ALLOWED");
            assertThat(failure.getMessage()).contains("has a private address");
            world.close();
        }
        assertThat(proxy.asked()).isEmpty();

        open(proxy.address(), PASSWORD, "https://intern.shop.test", ", allowedHosts: [intern.shop.test]");
        assertThat(get().tree().path("ok").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"012.0.0.1", "0177.0.0.1", "2130706433", "0x7f000001"})
    void numbersThatTheProxyMayReadAsAnotherAddressAreRefused(String host) throws Exception {
        for (String scheme : List.of("https://", "http://")) {
            open(proxy.address(), PASSWORD, scheme + host, "");
            StepException failure = fails();
            assertThat(failure.code()).as(scheme).isEqualTo("HOST_NOT_ALLOWED");
            assertThat(failure.getMessage()).contains("numbers that the proxy may read as another address");
            world.close();
        }
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void aPlainPublicAddressIsLeftToTheProxy() throws Exception {
        open(proxy.address(), PASSWORD, "https://12.0.0.1", "");

        assertThat(fails().code()).isEqualTo("PROXY_FAILED");
        assertThat(asked()).containsExactly("CONNECT //12.0.0.1:443 502");
    }

    @Test
    void theHostOfTheProxyItselfIsNoWayIn() throws Exception {
        open(proxy.address(), PASSWORD, proxy.address(), "");

        assertThat(fails().code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void hostsOfTheListAreCalledStraight() throws Exception {
        open(proxy.address(), PASSWORD, "http://straight.test:1", ", allowedHosts: [straight.test]");
        world.serve("/one", exchange -> World.json(exchange, 200, "{\"straight\": true}"));
        world.rewrite("straight.test:1", "straight.test:" + world.port());

        assertThat(get().tree().path("straight").asBoolean()).isTrue();
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void anAuthorityThatNobodyNamedIsNotBelieved() throws Exception {
        open(proxy.address(), PASSWORD, "https://api.shop.test", "");
        world.close();
        world = new World(
                home,
                ThroughProxyTest::names,
                Outbound.of(
                        new OutboundProperties(new ProxyProperties(proxy.address(), "ada", PASSWORD, List.of()), null),
                        home));
        world.secret("SECRET", "s3cret-of-the-client");
        world.reload();

        StepException failure = fails();

        assertThat(failure.code()).isEqualTo("TLS_FAILED");
        assertThat(failure.getMessage()).contains("patchbay.http.ca");
    }
}
