package io.patchbay.trigger.event;

import static org.awaitility.Awaitility.await;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.queue.Once;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Event;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.file.Bodies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.util.unit.DataSize;

/** A home with the instance {@code broker}, a real store, and starts that a test answers. */
@SuppressWarnings("try") // a test that is interrupted has failed
public final class Messages implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A start that was written, or tried to be. */
    public record Started(String id, String flow, String trigger, Body body, Map<String, String> meta) {
        public String text() throws IOException {
            return body instanceof Body.Stored file
                    ? Files.readString(file.file())
                    : body instanceof Body.Bytes bytes ? new String(bytes.bytes(), StandardCharsets.UTF_8) : "";
        }
    }

    public final World world;
    public final Store store;
    public final List<Started> started = new CopyOnWriteArrayList<>();
    public final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    public volatile Function<Started, CompletableFuture<String>> onStart =
            start -> CompletableFuture.completedFuture(start.id());
    private final Path home;
    private Events events;

    public Messages(Path home) throws Exception {
        this.home = home;
        this.world = new World(home);
        world.secret("PASSWORD", "correct horse");
        this.store = Store.open(StoreProperties.embedded(), home.resolve("data/store"), Clock.systemUTC());
        this.events = events();
    }

    /** Makes {@code broker} an instance of a shipped connector. */
    public void instance(String connector, String settings) throws Exception {
        String definition = "connectors/" + connector + "/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/" + connector + "/instances/broker.yaml",
                "{instance: broker, connector: " + connector + ", " + settings + "}");
        world.reload();
    }

    /** A trigger on a queue or topic of it. */
    public static Event on(String destination) {
        return on(destination, Event.Type.QUEUE, List.of(), null, 10_000);
    }

    public static Event on(String destination, Event.Type type, List<String> headers, String dedupe, long maxSize) {
        return new Event(
                "broker",
                destination,
                type,
                null,
                Event.From.EARLIEST,
                null,
                10,
                DataSize.ofBytes(maxSize),
                null,
                headers,
                dedupe);
    }

    public void listen(Event what) {
        events.replace(List.of(new DeployedTrigger("orders", 0, what)));
    }

    /** Ends all readers, and makes new ones possible. */
    public void restart() {
        events.close();
        events = events();
    }

    private Events events() {
        return new Events(new Events.Parts(
                instance -> world.context()
                        .getComponent(ConnectorComponent.NAME, ConnectorComponent.class)
                        .broker(instance),
                starts(),
                bodies(),
                store.database().dataSource(),
                home.resolve("data/aside"),
                Clock.systemUTC()));
    }

    /** Waits for so many starts. */
    public void awaitStarts(int most) {
        await().atMost(PATIENCE).until(() -> started.size() >= most);
    }

    public static Payload payload(String text, String type) {
        Body body = new Body.Bytes(text.getBytes(StandardCharsets.UTF_8), type);
        return new Payload(Lineage.ofRun("run-1"), body, RecordPath.ROOT, Map.of());
    }

    /** Sends by the shipped endpoint. */
    public Payload send(String destination, String text, Map<String, String> with) throws Exception {
        return send("messages.send", destination, payload(text, "application/json"), with);
    }

    public Payload send(String endpoint, String destination, Payload payload, Map<String, String> with)
            throws Exception {
        StringBuilder uri = new StringBuilder("connector:broker/" + endpoint + "?destination=" + destination);
        with.forEach((name, value) -> uri.append('&').append(name).append('=').append(value));
        return world.answer(uri.toString(), payload, attempt, null);
    }

    private Starts starts() {
        return new Starts() {
            @Override
            public CompletableFuture<String> start(
                    String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
                Started start = new Started(id, flow, trigger, body, meta);
                started.add(start);
                return onStart.apply(start);
            }

            @Override
            public CompletableFuture<String> startOnce(
                    Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
                throw new AssertionError("a message is known by its row");
            }

            @Override
            public CompletableFuture<Answer> call(
                    String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
                throw new AssertionError("a message does not call");
            }
        };
    }

    private Bodies bodies() {
        return new Bodies() {
            @Override
            public Body keep(InputStream content, String contentType) throws IOException {
                return store.bodies().keep(content, contentType, Long.MAX_VALUE);
            }

            @Override
            public void discard(Body body) {
                store.bodies().discard(body);
            }
        };
    }

    @Override
    public void close() throws Exception {
        events.close();
        store.close();
        world.close();
    }
}
