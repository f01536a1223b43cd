package io.patchbay.route.plain;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ResourceHelper;

/** Reads Camel YAML by Camel's own loader and gives each route an id and a group. */
final class PlainLoader {

    private PlainLoader() {}

    /**
     * Routes as Camel read them, not yet in the context.
     *
     * @param builder adds them
     * @param routes the routes
     */
    record Loaded(RouteBuilder builder, List<RouteDefinition> routes) {

        void addTo(CamelContext context) throws Exception {
            builder.addRoutesToCamelContext(context);
        }

        List<String> ids() {
            return routes.stream().map(RouteDefinition::getRouteId).toList();
        }
    }

    /**
     * Reads a text.
     *
     * @param context the context that the routes are for
     * @param file the path that errors name
     * @param id what routes without an id are called; a number is added where there are several
     * @param group what Hawtio groups the routes by
     * @throws Exception what Camel has against the text
     */
    static Loaded load(CamelContext context, String file, String text, String id, String group) throws Exception {
        try (YamlRoutesBuilderLoader loader = new YamlRoutesBuilderLoader()) {
            loader.setCamelContext(context);
            loader.start();
            RouteBuilder builder = (RouteBuilder) loader.loadRoutesBuilder(ResourceHelper.fromString(file, text));
            List<RouteDefinition> routes = builder.configureRoutes(context).getRoutes();
            int number = 0;
            for (RouteDefinition route : routes) {
                number++;
                RouteSteps.check(route);
                if (!route.hasCustomIdAssigned()) {
                    route.setId(routes.size() == 1 ? id : id + "-" + number);
                }
                route.setNodePrefixId(route.getRouteId() + "/");
                if (route.getGroup() == null) {
                    route.setGroup(group);
                }
            }
            return new Loaded(builder, List.copyOf(routes));
        }
    }
}
