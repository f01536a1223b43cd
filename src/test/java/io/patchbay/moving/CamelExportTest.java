package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.moving.CamelExport.Records;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported is loaded by Camel's own YAML DSL, in a context with nothing of ours, and does there what the flow does. */
class CamelExportTest {

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, List<String>>> sent = Collections.synchronizedList(new ArrayList<>());
    private final DefaultCamelContext context = new DefaultCamelContext();
    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        context.stop();
        if (server != null) {
            server.stop(0);
        }
    }

    private static CamelExport.Result export(String flow, @Nullable Records records, String instance) {
        Optional<JsonNode> file =
                new YamlReader().read("i.yaml", instance, new Problems()).map(Literals::json);
        return CamelExport.write("routes/f.flow.yaml", flow, records, name -> file);
    }

    /** Runs routes with what a body gives at their end. */
    private List<String> run(String flow, Records records, String instance, String... bodies) throws Exception {
        CamelExport.Result result = export(flow, records, instance);
        assertThat(result.problems()).isEmpty();
        Properties properties = new Properties();
        properties.setProperty("ERP_TOKEN", "t-1");
        context.getPropertiesComponent().setInitialProperties(properties);
        // The end of the routes is seen by a step that the test puts there.
        String yaml = result.yaml();
        Resource resource = ResourceHelper.fromString("exported.yaml", yaml);
        PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        assertThat(context.getRouteDefinitions()).isNotEmpty();
        AdviceWith.adviceWith(context, "f", advice -> advice.weaveAddLast().to("mock:end"));
        context.start();
        MockEndpoint end = context.getEndpoint("mock:end", MockEndpoint.class);
        for (String body : bodies) {
            context.createProducerTemplate().requestBody("direct:f", body);
        }
        return end.getReceivedExchanges().stream()
                .map(one -> one.getMessage().getBody(String.class))
                .toList();
    }

    private int serve(String answer) throws Exception {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server = started;
        started.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            sent.add(Map.copyOf(exchange.getRequestHeaders()));
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        started.start();
        return started.getAddress().getPort();
    }

    @Test
    void recordsOfAListAreKeptByAConditionAndGoOnOneByOne() throws Exception {
        run("""
            flow: f
            variables: { currency: GBP }
            shapes:
              - id: kept
                filter: { keep: { all: [ { field: total, above: 5 }, { not: { field: state, is: void } } ] } }
              - id: each
                flowControl: { size: 1, wrapSingle: false }
              - id: named
                setVariables: { meta: { shop: "${record.shop} in ${flow.currency}" } }
              - id: seen
                camel: { uri: "mock:seen" }
            """, Records.LIST, "instance: x", """
            [{"total":3,"shop":"a"},{"total":9,"shop":"b"},{"total":8,"shop":"c","state":"void"},{"total":7,"shop":"d"}]\
            """);
        assertThat(context.getEndpoint("mock:seen", MockEndpoint.class).getReceivedExchanges().stream()
                        .map(one -> one.getMessage().getBody(String.class) + " "
                                + one.getMessage().getHeader("shop")))
                .containsExactly("{\"total\":9,\"shop\":\"b\"} b in GBP", "{\"total\":7,\"shop\":\"d\"} d in GBP");
    }

    @Test
    void aRecordThatMeetsNoConditionEnds() throws Exception {
        assertThat(run("""
            flow: f
            shapes:
              - filter: { keep: { field: status, in: [ paid, sent ] } }
            """, Records.ONE, "instance: x", "{\"status\":\"paid\"}", "{\"status\":\"open\"}", "{}"))
                .containsExactly("{\"status\":\"paid\"}");
    }

    @Test
    void aRecordGoesDownTheFirstPathAndOnBehindIt() throws Exception {
        assertThat(run(
                        """
                        flow: f
                        shapes:
                          - route:
                              match: first
                              paths:
                                - { name: home, when: { field: country, is: GB }, shapes: [ { manualPayload: { text: "home" } } ] }
                                - { name: near, when: { field: country, startsWith: F }, shapes: [ { manualPayload: { text: "near" } } ] }
                                - { name: far, otherwise: true, shapes: [ { manualPayload: { text: "far" } } ] }
                          - manualPayload: { text: "went ${payload}" }
                        """,
                        Records.ONE,
                        "instance: x",
                        "{\"country\":\"GB\"}",
                        "{\"country\":\"FR\"}",
                        "{\"country\":\"US\"}"))
                .containsExactly("went home", "went near", "went far");
    }

    @Test
    void aListUnderARecordIsSplit() throws Exception {
        assertThat(run("""
            flow: f
            shapes:
              - split: { level: lines }
            """, Records.ONE, "instance: x", "{\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}"))
                .containsExactly("[{\"sku\":\"A\"},{\"sku\":\"B\"}]");
    }

    @Test
    void aCallIsMadeWithItsProofItsPathAndItsQuery() throws Exception {
        int port = serve("{\"id\":7,\"known\":true}");
        assertThat(run("""
            flow: f
            shapes:
              - id: read
                connection: { instance: erp, endpoint: json.get, with: { path: "orders/${record.id}", query: { state: "${record.state}", all: yes } } }
              - id: put
                connection: { instance: erp, endpoint: json.put, with: { path: "known/${record.id}" }, output: input }
            """, Records.ONE, """
                instance: erp
                connector: generic-http
                auth: bearer
                settings: { scheme: http, host: 127.0.0.1, port: %d, basePath: /v1, token: "${secret.ERP_TOKEN}" }
                """.formatted(port), "{\"id\": 7, \"state\": \"open\"}"))
                .containsExactly("{\"id\":7,\"known\":true}");
        assertThat(asked)
                .containsExactly(
                        "GET /v1/orders/7?state=open&all=yes Bearer t-1 ",
                        "PUT /v1/known/7 Bearer t-1 {\"id\":7,\"known\":true}");
    }

    @Test
    void aCallSendsNoHeadersOfWhoeverCalledAndMetadataIsThereBehindIt() throws Exception {
        int port = serve("{\"id\":7}");
        CamelExport.Result result = export("""
                flow: f
                shapes:
                  - setVariables: { meta: { shop: uk } }
                  - connection: { instance: erp, endpoint: json.get, with: { path: "orders/${meta.shop}", headers: { X-From: "${meta.shop}" } } }
                  - manualPayload: { text: "from ${meta.shop}" }
                """, Records.ONE, """
                instance: erp
                connector: generic-http
                auth: none
                settings: { scheme: http, host: 127.0.0.1, port: %d }
                """.formatted(port));
        assertThat(result.problems()).isEmpty();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("exported.yaml", result.yaml()));
        context.start();
        String answer = context.createProducerTemplate()
                .requestBodyAndHeaders(
                        "direct:f", "{}", Map.of("Authorization", "Bearer callers", "Cookie", "a=b"), String.class);
        assertThat(answer).isEqualTo("from uk");
        assertThat(asked).containsExactly("GET /orders/uk null ");
        assertThat(sent.get(0)).containsEntry("X-from", List.of("uk")).doesNotContainKeys("Cookie", "Shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../../admin", "..", "a?x=1", "a%2Fb", "1&state=all", "a+b"})
    void aValueThatWouldChangeAnAddressFailsTheCall(String id) throws Exception {
        int port = serve("{\"id\":7}");
        for (String with :
                List.of("path: \"orders/${record.id}\"", "path: orders, query: { id: \"is ${record.id}\" }")) {
            if (id.equals("..") && with.contains("query")) {
                continue;
            }
            DefaultCamelContext own = new DefaultCamelContext();
            PluginHelper.getRoutesLoader(own)
                    .loadRoutes(ResourceHelper.fromString(
                            "exported.yaml",
                            export(
                                            "flow: f\nshapes:\n  - connection: { instance: erp, endpoint: json.get, with: { "
                                                    + with + " } }\n",
                                            Records.ONE,
                                            "{ instance: erp, connector: generic-http, auth: none, settings: { scheme: http, host: 127.0.0.1, port: "
                                                    + port + " } }")
                                    .yaml()));
            own.start();
            assertThatThrownBy(() -> own.createProducerTemplate()
                            .requestBody("direct:f", "{\"id\": \"" + id + "\"}", String.class))
                    .hasRootCauseInstanceOf(org.apache.camel.support.processor.PredicateValidationException.class);
            own.createProducerTemplate().requestBody("direct:f", "{\"id\": \"A 7\"}", String.class);
            own.stop();
        }
        assertThat(asked).isNotEmpty().allMatch(one -> one.contains("A%207"));
    }

    @Test
    void whatFailsIsCaughtAndGoesOn() throws Exception {
        assertThat(run("""
            flow: f
            shapes:
              - try:
                  shapes:
                    - assert: { that: { field: id, exists: true } }
                    - manualPayload: { text: fine }
                  catch:
                    - manualPayload: { text: caught }
            """, Records.ONE, "instance: x", "{\"id\":1}", "{}")).containsExactly("fine", "caught");
    }

    @Test
    void allPathsOfABranchAreGoneDownInTurn() throws Exception {
        assertThat(run("""
            flow: f
            shapes:
              - branch:
                  paths:
                    - { name: one, shapes: [ { setVariables: { meta: { way: one } } }, { notify: { log: info, text: "x" } } ] }
                    - { name: two, shapes: [ { delay: { for: 1ms } } ] }
            """, Records.ONE, "instance: x", "{\"id\":1}")).hasSize(1);
    }

    @Test
    void triggersBecomeRoutesOfTheirOwn() throws Exception {
        CamelExport.Result result = export("""
            flow: f
            trigger:
              - schedule: { cron: "30 6 * * 1-5", zone: Europe/London }
              - schedule: { every: 10m }
              - webhook: { path: orders, auth: { type: token, secret: "${secret.ERP_TOKEN}" } }
              - callback: { path: "price/{sku}", method: GET, auth: none }
            shapes:
              - manualPayload: { text: "for ${meta.path.sku}" }
              - callback: { answer: one }
            """, null, "instance: x");
        assertThat(result.problems()).isEmpty();
        assertThat(result.yaml())
                .contains("0 30 6 ? * MON-FRI", "period: 600000", "{{ERP_TOKEN}}", "# Property ERP_TOKEN");
        CamelContext bare = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(bare).loadRoutes(ResourceHelper.fromString("exported.yaml", result.yaml()));
        bare.stop();
    }

    @Test
    void whatNeedsPatchbayIsRefusedAtItsPlaceAllAtOnce() {
        CamelExport.Result result = export("""
            flow: f
            trigger:
              - file: { instance: sftp, path: in }
            shapes:
              - id: mapped
                map: { fields: [ { to: a, from: b, then: [ { country: { to: alpha3 } } ] } ] }
              - id: new
                deDupe: { pool: p, key: id }
                retries: { count: 1 }
              - id: asked
                connection: { instance: shop, endpoint: orders.list }
            """, null, "{ instance: shop, connector: shopify }");
        assertThat(result.yaml()).isEmpty();
        assertThat(result.problems().stream()
                        .map(Problem::toString)
                        .map(one -> one.lines().findFirst().orElse("")))
                .containsExactly(
                        "routes/f.flow.yaml:3:5: the trigger file has no plain counterpart [NOT_PLAIN_CAMEL]",
                        "routes/f.flow.yaml:6:48: the function country has no counterpart in jq [NOT_PLAIN_CAMEL]",
                        "routes/f.flow.yaml:7:5: the shape deDupe needs Patchbay [NOT_PLAIN_CAMEL]",
                        "routes/f.flow.yaml:9:5: 'retries' around a shape is Patchbay's [NOT_PLAIN_CAMEL]",
                        "routes/f.flow.yaml:10:5: the call of 'orders.list' at 'shop' needs its connector"
                                + " [NOT_PLAIN_CAMEL]");
    }

    @Test
    void whatWouldReadARecordOfAListIsRefused() {
        assertThat(export("""
            flow: f
            shapes:
              - manualPayload: { json: [ { id: 1 } ] }
              - notify: { log: info, text: "${record.id}" }
              - route: { match: first, paths: [ { name: a, otherwise: true, shapes: [] } ] }
            """, null, "instance: x").problems()).hasSize(2);
    }
}
