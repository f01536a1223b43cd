package io.patchbay.trigger.intake;

import io.patchbay.trigger.Access;
import io.patchbay.trigger.Callback;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.TriggerRuntime;
import io.patchbay.trigger.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.jspecify.annotations.Nullable;

/**
 * The running webhooks and callbacks. {@link #start} opens the port and adds the routes {@code intake-hooks} and {@code
 * intake-callbacks}; {@link #replace} swaps all paths in one step, so a request finds the old set or the new one, never none.
 */
public final class Intake implements TriggerRuntime {

    private static final long REFRESH_SECONDS = 30;

    private final CamelContext camel;
    private final Starts starts;
    private final LargeBodies bodies;
    private final KnownSecrets secrets;
    private final Clock clock;
    private final IntakeServer server;
    private @Nullable ScheduledExecutorService refresher;

    /**
     * An intake that is not open yet.
     *
     * @param secrets finds a secret's value by name; asked when triggers are deployed and every 30 seconds
     */
    public Intake(
            IntakeSettings settings,
            CamelContext camel,
            Starts starts,
            LargeBodies bodies,
            Function<String, Optional<String>> secrets,
            Clock clock) {
        this.camel = camel;
        this.starts = starts;
        this.bodies = bodies;
        this.secrets = new KnownSecrets(secrets);
        this.clock = clock;
        this.server = new IntakeServer(settings, bodies, clock);
    }

    /** Opens the port. @throws IllegalStateException if it cannot be opened or the routes cannot be added */
    public void start() {
        try {
            camel.getComponent("platform-http", PlatformHttpComponent.class).setEngine(new IntakeEngine(server));
            camel.addRoutes(new IntakeRoutes(starts, bodies));
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
        Doors callbacks = new Doors();
        Set<String> names = new HashSet<>();
        for (DeployedTrigger deployed : all) {
            if (deployed.trigger() instanceof Webhook hook) {
                names.addAll(secretsOf(hook.access()));
                hooks.add(hook.path(), Door.of(deployed.flow(), hook, gate(hook.access())));
            } else if (deployed.trigger() instanceof Callback callback) {
                names.addAll(secretsOf(callback.access()));
                callbacks.add(callback.path(), Door.of(deployed.flow(), callback, gate(callback.access())));
            }
        }
        secrets.know(names);
        server.doors(IntakeRoutes.HOOKS, hooks);
        server.doors(IntakeRoutes.CALLBACKS, callbacks);
        secrets.keepOnly(names);
    }

    /** From now on requests are answered 503; those that are being worked on get their answers. */
    @Override
    public void silence() {
        server.close(IntakeRoutes.HOOKS);
        server.close(IntakeRoutes.CALLBACKS);
    }

    @Override
    public boolean drain(Duration atMost) throws InterruptedException {
        return server.load().drain(atMost);
    }

    private Gate gate(Access access) {
        return new Gate(access, secrets::value, clock);
    }

    private static Set<String> secretsOf(Access access) {
        if (access instanceof Access.Basic basic) {
            return Set.of(basic.password().name());
        }
        if (access instanceof Access.Token token) {
            return Set.of(token.secret().name());
        }
        return access instanceof Access.HmacSha256 signed
                ? Set.of(signed.secret().name())
                : Set.of();
    }
}
