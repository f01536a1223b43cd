package io.patchbay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One GET of an order of about 700 bytes, its JSON read: through a connector with a bearer token and error rules, and by
 * camel-http with the same header set by hand. The difference is what the component costs for each call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 3)
@Measurement(iterations = 10, time = 3)
@Fork(1)
@Threads(4)
public class CallBench {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vertx vertx;
    private World world;
    private ProducerTemplate template;
    private String url;

    /** Starts the server and both clients. */
    @Setup
    public void start() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(call -> call.response()
                        .putHeader("Content-Type", "application/json")
                        .end(Counterpart.order(7)))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        url = "http://127.0.0.1:" + server.actualPort() + "/orders/7";
        world = new World(Files.createTempDirectory("patchbay-bench-call"));
        world.write("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                settings: {secrets: [token]}
                auth: {token: {type: bearer, inject: {format: '${settings.token}'}}}
                requester: {baseUrl: 'http://127.0.0.1:%d', allowedHosts: ['127.0.0.1']}
                errorHandler: {rules: [{match: {status: [429]}, action: rateLimited}, {match: {status: [503]}, action: retry}]}
                endpoints:
                  order.get: {kind: read, method: GET, path: '/orders/${with.id}', inputs: {id: {}}}
                """.formatted(server.actualPort()));
        world.secret("TOKEN", "a-token-of-some-length");
        world.write(
                "connectors/shop/instances/shop.yaml",
                "{instance: shop, connector: shop, settings: {token: '${secret.TOKEN}'}}");
        world.reload();
        HttpComponent http = world.context().getComponent("http", HttpComponent.class);
        http.setMaxTotalConnections(200);
        http.setConnectionsPerRoute(64);
        template = world.context().createProducerTemplate();
    }

    /** Ends them. */
    @TearDown
    public void stop() {
        world.close();
        vertx.close();
    }

    /** By camel-http. */
    @Benchmark
    public JsonNode camelHttp() throws Exception {
        byte[] body = template.requestBodyAndHeader(
                url, null, "Authorization", "Bearer a-token-of-some-length", byte[].class);
        return JSON.readTree(body);
    }

    /** Through a connector. */
    @Benchmark
    public JsonNode connector() throws Exception {
        Lineage lineage = Lineage.ofRun("bench");
        return world.answer(
                        "connector:shop/order.get?id=7",
                        Payload.empty(lineage),
                        new FakeAttempt(Map.of(), Map.of(), null, 0),
                        null)
                .parsed()
                .tree();
    }
}
