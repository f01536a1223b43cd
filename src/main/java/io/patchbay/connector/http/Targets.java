package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Parameter;
import io.patchbay.expression.Template;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where requests of an endpoint go: to the connector's baseUrl, or to the server that a session names. */
final class Targets {

    private final List<Template> path;
    private final List<Parameter> query;
    private final Set<String> paths;
    private final CallScope settings;
    private final At usual;
    private volatile @Nullable At last;

    private record At(URI home, Target target) {}

    /** The parts of targets, see {@link Target}. */
    Targets(URI base, List<Template> path, List<Parameter> query, Set<String> paths, CallScope settings)
            throws StepException {
        this.path = path;
        this.query = query;
        this.paths = paths;
        this.settings = settings;
        this.usual = at(base, path, query, paths, settings);
    }

    private static At at(URI home, List<Template> path, List<Parameter> query, Set<String> paths, CallScope settings)
            throws StepException {
        return new At(home, new Target(home.toString(), path, query, paths, settings));
    }

    /** The target below an address. A session names the same server for a long time, so the last one is kept. */
    Target below(URI home) throws StepException {
        if (home.equals(usual.home())) {
            return usual.target();
        }
        At known = last;
        if (known == null || !known.home().equals(home)) {
            known = at(home, path, query, paths, settings);
            last = known;
        }
        return known.target();
    }
}
