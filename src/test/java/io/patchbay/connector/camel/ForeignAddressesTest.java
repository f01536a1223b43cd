package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.PrivateAddresses;
import io.patchbay.connector.Use;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses by which a system or a setting would have us call another place than the allowed hosts: nothing is sent there. */
class ForeignAddressesTest extends ShopCalls {

    private static final String ENDPOINTS = """
            next.list:
              {kind: read, method: GET, path: /next, recordSelector: {path: '$.items[*]'}, paginator: {type: nextUrl, cursorPath: $.next}}
            header.list:
              {kind: read, method: GET, path: /header, recordSelector: {path: '$.items[*]'}, paginator: {type: linkHeader}}
            odata.list:
              {kind: read, method: GET, path: /odata, recordSelector: {path: '$.items[*]'}, paginator: {type: odataNextLink}}
            relative.list:
              {kind: read, method: GET, path: /relative, recordSelector: {path: '$.items[*]'}, paginator: {type: relativeUri, cursorPath: $.next}}
            given.get:
              {kind: read, inputs: {to: {}}, method: GET, url: '${with.to}'}
            moved.get:
              {kind: read, method: GET, path: /moved}
            """;

    private static final String BEARER = "{main: {type: bearer, inject: {format: 'Bearer ${settings.token}'}}}";

    /** Forms of addresses that are, or could be taken for, this machine at the server's port, and other traps; PORT is put in. */
    static Stream<String> foreign() {
        return Stream.of(
                "http://localhost:PORT/away",
                "http://LOCALHOST:PORT/away",
                "//localhost:PORT/away",
                "http://2130706433:PORT/away",
                "http://0x7f000001:PORT/away",
                "http://0x7f.0.0.1:PORT/away",
                "http://017700000001:PORT/away",
                "http://0177.0.0.1:PORT/away",
                "http://127.1:PORT/away",
                "http://127.0.1:PORT/away",
                "http://127.0.0.01:PORT/away",
                "http://127.0.0.2:PORT/away",
                "http://0:PORT/away",
                "http://0.0.0.0:PORT/away",
                "http://[::1]:PORT/away",
                "http://[::]:PORT/away",
                "http://[::ffff:127.0.0.1]:PORT/away",
                "http://[::ffff:7f00:1]:PORT/away",
                "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/away",
                "http://[::127.0.0.1]:PORT/away",
                "http://[64:ff9b::7f00:1]:PORT/away",
                "http://[::1%25lo]:PORT/away",
                "http://127.0.0.1.nip.example:PORT/away",
                "http://127.0.0.1:1/away",
                "http://127.0.0.1:65536/away",
                "http://127.0.0.1:-1/away",
                "http://127.0.0.1:PORT:80/away",
                "http://127.0.0.1.:PORT/away",
                "https://127.0.0.1:PORT/away",
                "http://user@127.0.0.1:PORT/away",
                "http://user:secret@127.0.0.1:PORT/away",
                "http://@127.0.0.1:PORT/away",
                "http://127.0.0.1:PORT@localhost:PORT/away",
                "http://127.0.0.1%40localhost:PORT/away",
                "http://127.0.0.1:PORT%2f@localhost:PORT/away",
                "http://localhost:PORT\\@127.0.0.1:PORT/away",
                "http://127.0.0.1:PORT\\@localhost:PORT/away",
                "http:\\\\localhost:PORT\\away",
                "http://localhost%00.127.0.0.1:PORT/away",
                "http://127.0.0.1\u3002localhost:PORT/away",
                "http://\u2460\u2461\u2466.0.0.1:PORT/away",
                "http://localh\u00f6st:PORT/away",
                "http://xn--localhst-s4a:PORT/away",
                "http:///localhost:PORT/away",
                "http:localhost:PORT/away",
                "http://?@localhost:PORT/away",
                "http://#@localhost:PORT/away",
                "http://169.254.169.254/latest/meta-data",
                "http://[fd00:ec2::254]/latest/meta-data",
                "http://10.0.0.1/away",
                "ftp://127.0.0.1:PORT/away",
                "file:///etc/passwd",
                "jar:http://127.0.0.1:PORT/x.jar!/away",
                "gopher://127.0.0.1:PORT/away",
                "javascript:away",
                "http://127.0.0.1:PORT/a\r\nHost: localhost",
                "http://localhost:PORT/away#http://127.0.0.1:PORT/");
    }

    static final List<String> PRIVATE = List.of(
            "localhost",
            "LocalHost.",
            "127.0.0.1",
            "127.1",
            "127.0.0.1.",
            "2130706433",
            "0",
            "0.0.0.0",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
            "[fe80::1]",
            "[fd00:ec2::254]",
            "[fec0::1]",
            "[::ffff:0:127.0.0.1]",
            "169.254.169.254",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "100.64.0.1",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "user@localhost",
            "a b",
            "localhost/../",
            "127.0.0.1#");

    private volatile String next = "";

    @BeforeEach
    void shop() throws Exception {
        world.shop(BEARER, "", ENDPOINTS, "");
        serve("/away", exchange -> World.json(exchange, 200, "{\"items\": [{\"away\": true}]}"));
    }

    private String here(String address) {
        return address.replace("PORT", String.valueOf(world.port()));
    }

