package io.patchbay.route;

import io.patchbay.flow.WaitPlaces;
import io.patchbay.run.Entrance;
import io.patchbay.run.RunRules;
import io.patchbay.run.Runner;
import io.patchbay.shape.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A compiled flow in the running Camel context. It takes runs until it is retired, and its routes go when its last run has
 * ended.
 */
final class Revision implements Entrance {

    private static final System.Logger LOG = System.getLogger(Revision.class.getName());
    private static final String BEGINNING = "";

    private final ModelCamelContext context;
    private final FlowCompiler compiler;
    private final CompiledFlow compiled;
    private final Surroundings around;
    private final Map<String, AsyncProducer> entries = new ConcurrentHashMap<>();
    private final List<String> routes = new ArrayList<>();
    private int running;
    private boolean retired;
    private boolean gone;

    private Revision(ModelCamelContext context, FlowCompiler compiler, CompiledFlow compiled, Surroundings around) {
        this.context = context;
        this.compiler = compiler;
        this.compiled = compiled;
        this.around = around;
    }

    /** Adds a compiled flow's routes and starts them. @throws Exception what Camel has against them; nothing is left then */
    static Revision deploy(ModelCamelContext context, FlowCompiler compiler, CompiledFlow compiled, Surroundings around)
            throws Exception {
        Revision revision = new Revision(context, compiler, compiled, around);
        try {
            revision.add(BEGINNING, compiled.head());
            RouteDefinition tail = compiled.tail();
            if (tail != null) {
                revision.add(Runner.TAIL, tail);
            }
            return revision;
        } catch (Exception e) {
            revision.remove();
            throw e;
        }
    }

    private synchronized void add(String entry, RouteDefinition route) throws Exception {
        routes.add(route.getRouteId());
        context.addRouteDefinitions(List.of(route));
        Endpoint endpoint = context.getEndpoint("direct:" + route.getRouteId());
        AsyncProducer producer = endpoint.createAsyncProducer();
        producer.start();
        entries.put(entry, producer);
    }

    CompiledFlow compiled() {
        return compiled;
    }

    Surroundings around() {
        return around;
    }

    @Override
    public String flow() {
        return compiled.flow().id();
    }

    @Override
    public String revision() {
        return compiled.revision();
    }

    @Override
    public RunRules rules() {
        return compiled.rules();
    }

    @Override
    public CamelContext context() {
        return context;
    }

    @Override
    public AsyncProcessor at(@Nullable String entry) {
        AsyncProducer producer = entries.get(entry == null ? BEGINNING : entry);
        return producer != null ? producer : entering(String.valueOf(entry));
    }

    /** Routes for runs that enter at a shape are made when the first one comes. */
    private synchronized AsyncProcessor entering(String shape) {
        AsyncProducer made = entries.get(shape);
        if (made != null) {
            return made;
        }
        RouteDefinition route = compiler.entering(compiled.flow(), around, shape);
        if (route == null) {
            throw new IllegalArgumentException("flow '" + flow() + "' has no shape '" + shape + "' to enter at");
        }
        try {
            add(shape, route);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        return java.util.Objects.requireNonNull(entries.get(shape));
    }

    @Override
    public boolean waits(String shape) {
        return WaitPlaces.waits(compiled.flow(), shape, around);
    }

    @Override
    public synchronized void enter() {
        if (gone) {
            throw new RejectedExecutionException(compiled.routeId() + " is gone");
        }
        running++;
    }

    @Override
    public void leave() {
        boolean last;
        synchronized (this) {
            last = --running == 0 && retired;
            gone |= last;
        }
        if (last) {
            remove();
        }
    }

    /** Takes no new runs as the active revision; its routes go now, or when the last run ends. */
    void retire() {
        boolean idle;
        synchronized (this) {
            retired = true;
            idle = running == 0 && !gone;
            gone |= idle;
        }
        if (idle) {
            remove();
        }
    }

    /** Makes a retired revision active again, if its routes are still there. */
    synchronized boolean revive() {
        if (!gone) {
            retired = false;
        }
        return !gone;
    }

    /** Whether its routes are still there. */
    synchronized boolean revivable() {
        return !gone;
    }

    /** Was deployed for one run: goes when that run (and those that came meanwhile) ended. */
    synchronized void retireAfterFirst() {
        retired = true;
    }

    private void remove() {
        entries.values().forEach(AsyncProducer::stop);
        for (String route : routes) {
            try {
                context.getRouteController().stopRoute(route);
                context.removeRoute(route);
                context.removeEndpoints("direct:" + route);
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "Camel route " + route + " could not be removed", e);
            }
        }
    }
}
