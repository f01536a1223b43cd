package io.patchbay.route.plain;

import io.patchbay.canvas.Node;
import io.patchbay.problem.Problems;
import org.apache.camel.StartupSummaryLevel;
import org.jspecify.annotations.Nullable;

/**
 * Tries routes out in a context that is thrown away: Camel makes them whole, with endpoints and expressions, and starts
 * none. One at a time.
 */
final class Scratch implements AutoCloseable {

    private final PlainContext.Parts parts;
    private @Nullable PlainContext context;

    Scratch(PlainContext.Parts parts) {
        this.parts = parts;
    }

    /** Adds what Camel has against a text. */
    synchronized void check(String file, String text, Node root, Problems problems) {
        try {
            PlainContext scratch = started();
            PlainLoader.Loaded loaded = PlainLoader.load(scratch, file, text, "checked", "checked");
            loaded.routes().forEach(route -> route.setAutoStartup("false"));
            loaded.addTo(scratch);
            for (String id : loaded.ids()) {
                scratch.removeRoute(id);
            }
            scratch.removeEndpoints("*");
        } catch (Exception e) {
            CamelProblems.add(e, root, problems);
            close(); // whatever it left behind goes with its context
        }
    }

    private PlainContext started() {
        PlainContext scratch = context;
        if (scratch == null) {
            scratch = PlainContext.of("patchbay-check", parts);
            scratch.disableJMX();
            scratch.setStartupSummaryLevel(StartupSummaryLevel.Off);
            scratch.start();
            context = scratch;
        }
        return scratch;
    }

    @Override
    public synchronized void close() {
        PlainContext scratch = context;
        context = null;
        if (scratch != null) {
            scratch.stop();
        }
    }
}