    @Test
    void aNextPageLeadsNowhereElse() throws Exception {
        serve("/api/", exchange -> {
            if (inHeader(next) && exchange.getRequestURI().getPath().endsWith("/header")) {
                exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
            }
            Map<String, Object> named = Map.of("items", List.of(1), "next", next, "@odata.nextLink", next);
            World.json(exchange, 200, Json.MAPPER.writeValueAsString(named));
        });
        for (String address : foreign().toList()) {
            next = here(address);
            assertNoneIsFollowed();
        }
    }

    private static boolean inHeader(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private void assertNoneIsFollowed() throws Exception {
        for (String list : List.of("next", "odata", "relative", "header")) {
            asked.clear();
            List<Pull.Element> all = world.pull("connector:shop/" + list + ".list", attempt, null);
            if (inHeader(next) || !list.equals("header")) {
                assertThat(all.get(all.size() - 1)).as(list + " " + next).isInstanceOf(Pull.Failed.class);
                StepException why = ((Pull.Failed) all.get(all.size() - 1)).why();
                assertThat(why.code()).as(list + " " + next).isIn("FOREIGN_LINK", "BAD_LINK");
            }
            assertThat(asked).as(next).containsExactly("GET /api/" + list);
        }
    }

    @Test
    void anAddressThatAValueGivesLeadsNowhereElse() throws Exception {
        for (String address : foreign().toList()) {
            assertNotGiven(address);
        }
    }

    private void assertNotGiven(String address) throws Exception {
        var endpoint = world.context().getEndpoint("connector:shop/given.get");
        var producer = endpoint.createAsyncProducer();
        producer.start();
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(nothing());
        exchange.setProperty(Attempt.PROPERTY, attempt);
        exchange.setProperty(Use.WITH, Map.of("to", Json.NODES.textNode(here(address))));
        producer.process(exchange);
        Exception thrown = exchange.getException();

        assertThat(thrown).as(address).isInstanceOf(StepException.class);
        if (!address.startsWith("https://127.0.0.1:")) { // the port of baseUrl is allowed, but nothing speaks TLS there
            assertThat(((StepException) thrown).code()).as(address).isEqualTo("FOREIGN_LINK");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aRedirectLeadsNowhereElse() throws Exception {
        serve("/api/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", next);
            World.json(exchange, 307, "");
        });
        for (String address : foreign().toList()) {
            next = here(address).replaceAll("[\r\n]", "");
            failure("connector:shop/moved.get");
        }
        assertThat(asked).allMatch(one -> one.startsWith("GET /api/"));
    }

    @Test
    void aSettingThatNamesAPrivateHostIsRefused() throws Exception {
        world.rewrite("properties: {", "properties: {host: {default: localhost}, ");
        world.rewrite("http://127.0.0.1:${settings.port}", "http://${settings.host}:${settings.port}");
        world.rewrite("allowedHosts: ['127.0.0.1'], ", "");
        serve("/api/moved", exchange -> World.json(exchange, 200, "{}"));
        for (String host : PRIVATE) {
            assertRefused(host);
        }
    }

    @Test
    void aTokenUrlThatASettingNamesLeadsNowhereElse() throws Exception {
        String client = "{main: {type: oauth2ClientCredentials, token: {url: '${settings.tokens}'}}}";
        world.rewrite("properties: {", "properties: {tokens: {default: none}, ");
        world.rewrite(BEARER, client);
        serve("/api/moved", exchange -> World.json(exchange, 200, "{}"));
        // the port of baseUrl is allowed, but nothing speaks TLS there
        for (String address : foreign().filter(one -> !one.startsWith("https:")).toList()) {
            assertNoTokenFrom(here(address));
        }
    }

    private void assertNoTokenFrom(String address) throws Exception {
        world.write("connectors/shop/instances/shop.yaml", """
                instance: shop
                connector: shop
                settings: {tokens: %s, port: %d, token: '${secret.TOKEN}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}
                """.formatted(
                        Json.MAPPER.writeValueAsString(address), world.port()));
        world.reload();

        StepException why = failure("connector:shop/moved.get");

        if (!address.startsWith("http://127.0.0.1:1/")) {
            assertThat(why.code()).as(address).isIn("HOST_NOT_ALLOWED", "BAD_URL");
        }
        assertThat(asked).as(address).isEmpty();
    }

    private void assertRefused(String host) throws Exception {
        world.write("connectors/shop/instances/shop.yaml", """
                instance: shop
                connector: shop
                settings: {host: '%s', port: %d, token: '${secret.TOKEN}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}
                """.formatted(host, world.port()));
        world.reload();

        StepException why = failure("connector:shop/moved.get");

        assertThat(why.code()).as(host).isIn("HOST_NOT_ALLOWED", "BAD_URL", "UNKNOWN_HOST");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.255.0.1", "0.1.2.3", "192.0.2.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "240.0.0.1",
                "::2", "::8.8.8.8", "::ffff:0:8.8.8.8", "100::1", "2001::1", "2001:db8::1", "2002:808:808::",
                "64:ff9b::8.8.8.8", "64:ff9b:1::1", "fc00::1", "fe80::1", "ff02::1", "2001:4860::5efe:7f00:1"
            })
    void addressesThatAreNotOfThePublicNetworkAreKnown(String address) throws Exception {
        assertThat(PrivateAddresses.covers(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.128.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.20.0.1",
                "2001:4860:4860::8888",
                "2a00::1"
            })
    void otherAddressesAreNot(String address) throws Exception {
        assertThat(PrivateAddresses.covers(InetAddress.getByName(address))).isFalse();
    }
}
