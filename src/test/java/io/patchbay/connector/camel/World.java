package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Names;
import io.patchbay.connector.Pausing;
import io.patchbay.connector.Standing;
import io.patchbay.connector.Use;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.auth.MemoryTokens;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.limit.Shares;
import io.patchbay.connector.mail.MailFolder;
import io.patchbay.outbound.Outbound;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** A home folder with connectors, a Camel context with the component, and an HTTP server that answers as a test wants. */
public final class World implements AutoCloseable {

    private final Path home;
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Redactor redactor = new Redactor();
    private volatile Catalog catalog = Catalog.EMPTY;
    private volatile @Nullable String paused;

    public World(Path home) throws Exception {
        this(home, Clock.systemUTC());
    }

    public World(Path home, Clock clock) throws Exception {
        this(home, clock, alone(), null);
    }

    /** With tokens that other worlds may see too. */
    public World(Path home, Clock clock, Connecting connecting) throws Exception {
        this(home, clock, connecting, null);
    }

    /** A runtime that has shares of its limits. */
    public World(Path home, Clock clock, Shares shares) throws Exception {
        this(home, clock, alone(), shares);
    }

    /** Where hosts have the addresses that a test says. */
    public World(Path home, Names names) throws Exception {
        this(home, names, Outbound.STRAIGHT);
    }

    /** Whose calls leave the machine this way. */
    public World(Path home, Names names, Outbound way) throws Exception {
        this(home, Clock.systemUTC(), alone(), null, names, way);
    }

    private World(Path home, Clock clock, Connecting connecting, @Nullable Shares shares) throws Exception {
        this(home, clock, connecting, shares, Names.SYSTEM, Outbound.STRAIGHT);
    }

    private World(Path home, Clock clock, Connecting connecting, @Nullable Shares shares, Names names, Outbound way)
            throws Exception {
        this.home = home;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(serving);
        server.start();
        Secrets secrets = new Secrets(environment::get, home.resolve("secrets"), name -> Optional.empty(), redactor);
        context.disableJMX();
        context.addComponent(
                ConnectorComponent.NAME,
                new ConnectorComponent(
                        () -> catalog,
                        new ConnectorServices(
                                        secrets,
                                        clock,
                                        timer,
                                        workers,
                                        home,
                                        home.resolve("data/spill"),
                                        connecting,
                                        names)
                                .with(new Told())
                                .with(way),
                        shares));
        context.start();
    }

    private static Connecting alone() {
        return new Connecting(new MemoryTokens(), "https://patchbay.example.com");
    }

    /** Whether instances are paused, as a test says. */
    private final class Told implements Pausing {
        @Override
        public @Nullable String why(String instance) {
            return paused;
        }

        @Override
        public void unreachable(String instance, int inARow, String sentence) {}

        @Override
        public void answered(String instance) {}
    }

    /** Pauses all instances; null lets them go on. */
    public void pause(@Nullable String why) {
        paused = why;
    }

    /** Where the server listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    public Path home() {
        return home;
    }

    /** Nothing stands on disk of what was sent and what came. */
    public void assertNothingLeft() throws IOException {
        Path spill = home.resolve("data/spill");
        if (Files.exists(spill)) {
            try (Stream<Path> left = Files.list(spill)) {
                assertThat(left).isEmpty();
            }
        }
    }

    public ExecutorService workers() {
        return workers;
    }

    public DefaultCamelContext context() {
        return context;
    }

    public void secret(String name, String value) {
        environment.put(Secrets.PREFIX + name, value);
    }

    /** Answers requests below a path. */
    public void serve(String path, Answering answering) {
        server.createContext(path, exchange -> {
            try {
                answering.answer(exchange);
            } finally {
                exchange.close();
            }
        });
    }

    /** How an instance stands by what its calls told. */
    public Standing.View standing(String instance) {
        return new InstanceCalls(context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .standing(catalog().instance(instance));
    }

    /** Answers with JSON. */
    public static void json(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, "application/json", body);
    }

    public static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** Writes a connector {@code shop} at the server with these endpoints, and an instance of the same name. */
    public void shop(String endpoints) throws IOException {
        shop("{none: {type: none}}", "", endpoints, "");
    }

