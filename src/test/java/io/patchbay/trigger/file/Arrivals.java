package io.patchbay.trigger.file;

import io.patchbay.connector.camel.World;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.mail.MailFolder;
import io.patchbay.payload.Body;
import io.patchbay.payload.StepException;
import io.patchbay.queue.Once;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.Arrival.Order;
import io.patchbay.trigger.FileArrival;
import io.patchbay.trigger.FileArrival.FileFate;
import io.patchbay.trigger.FileArrival.Then;
import io.patchbay.trigger.FolderPath;
import io.patchbay.trigger.MailArrival;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.util.unit.DataSize;

/** A home with the instance {@code inbox} of a local folder, a real store, and a clock, starts and runs that a test sets. */
final class Arrivals implements AutoCloseable {

    static final Then ARCHIVED = new Then(
            new FileFate(new FolderPath("archive"), null, false), new FileFate(new FolderPath("failed"), null, false));
    private static final Instant WRITTEN = Instant.parse("2026-02-27T08:15:30Z");

    record Started(String id, String flow, String trigger, Body body, Map<String, String> meta) {
        String name() {
            return meta.get("file.name");
        }

        String text() {
            return new String(((Body.Bytes) body).bytes(), StandardCharsets.UTF_8);
        }
    }

    final World world;
    final Store store;
    final Path inbox;
    final SettableClock clock = new SettableClock();
    final List<Started> started = new CopyOnWriteArrayList<>();
    final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    volatile Function<Started, CompletableFuture<String>> onStart =
            start -> CompletableFuture.completedFuture(start.id());

    Arrivals(Path home) throws Exception {
        this(home, StoreProperties.embedded());
    }

    Arrivals(Path home, StoreProperties database) throws Exception {
        world = new World(home);
        inbox = Files.createDirectories(home.resolve("data/inbox"));
        String definition = "connectors/local-folder/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/local-folder/instances/inbox.yaml",
                "{instance: inbox, connector: local-folder, settings: {folder: data/inbox}}");
        world.reload();
        store = Store.open(database, home.resolve("data/store"), clock);
    }

    /** A trigger on all of the inbox; files are taken as soon as they are seen twice. */
    static FileArrival trigger(Then then) {
        return trigger("inbox", Order.NAME, DataSize.ofGigabytes(1), then);
    }

    static FileArrival trigger(String instance, Order order, DataSize maxSize, Then then) {
        return new FileArrival(
                instance,
                new FolderPath("."),
                "*",
                order,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                null,
                maxSize,
                then);
    }

    FileArrivals.Parts parts() {
        return parts(this::folder, "replica-1");
    }

    FileArrivals.Parts parts(Folders folders, String owner) {
        return new FileArrivals.Parts(
                folders,
                starts(),
                bodies(),
                run -> outcomes.getOrDefault(run, Outcome.GOING),
                store.database().dataSource(),
                owner,
                clock);
    }

    Folder folder(Arrival what) throws StepException {
        return what instanceof MailArrival mail
                ? world.mails(
                        mail.instance(),
                        new MailFolder.Taken(
                                mail.unseen(),
                                mail.as() == MailArrival.As.RAW,
                                mail.maxSize().toBytes()))
                : world.folder(what.instance());
    }

    Watch watch(Arrival what) {
        return watch(what, parts());
    }

    Watch watch(Arrival what, FileArrivals.Parts parts) {
        return new Watch("orders", what, parts, new Leases(parts.database(), parts.owner(), clock));
    }

    /** Two looks, so far apart that what is there has settled. */
    void settleAndLook(Watch watch) {
        watch.look(new Look());
        clock.forward(Duration.ofSeconds(30));
        watch.look(new Look());
    }

    /** Ends the run of a file. */
    void end(String name, Outcome outcome) {
        Started last = started.stream()
                .filter(start -> start.name().equals(name))
                .reduce((first, second) -> second)
                .orElseThrow();
        outcomes.put(last.id(), outcome);
    }

    void put(String name, String text) throws IOException {
        put(name, text, WRITTEN);
    }

    void put(String name, String text, Instant modified) throws IOException {
        Path file = inbox.resolve(name);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    List<String> names() {
        return started.stream().map(Started::name).toList();
    }

    private Starts starts() {
        return new Starts() {
            @Override
            public CompletableFuture<String> startOnce(
                    Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
                throw new UnsupportedOperationException("this trigger makes no such starts");
            }

            @Override
            public CompletableFuture<String> start(
                    String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
                Started start = new Started(id, flow, trigger, body, meta);
                started.add(start);
                return onStart.apply(start);
            }

            @Override
            public CompletableFuture<Answer> call(
                    String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
                throw new AssertionError("a file does not call");
            }
        };
    }

    Bodies bodies() {
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

    /** A folder of which a test replaces what it likes. */
    static class Passing implements Folder {
        private final Folder folder;

        Passing(Folder folder) {
            this.folder = folder;
        }

        @Override
        public List<Entry> list(String path, Call call) throws StepException {
            return folder.list(path, call);
        }

        @Override
        public void read(String path, Sink sink, Call call) throws StepException {
            folder.read(path, sink, call);
        }

        @Override
        public void write(String path, Source content, Placing placing, Call call) throws StepException {
            folder.write(path, content, placing, call);
        }

        @Override
        public void move(String from, String to, Placing placing, Call call) throws StepException {
            folder.move(from, to, placing, call);
        }

        @Override
        public void delete(String path, Call call) throws StepException {
            folder.delete(path, call);
        }

        @Override
        public String shown() {
            return folder.shown();
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() throws IOException {
        store.close();
        world.close();
    }
}
