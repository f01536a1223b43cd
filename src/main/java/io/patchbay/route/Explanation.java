package io.patchbay.route;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;

/** A compiled flow for people: how it was laid out and why, and its routes as Camel YAML. */
public final class Explanation {

    private Explanation() {}

    /** The text. The context gives Camel's own YAML writer; nothing is added to it. */
    public static String of(CompiledFlow compiled, CamelContext context) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(compiled.routeId())
                .append("  ")
                .append(compiled.flow().file())
                .append('\n');
        text.append("# layout\n");
        compiled.layout().forEach(line -> text.append("#   ").append(line).append('\n'));
        return text.append(routes(compiled, context)).toString();
    }

    /** The compiled routes alone. */
    public static String routes(CompiledFlow compiled, CamelContext context) {
        StringBuilder text = new StringBuilder();
        List<RouteDefinition> routes = new ArrayList<>(List.of(compiled.head()));
        RouteDefinition tail = compiled.tail();
        if (tail != null) {
            routes.add(tail);
        }
        for (RouteDefinition route : routes) {
            text.append(yaml(route, context)).append('\n');
        }
        return text.toString();
    }

    private static String yaml(RouteDefinition route, CamelContext context) {
        try {
            return PluginHelper.getModelToYAMLDumper(context).dumpModelAsYaml(context, route);
        } catch (Exception e) {
            throw new IllegalStateException("Camel cannot write route " + route.getRouteId() + " as YAML", e);
        }
    }
}
