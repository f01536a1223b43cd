package io.patchbay.trigger.intake;

import io.patchbay.trigger.Starts;
import io.patchbay.trigger.inbound.CallerDesk;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** The permanent routes of the intake. Flows come and go behind them, so no path is ever away for a moment. */
final class IntakeRoutes extends RouteBuilder {

    static final String HOOKS = "/hooks";
    static final String EVENTS = "/events";
    static final String INBOUND = "/inbound";
    static final String CALLBACKS = "/callbacks";

    /** What paths begin with. */
    static final List<String> AREAS = List.of(HOOKS, EVENTS, INBOUND, CALLBACKS);

    private final Starts starts;
    private final LargeBodies bodies;
    private final CallerDesk callers;

    IntakeRoutes(Starts starts, LargeBodies bodies, CallerDesk callers) {
        this.callers = callers;
        this.starts = starts;
        this.bodies = bodies;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from("platform-http:" + HOOKS + "?matchOnUriPrefix=true&httpMethodRestrict=GET,POST")
                .routeId("intake-hooks")
                .routeGroup("intake")
                .routeDescription("Webhooks: every admitted request becomes a durable start")
                .process(new AcceptProcessor(starts, bodies))
                .id("intake-hooks/accept");
        from("platform-http:" + EVENTS + "?matchOnUriPrefix=true&httpMethodRestrict=POST")
                .routeId("intake-events")
                .routeGroup("intake")
                .routeDescription(
                        "Events of instances: every admitted request becomes a durable start of each flow that takes it")
                .process(new AcceptProcessor(starts, bodies))
                .id("intake-events/accept");
        from("platform-http:" + INBOUND + "?matchOnUriPrefix=true&httpMethodRestrict=GET,POST")
                .routeId("intake-inbound")
                .routeGroup("intake")
                .routeDescription("Inbound API: tokens for callers, and every admitted request becomes a durable start")
                .process(new TokenProcessor(callers, new AcceptProcessor(starts, bodies)))
                .id("intake-inbound/accept");
        from("platform-http:" + CALLBACKS + "?matchOnUriPrefix=true&httpMethodRestrict=GET,POST")
                .routeId("intake-callbacks")
                .routeGroup("intake")
                .routeDescription("Callbacks: the flow answers while the caller waits")
                .process(new CallProcessor(starts))
                .id("intake-callbacks/call");
    }
}
