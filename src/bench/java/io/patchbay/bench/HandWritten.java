package io.patchbay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What a good Camel developer would write by hand for the same two jobs: pages and trees, not an exchange per record; one
 * pooled client; no history, no retries, no durable start.
 */
public final class HandWritten extends RouteBuilder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"next\"");

    private final String counterpart;

    private HandWritten(int counterpart) {
        this.counterpart = "http://127.0.0.1:" + counterpart;
    }

    /** @param args own port and the counterpart's */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(Integer.parseInt(args[0]));
        camel.addService(new VertxPlatformHttpServer(server));
        camel.getComponent("platform-http", PlatformHttpComponent.class);
        HttpComponent http = camel.getComponent("http", HttpComponent.class);
        http.setMaxTotalConnections(200);
        http.setConnectionsPerRoute(64);
        camel.addRoutes(new HandWritten(Integer.parseInt(args[1])));
        camel.start();
        Runtime.getRuntime().addShutdownHook(new Thread(camel::stop));
        System.out.println("READY");
        Thread.currentThread().join();
    }

    @Override
    public void configure() {
        from("platform-http:/callback?httpMethodRestrict=POST")
                .process(this::mapOne)
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to(counterpart + "/orders?httpMethod=POST&bridgeEndpoint=true")
                .process(this::reply);

        from("platform-http:/pull?httpMethodRestrict=POST")
                .setProperty("next", constant(counterpart + "/orders"))
                .removeHeaders("*")
                .loopDoWhile(exchangeProperty("next").isNotNull())
                .setBody(simple("${null}"))
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_URI, exchangeProperty("next"))
                .to(counterpart + "/orders?httpMethod=GET")
                .process(this::takePage)
                .removeHeaders("*")
                .split(exchangeProperty("batches"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to(counterpart + "/orders?httpMethod=POST&bridgeEndpoint=true")
                .end()
                .end()
                .setBody(constant("done"));
    }

    private void mapOne(Exchange exchange) throws Exception {
        JsonNode order = JSON.readTree(exchange.getMessage().getBody(byte[].class));
        exchange.getMessage().setBody(JSON.writeValueAsBytes(map(order)));
    }

    private void reply(Exchange exchange) throws Exception {
        JsonNode answer = JSON.readTree(exchange.getMessage().getBody(byte[].class));
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(JSON.writeValueAsBytes(answer));
    }

    private void takePage(Exchange exchange) throws Exception {
        String link = exchange.getMessage().getHeader("Link", String.class);
        Matcher next = NEXT.matcher(link == null ? "" : link);
        exchange.setProperty("next", next.find() ? next.group(1) : null);
        List<ObjectNode> paid = new ArrayList<>();
        for (JsonNode order :
                JSON.readTree(exchange.getMessage().getBody(byte[].class)).path("orders")) {
            if (order.path("financial_status").asText().equals("paid")) {
                paid.add(map(order));
            }
        }
        List<byte[]> batches = new ArrayList<>();
        for (int from = 0; from < paid.size(); from += 100) {
            List<ObjectNode> batch = paid.subList(from, Math.min(from + 100, paid.size()));
            batches.add(JSON.writeValueAsBytes(JSON.createArrayNode().addAll(batch)));
        }
        exchange.setProperty("batches", batches);
    }

    /** The same fields as the map shape of the measured flows. */
    private static ObjectNode map(JsonNode order) {
        ObjectNode result = JSON.createObjectNode();
        result.set("orderNo", order.path("name"));
        result.put("placed", order.path("created_at").asText().substring(0, 10));
        result.put("total", new java.math.BigDecimal(order.path("total_price").asText()));
        result.set("currency", order.path("currency"));
        result.set("buyer", order.path("email"));
        ObjectNode shipTo = result.putObject("shipTo");
        shipTo.set("name", order.at("/shipping_address/name"));
        shipTo.set("city", order.at("/shipping_address/city"));
        shipTo.set("country", order.at("/shipping_address/country_code"));
        ArrayNode lines = result.putArray("lines");
        for (JsonNode item : order.path("line_items")) {
            ObjectNode line = lines.addObject();
            line.set("item", item.path("sku"));
            line.set("quantity", item.path("quantity"));
        }
        return result;
    }
}
