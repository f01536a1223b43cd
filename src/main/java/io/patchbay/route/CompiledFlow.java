package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.run.RunRules;
import java.util.List;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A flow as Camel routes.
 *
 * @param flow the flow
 * @param revision content hash over the flow and all that it resolves to
 * @param head the route that a start enters
 * @param tail the route behind an answer, which a start of its own enters; null where there is nothing
 * @param answerAt the shape that answers, or null
 * @param rules what holds for its runs
 * @param layout how it was laid out and why, for people
 */
public record CompiledFlow(
        Flow flow,
        String revision,
        RouteDefinition head,
        @Nullable RouteDefinition tail,
        @Nullable String answerAt,
        RunRules rules,
        List<String> layout) {

    public CompiledFlow {
        layout = List.copyOf(layout);
    }

    /** The head's Camel route id: {@code flow@revision}. */
    public String routeId() {
        return flow.id() + "@" + revision;
    }
}
