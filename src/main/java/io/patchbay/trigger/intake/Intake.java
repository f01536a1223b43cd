package io.patchbay.trigger.intake;

import io.patchbay.connector.WebhookEvent;
import io.patchbay.trigger.Access;
import io.patchbay.trigger.Callback;
import io.patchbay.trigger.CallerTraces;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.HookPath;
import io.patchbay.trigger.Inbound;
import io.patchbay.trigger.InstanceWebhook;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.TriggerRuntime;
import io.patchbay.trigger.Webhook;
import io.patchbay.trigger.inbound.CallerDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.jspecify.annotations.Nullable;

/**
 * The running webhooks and callbacks. {@link #start} opens the port and adds the routes {@code intake-hooks}, {@code
 * intake-events}, {@code intake-inbound} and {@code intake-callbacks}; {@link #replace} swaps all paths in one step, so a request finds the old set or the new one, never none.
 */
public final class Intake implements TriggerRuntime {

    private static final long REFRESH_SECONDS = 30;

    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    private final Parts parts;
    private final KnownSecrets secrets = new KnownSecrets();
    private final IntakeServer server;
    private @Nullable ScheduledExecutorService refresher;

    /**
     * What it works with.
     *
     * @param camel where its routes are
     * @param starts where starts are written
     * @param bodies takes over large bodies
     * @param secrets finds a secret's value by name; asked when triggers are deployed and every 30 seconds
     * @param events the events of instances
     * @param callers the callers of the inbound API
     * @param traces reads what a caller says of its trace
     * @param publicUrl what addresses begin with as senders know them, without a slash at its end; or null
     */
    public record Parts(
            CamelContext camel,
            Starts starts,
            LargeBodies bodies,
            Function<String, Optional<String>> secrets,
            InstanceEvents events,
            CallerDesk callers,
            Clock clock,
            CallerTraces traces,
            @Nullable String publicUrl) {}

    /** An intake that is not open yet. */
    public Intake(IntakeSettings settings, Parts parts) {
        this.parts = parts;
        this.server = new IntakeServer(settings, parts.bodies(), parts.clock(), parts.traces());
    }

    /** Opens the port. @throws IllegalStateException if it cannot be opened or the routes cannot be added */
    public void start() {
        try {
            parts.camel()
                    .getComponent("platform-http", PlatformHttpComponent.class)
                    .setEngine(new IntakeEngine(server));
            parts.camel().addRoutes(new IntakeRoutes(parts.starts(), parts.bodies(), parts.callers()));
        } catch (Exception e) {
            throw new IllegalStateException("the routes of the intake cannot be added", e);
        }
        server.start();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "intake-secrets");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(secrets::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
        refresher = timer;
    }

    /** Closes the port; what is being answered is cut off, so it should have been {@link #drain drained} first. */
    public void stop() {
        ScheduledExecutorService timer = refresher;
        if (timer != null) {
            timer.shutdownNow();
        }
        server.stop();
    }

    /** The port, also when it was chosen by the system. */
    public int port() {
        return server.port();
    }

    /** What is going on. */
    Load load() {
        return server.load();
    }

    /** Open connections. */
    int connections() {
        return server.connections();
    }

    @Override
    public void replace(Collection<DeployedTrigger> all) {
        Doors hooks = new Doors();
        Doors told = new Doors();
        Doors inbound = new Doors();
        HookPath tokens = HookPath.parse("token");
        inbound.add(tokens, Door.ofTokens(gate(new Access.Open(), new HashMap<>())));
        inbound.add(tokens, Door.ofTokensByGet(gate(new Access.Open(), new HashMap<>())));
        Doors callbacks = new Doors();
        Map<String, Supplier<Optional<String>>> needed = new HashMap<>();
        Map<List<String>, List<DeployedTrigger>> events = new LinkedHashMap<>();
        for (DeployedTrigger deployed : all) {
            if (deployed.trigger() instanceof Webhook hook) {
                Gate gate = gate(hook.access(), needed);
                hooks.add(hook.path(), Door.of(deployed.flow(), hook, gate));
            } else if (deployed.trigger() instanceof Callback callback) {
                Gate gate = gate(callback.access(), needed);
                callbacks.add(callback.path(), Door.of(deployed.flow(), callback, gate));
            } else if (deployed.trigger() instanceof Inbound of) {
                Gate gate = gate(new Access.Open(), needed);
                inbound.add(of.name(), Door.of(deployed.flow(), of, gate, parts.callers()));
            } else if (deployed.trigger() instanceof InstanceWebhook of) {
                events.computeIfAbsent(List.of(of.instance(), of.event()), any -> new ArrayList<>())
                        .add(deployed);
            }
        }
        events.forEach((of, takers) -> parts.events()
                .event(of.get(0), of.get(1))
                .ifPresent(event ->
                        told.add(HookPath.parse(of.get(0) + "/" + of.get(1)), event(event, of, takers, needed))));
        secrets.know(needed);
        server.doors(IntakeRoutes.HOOKS, hooks);
        server.doors(IntakeRoutes.EVENTS, told);
        server.doors(IntakeRoutes.INBOUND, inbound);
        server.doors(IntakeRoutes.CALLBACKS, callbacks);
        secrets.keepOnly(needed.keySet());
    }

    /** The proof of an event is known under a name that no secret has. */
    private Door event(
            WebhookEvent event,
            List<String> of,
            List<DeployedTrigger> takers,
            Map<String, Supplier<Optional<String>>> needed) {
        String name = String.join("/", of);
        Gate gate = new Gate(EventAccess.of(event.config(), name), secrets::value, parts.clock(), parts.publicUrl());
        warn(gate, "event " + name);
        if (!gate.secrets().isEmpty()) {
            needed.put(name, () -> parts.events().proof(of.get(0), of.get(1)));
        }
        return Door.of(event, takers, gate);
    }

    private void warn(Gate gate, String what) {
        if (gate.needsAddress() && parts.publicUrl() == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} refuses everybody: its senders sign the address that they call, and nobody said what it is;"
                            + " set patchbay.public-url (PATCHBAY_PUBLIC_URL), like https://patchbay.example.com",
                    what);
        }
    }

    /** From now on requests are answered 503; those that are being worked on get their answers. */
    @Override
    public void silence() {
        IntakeRoutes.AREAS.forEach(server::close);
    }

    @Override
    public boolean drain(Duration atMost) throws InterruptedException {
        return server.load().drain(atMost);
    }

    private Gate gate(Access access, Map<String, Supplier<Optional<String>>> needed) {
        Gate gate = new Gate(access, secrets::value, parts.clock(), parts.publicUrl());
        warn(gate, "a webhook");
        gate.secrets().forEach(name -> needed.put(name, () -> parts.secrets().apply(name)));
        return gate;
    }
}
