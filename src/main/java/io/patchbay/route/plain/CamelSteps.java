package io.patchbay.route.plain;

import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.problem.Problems;
import io.patchbay.shape.camel.CamelRoutes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Makes steps into routes while compiled flows use them. A route's name holds the hash of its steps: revisions of a flow in
 * which they are alike share the route, and it goes with the last of them.
 */
final class CamelSteps implements CamelRoutes {

    /** Scheme of the endpoints in the flows' context. */
    static final String SCHEME = "steps";

    private static final int HASH_DIGITS = 8;
    /** Steps that no route is made of now are forgotten beyond this, the oldest first: a revision may want them yet. */
    private static final int MOST_IDLE = 2_000;

    private final PlainContext context;
    private final Scratch scratch;
    private final CamelRules rules;
    private final long drainMillis;

    private final Map<String, Written> written = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();

    CamelSteps(PlainContext context, Scratch scratch, CamelRules rules, long drainMillis) {
        this.context = context;
        this.scratch = scratch;
        this.rules = rules;
        this.drainMillis = drainMillis;
    }

    /** Steps as Camel reads them. */
    private record Written(String file, String text) {}

    /** A route and how many producers use it. */
    private record Running(AsyncProducer entry, int users) {}

    @Override
    public void check(Node steps, Problems problems) {
        long before = problems.errors();
        new YamlCheck(rules, problems).steps(steps);
        if (problems.errors() == before) {
            scratch.check(steps.at().file(), PlacedText.route("direct:checked", steps), steps, problems);
        }
    }

    @Override
    public synchronized String endpoint(String flow, String shape, Node steps, boolean many) {
        String name = flow + "/" + shape + "@" + hash(steps);
        written.remove(name); // the newest stand last
        written.put(name, new Written(steps.at().file(), PlacedText.route("direct:" + name, steps)));
        if (written.size() > MOST_IDLE + running.size()) {
            String eldest = written.keySet().stream()
                    .filter(one -> !running.containsKey(one))
                    .findFirst()
                    .orElse(name);
            written.remove(eldest);
        }
        return SCHEME + ":" + name + (many ? "?many=true" : "");
    }

    /** The entry of a route, which is made for the first who asks; each who asks releases it in the end. */
    synchronized AsyncProducer acquire(String name) throws Exception {
        Running now = running.get(name);
        if (now == null) {
            now = new Running(start(name), 0);
        }
        running.put(name, new Running(now.entry(), now.users() + 1));
        return now.entry();
    }

    /** Releases an entry; the last one takes the route with it. */
    synchronized void release(String name) throws Exception {
        Running now = running.get(name);
        if (now == null) {
            return;
        }
        if (now.users() > 1) {
            running.put(name, new Running(now.entry(), now.users() - 1));
            return;
        }
        running.remove(name);
        stop(name, now.entry());
    }

    PlainContext context() {
        return context;
    }

    private AsyncProducer start(String name) throws Exception {
        Written steps = written.get(name);
        if (steps == null) {
            throw new IllegalStateException("there are no steps '" + name + "'");
        }
        context.start();
        String flow = name.substring(0, name.indexOf('/'));
        PlainLoader.Loaded loaded = PlainLoader.load(context, steps.file(), steps.text(), name, "flow:" + flow);
        RouteDefinition route = loaded.routes().get(0);
        // The flow's step owns retries and failures.
        route.errorHandler(new NoErrorHandlerDefinition());
        loaded.addTo(context);
        try {
            Endpoint entry = context.getEndpoint("direct:" + name);
            AsyncProducer producer = entry.createAsyncProducer();
            producer.start();
            return producer;
        } catch (Exception e) {
            stop(name, null);
            throw e;
        }
    }

    private void stop(String name, @Nullable AsyncProducer entry) throws Exception {
        if (context.isStopped() || context.isStopping()) {
            return;
        }
        if (entry != null) {
            entry.stop();
        }
        context.getRouteController().stopRoute(name, drainMillis, TimeUnit.MILLISECONDS);
        context.removeRoute(name);
        context.removeEndpoints("direct:" + name);
    }

    private static String hash(Node steps) {
        try {
            byte[] text = Literals.json(steps).toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
