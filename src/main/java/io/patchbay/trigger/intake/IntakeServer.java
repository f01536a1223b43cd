package io.patchbay.trigger.intake;

import io.patchbay.queue.Start;
import io.patchbay.trigger.CallerTraces;
import io.patchbay.trigger.inbound.Caller;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The HTTP server of the intake. Own code over Vert.x in place of Camel's own Vert.x server, because that reads a whole body
 * before anything looks at the request, waits on a worker thread for the route, has one event loop and leaves the bounds of
 * head, rest and trickle at their defaults; see the decision record on the intake.
 */
final class IntakeServer {

    private static final System.Logger LOG = System.getLogger(IntakeServer.class.getName());
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 2;

    private final IntakeSettings settings;
    private final Reception.House house;
    private final Peers peers;
    private final CallerTraces traces;
    private final Map<String, Desk> desks = new ConcurrentHashMap<>();
    private final Map<String, Doors> doors = new ConcurrentHashMap<>();
    private @Nullable Vertx vertx;
    private volatile int port;

    IntakeServer(IntakeSettings settings, LargeBodies bodies, Clock clock, CallerTraces traces) {
        this.traces = traces;
        this.settings = settings;
        this.peers = new Peers(settings);
        this.house =
                new Reception.House(new Load(settings.requests(), settings.memory()), bodies, settings.spill(), clock);
    }

    /** Opens the port; waits until it is open. @throws IllegalStateException if it cannot be opened */
    void start() {
        sweepSpill();
        Vertx started = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.loops())
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(8)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx = started;
        int instances = settings.port() == 0 ? 1 : settings.loops();
        try {
            started.deployVerticle(Loop::new, new DeploymentOptions().setInstances(instances))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            stop();
            throw new IllegalStateException(
                    "the intake cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(e)
                            + " [INTAKE_PORT] hint: set patchbay.intake.port",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the intake opened its port", e);
        }
        started.setPeriodic(1_000, tick -> peers.sweep(System.nanoTime()));
        LOG.log(System.Logger.Level.INFO, "intake listens on {0}:{1,number,#}", settings.host(), port);
    }

    private static String reason(Exception e) {
        if (e instanceof TimeoutException) {
            return "it did not open within " + START_SECONDS + " s, the machine is too busy; start again";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** Closes the port and all connections. */
    void stop() {
        Vertx running = vertx;
        vertx = null;
        if (running != null) {
            try {
                running.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.log(System.Logger.Level.WARNING, "the intake did not close in time: {0}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The port, also when it was chosen by the system. */
    int port() {
        return port;
    }

    /** What is going on. */
    Load load() {
        return house.load();
    }

    /** Open connections. */
    int connections() {
        return peers.count();
    }

    /** Makes a route's consumer the place where an area's requests go. */
    void open(String area, Desk desk) {
        desks.put(area, desk);
    }

    /** Requests of the area are answered 503 from now on. */
    void close(String area) {
        desks.remove(area);
    }

    /** Makes these the doors of an area ({@code /hooks}). */
    void doors(String area, Doors of) {
        doors.put(area, of);
    }

    private void handle(HttpServerRequest request, Context loop) {
        Reception.Guest guest = new Reception.Guest(request, loop, peers.of(request.connection()));
        String path = request.path();
        int slash = path == null ? -1 : path.indexOf('/', 1);
        Doors there = slash < 0 ? null : doors.get(path.substring(0, slash));
        Doors.Found found = there == null ? null : there.find(path.substring(slash + 1));
        if (found == null) {
            turnAway(guest, Refusals.notFound());
            return;
        }
        Door door = found.door(request.method().name());
        if (door == null) {
            turnAway(guest, Refusals.method(found.methods()));
            return;
        }
        Desk desk = desks.get(path.substring(0, slash));
        if (desk == null) {
            turnAway(guest, Refusals.closed());
        } else if (!house.load().enter()) {
            turnAway(guest, Refusals.busy());
        } else {
            receive(guest, door, found, desk);
        }
    }

    private void receive(Reception.Guest guest, Door door, Doors.Found found, Desk desk) {
        Map<String, String> meta;
        try {
            meta = traced(guest.request(), Admitted.meta(guest.request(), door, found.values()));
        } catch (IllegalArgumentException e) {
            house.load().leave(0);
            turnAway(guest, Refusals.malformed());
            return;
        }
        Admission admission = door.admission();
        if (admission == null) {
            new Reception(house, guest, door, desk, meta, door.maxBody()).begin();
            return;
        }
        guest.request().pause();
        Map<String, String> of = new LinkedHashMap<>(meta);
        admission.ask(guest.request(), guest.loop()).onComplete(asked -> {
            if (asked.failed()) {
                house.load().leave(0);
                turnAway(guest, Admission.reply(asked.cause()));
            } else if (guest.request().response().closed()) {
                house.load().leave(0); // it went away meanwhile
            } else {
                Caller caller = asked.result();
                of.put(AcceptProcessor.CALLER, caller.name());
                DataSize own = caller.limits().maxBody();
                long most = own == null ? door.maxBody() : Math.min(door.maxBody(), own.toBytes());
                new Reception(house, guest, door, desk, of, most).begin();
                guest.request().resume();
            }
        });
    }

    private Map<String, String> traced(HttpServerRequest request, Map<String, String> meta) {
        String trace = traces.of(request.headers()::getAll);
        if (trace == null) {
            return meta;
        }
        Map<String, String> all = new LinkedHashMap<>(meta);
        all.put(Start.CALLER_TRACE, trace);
        return all;
    }

    private static void turnAway(Reception.Guest guest, Reply reply) {
        Refusals.turnAway(guest.request(), guest.peer(), reply);
    }

    /** Deletes what a crash left; young files may belong to another process on the same folder. */
    private void sweepSpill() {
        Path folder = settings.spill();
        FileTime old = FileTime.from(house.clock().instant().minus(1, ChronoUnit.HOURS));
        try {
            Files.createDirectories(folder);
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : (Iterable<Path>) left::iterator) {
                    if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " of the intake cannot be used", e);
        }
    }

    /** One event loop with its own listening server; Vert.x deals connections out to them. */
    private final class Loop extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            Context loop = context;
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                    .setHost(settings.host())
                    .setPort(settings.port())
                    .setIdleTimeout(0)
                    .setMaxInitialLineLength(8 * 1024)
                    .setMaxHeaderSize(16 * 1024)
                    .setMaxChunkSize(16 * 1024)
                    .setHttp2ClearTextEnabled(false)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setTcpNoDelay(true)
                    .setAcceptBacklog(1_024));
            server.connectionHandler(peers::welcome)
                    .exceptionHandler(broken -> LOG.log(System.Logger.Level.DEBUG, "connection: {0}", broken))
                    .requestHandler(request -> handle(request, loop))
                    .listen()
                    .<Void>map(listening -> {
                        port = listening.actualPort();
                        return null;
                    })
                    .onComplete(started);
        }
    }
}
