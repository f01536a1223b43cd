package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.FreePorts;
import io.patchbay.connector.Use;
import io.patchbay.connector.draft.DraftFolder;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector generic-soap, and one that is made of a WSDL, against a JAX-WS service. */
class SoapServiceIT {

    @TempDir
    Path home;

    private int port;
    private OrderService service;
    private World world;

    @BeforeEach
    void open() throws Exception {
        port = FreePorts.next();
        service = new OrderService(port);
        world = new World(home);
        world.write(
                "connectors/generic-soap/connector.yaml",
                Files.readString(Path.of("connectors/generic-soap/connector.yaml")));
        instance("orders", "/orders", "PASSWORD");
        instance("orders12", "/orders12", "PASSWORD");
        instance("secured", "/secured", "PASSWORD");
        instance("stranger", "/secured", "OTHER");
        world.secret("PASSWORD", OrderService.PASSWORD);
        world.secret("OTHER", "an0ther-value");
        world.reload();
    }

    @AfterEach
    void close() {
        world.close();
        service.close();
    }

    private void instance(String name, String path, String secret) throws Exception {
        world.write("connectors/generic-soap/instances/" + name + ".yaml", """
                instance: %s
                connector: generic-soap
                auth: none
                settings: {scheme: http, host: 127.0.0.1, port: %d, endpoint: %s, username: ada, password: '${secret.%s}'}
                """.formatted(name, port, path, secret));
    }

    private Exchange call(String endpoint, String operation, String member, String value) {
        var body = Json.NODES.objectNode();
        body.putObject("o:" + operation).put("@xmlns:o", OrderService.NAMESPACE).put(member, value);
        return world.context()
                .createProducerTemplate()
                .request(
                        "connector:" + endpoint,
                        exchange -> exchange.setProperty(
                                Use.WITH,
                                Map.of(
                                        "action",
                                        Json.NODES.textNode(OrderService.NAMESPACE + "/" + operation),
                                        "body",
                                        body)));
    }

    private static JsonNode answer(Exchange exchange) throws Exception {
        assertThat(exchange.getException()).isNull();
        return Json.MAPPER.readTree(exchange.getMessage().getBody(String.class));
    }

    private static StepException failure(Exchange exchange) {
        return (StepException) Objects.requireNonNull(exchange.getException());
    }

    @ParameterizedTest
    @CsvSource({"orders/soap11.read", "orders12/soap12.read"})
    void readsWhatAServiceAnswers(String endpoint) throws Exception {
        JsonNode answer = answer(call(endpoint, "ListOrders", "status", "open"));

        assertThat(answer.findValuesAsText("number")).containsExactly("1-open", "2-open");
    }

    @ParameterizedTest
    @CsvSource({"orders/soap11.call", "orders12/soap12.call"})
    void aFaultThatTheServiceDeclaresIsAFailureWithItsSentence(String endpoint) {
        StepException why = failure(call(endpoint, "CancelOrder", "number", "9"));

        // JAX-WS calls every exception of a method the server's fault, and answers 500
        assertThat(why.code()).isEqualTo("HTTP_500");
        assertThat(why).hasMessageContaining("there is no order '9'");
        assertThat(failure(call(endpoint, "CancelOrder", "number", "x")))
                .hasMessageContaining("the table of orders is locked");
        assertThat(call(endpoint, "CancelOrder", "number", "1").getException()).isNull();
    }

    @Test
    void anEnvelopeOfTheOtherVersionIsAFailureAndNoAnswer() {
        assertThat(failure(call("orders/soap12.read", "ListOrders", "status", "open")))
                .hasMessageContaining("orders");
    }

    @Test
    void userAndPasswordGoIntoTheHeader() throws Exception {
        assertThat(answer(call("secured/soap11-secured.read", "ListOrders", "status", "open"))
                        .findValuesAsText("number"))
                .hasSize(2);

        StepException why = failure(call("stranger/soap11-secured.read", "ListOrders", "status", "open"));

        assertThat(why).hasMessageContaining("wrong password");
        assertThat(why.getMessage()).doesNotContain("an0ther-value");
        assertThat(failure(call("secured/soap11.read", "ListOrders", "status", "open")))
                .hasMessageContaining("wrong password");
    }

    @Test
    void aConnectorIsMadeOfTheServicesOwnWsdlAndCalls() throws Exception {
        String schema = fetched("?xsd=1").replaceFirst("^<\\?xml[^>]*>", "");
        String wsdl = fetched("?wsdl").replaceFirst("(?s)<xsd:schema>.*?</xsd:schema>", "");
        assertThat(wsdl).contains("<types>").doesNotContain("schemaLocation");
        String whole = wsdl.replace("<types>", "<types>" + schema);

        var made = new DraftFolder(home.resolve("connectors"))
                .fromDescription(DraftFolder.Kind.WSDL, new DraftFolder.Source(whole), "made");
        world.write(
                "connectors/made/instances/made.yaml", "{instance: made, connector: made, auth: none, settings: {}}");
        world.reload();

        assertThat(made.endpoints()).isEqualTo(2);
        Exchange orders = world.context()
                .createProducerTemplate()
                .request(
                        "connector:made/orders.list",
                        exchange -> exchange.setProperty(Use.WITH, Map.of("status", Json.NODES.textNode("paid"))));
        assertThat(answer(orders).findValuesAsText("number")).containsExactly("1-paid", "2-paid");
    }

    private String fetched(String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/orders" + query);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
