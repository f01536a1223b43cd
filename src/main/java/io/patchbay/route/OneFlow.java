package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.run.Entrance;
import io.patchbay.run.Entrances;
import io.patchbay.shape.Surroundings;
import java.util.Optional;
import org.apache.camel.model.ModelCamelContext;
import org.jspecify.annotations.Nullable;

/** One flow by itself in a context of its own, compiled as all are: for tests of flows and dry runs. */
public final class OneFlow implements Entrances {

    private final Revision revision;

    private OneFlow(Revision revision) {
        this.revision = revision;
    }

    /** Compiles a valid flow and starts its routes. @throws Exception what Camel has against them */
    public static OneFlow deploy(ModelCamelContext context, FlowCompiler compiler, Flow flow, Surroundings around)
            throws Exception {
        return new OneFlow(Revision.deploy(context, compiler, compiler.compile(flow, around), around));
    }

    /** Whether anything follows the answer. */
    public boolean hasTail() {
        return revision.compiled().tail() != null;
    }

    /** The flow as it was compiled. */
    public CompiledFlow compiled() {
        return revision.compiled();
    }

    @Override
    public Optional<Entrance> enter(String flow, @Nullable String wanted) {
        if (!revision.flow().equals(flow)) {
            return Optional.empty();
        }
        revision.enter();
        return Optional.of(revision);
    }
}