    public void shop(String auth, String more, String endpoints, String instanceMore) throws IOException {
        String connector = """
            connector: shop
            version: 1.0.0
            settings: {properties: {port: {type: integer}, region: {default: eu}}, secrets: [token, clientId, clientSecret]}
            auth: %s
            requester: {baseUrl: 'http://127.0.0.1:${settings.port}/api', allowedHosts: ['127.0.0.1'], timeout: 2s}
            %s
            endpoints:
            %s
            """.formatted(auth, more, endpoints.indent(2));
        write("connectors/shop/connector.yaml", connector);
        write("connectors/shop/instances/shop.yaml", """
            instance: shop
            connector: shop
            settings: {port: %d, token: '${secret.TOKEN}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}
            %s
            """.formatted(port(), instanceMore));
        secret("TOKEN", environment.getOrDefault(Secrets.PREFIX + "TOKEN", "t0ken-value"));
        secret("ID", "client-id");
        secret("SECRET", "client-secret");
        reload();
    }

    public void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Replaces text in the definition of the connector {@code shop}, and reads it again. */
    public void rewrite(String text, String by) throws IOException {
        String file = "connectors/shop/connector.yaml";
        String before = Files.readString(home.resolve(file));
        if (!before.contains(text)) {
            throw new AssertionError("nothing to replace: " + text);
        }
        write(file, before.replace(text, by));
        reload();
    }

    /** Makes the instance {@code shop} one at a port where nothing listens, whose token is this secret. */
    public void nowhere(String secret) throws IOException {
        write("connectors/shop/instances/shop.yaml", """
            {instance: shop, connector: shop,
             settings: {port: 1, token: '${secret.%s}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}}
            """.formatted(secret));
        reload();
    }

    /** Reads the connectors folder; fails when anything is wrong with it. */
    public void reload() {
        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), catalog);
        if (!reading.problems().isEmpty()) {
            throw new AssertionError(reading.problems().values().toString());
        }
        catalog = reading.catalog();
    }

    /** The folder of an instance. */
    public Folder folder(String instance) throws StepException {
        return context.getComponent(ConnectorComponent.NAME, ConnectorComponent.class)
                .folder(instance);
    }

    /** The mailbox of an instance. */
    public Folder mails(String instance, MailFolder.Taken taken) throws StepException {
        return context.getComponent(ConnectorComponent.NAME, ConnectorComponent.class)
                .mails(instance, taken);
    }

    public Catalog catalog() {
        return catalog;
    }

    public Redactor redactor() {
        return redactor;
    }

    /** Calls an endpoint as a compiled flow does, and waits. */
    public Exchange call(String uri, Payload payload, Attempt attempt, Use use) throws Exception {
        var endpoint = context.getEndpoint(uri);
        var producer = endpoint.createAsyncProducer();
        producer.start();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(payload);
        exchange.setProperty(Attempt.PROPERTY, attempt);
        if (use != null) {
            exchange.setProperty(Use.PROPERTY, use);
        }
        CountDownLatch done = new CountDownLatch(1);
        producer.process(exchange, sync -> done.countDown());
        if (!done.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no end within 30 s");
        }
        return exchange;
    }

    /** Makes the same call so many times at once; fails when one of them does. */
    public static void allSucceed(int callers, Callable<Exchange> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            for (Future<Exchange> one : pool.invokeAll(Collections.nCopies(callers, call))) {
                assertThat(one.get().getException()).isNull();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The answer of a call. @throws StepException when it failed */
    public Payload answer(String uri, Payload payload, Attempt attempt, Use use) throws Exception {
        Exchange exchange = call(uri, payload, attempt, use);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return (Payload) exchange.getMessage().getBody();
    }

    /** All elements of a pull; only the last one is its end. */
    public List<Pull.Element> pull(String uri, Attempt attempt, Use use) throws Exception {
        Exchange exchange = call(uri, Payload.empty(Lineage.ofRun("run-1")), attempt, use);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        List<Pull.Element> elements = new ArrayList<>();
        try (Pull pull = (Pull) exchange.getMessage().getBody()) {
            Pull.Element element;
            do {
                element = pull.next();
                elements.add(element);
            } while (element instanceof Pull.Page || element instanceof Pull.Aside);
        }
        return elements;
    }

    public static Payload payload(String json) throws IOException {
        JsonNode tree = Json.MAPPER.readTree(json);
        return Payload.of(Lineage.ofRun("run-1"), tree);
    }

    @Override
    public void close() {
        context.stop();
        server.stop(0);
        serving.shutdownNow();
        workers.shutdownNow();
        timer.shutdownNow();
    }
}
