package io.patchbay.route.plain;

import java.util.Set;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/** Camel's patterns that routes may be made of. */
final class RouteSteps {

    /** Patterns by the name that they have in YAML. */
    static final Set<String> ALLOWED = Set.of(
            ("aggregate choice circuitBreaker claimCheck convertBodyTo convertHeaderTo convertVariableTo delay doCatch"
                            + " doFinally doTry enrich filter idempotentConsumer loadBalance log loop multicast onFallback"
                            + " otherwise pipeline poll pollEnrich recipientList removeHeader removeHeaders removeProperties"
                            + " removeProperty removeVariable resequence rollback routingSlip sample setBody"
                            + " setExchangePattern setHeader setHeaders setProperty setVariable setVariables sort split step"
                            + " stop threads throttle throwException to toD transform validate when wireTap")
                    .split(" ", -1));

    /** Sections that may stand beside routes; they hold for the routes of their file. */
    static final Set<String> SECTIONS =
            Set.of("errorHandler", "from", "intercept", "interceptFrom", "onCompletion", "onException", "route");

    /** Patterns whose expression is an address. */
    static final Set<String> ADDRESSING = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip");

    /** What sections become once they are part of a route. */
    private static final Set<String> PARTS =
            Set.of("intercept", "interceptFrom", "onCompletion", "onException", "onWhen", "whenSkipSendToEndpoint");

    private RouteSteps() {}

    /** What stands against a step's name, or null. */
    static @Nullable Refused step(String name) {
        return ALLOWED.contains(name)
                ? null
                : new Refused(
                        "STEP_NOT_ALLOWED",
                        "a route may not have a step '" + name + "'",
                        name.equals("bean") || name.equals("script") || name.equals("process")
                                ? "routes hold no code of their own"
                                : io.patchbay.problem.DidYouMean.hint(name, ALLOWED));
    }

    /** What stands against a section of a file, or null. */
    static @Nullable Refused section(String name) {
        return SECTIONS.contains(name)
                ? null
                : new Refused(
                        "SECTION_NOT_ALLOWED",
                        "a file may not have a section '" + name + "'",
                        "it would hold for the routes of other files too, or bring code; allowed are "
                                + String.join(", ", new java.util.TreeSet<>(SECTIONS)));
    }

    /** Looks through a route as Camel read it, so that no other way of writing a step passes. */
    static void check(RouteDefinition route) {
        for (ProcessorDefinition<?> output : route.getOutputs()) {
            check(output);
        }
    }

    private static void check(ProcessorDefinition<?> node) {
        String name = node.getShortName();
        Refused refused = PARTS.contains(name) ? null : step(name);
        if (refused == null && node instanceof ToDynamicDefinition to) {
            refused = constant(name, to.getUri());
        }
        if (refused == null && ADDRESSING.contains(name) && node instanceof ExpressionNode addressing) {
            ExpressionDefinition expression = addressing.getExpression();
            String language = expression == null ? "" : expression.getLanguage();
            refused = Set.of("constant", "simple").contains(language)
                    ? constant(name, expression.getExpression())
                    : dynamic(name);
        }
        if (refused != null) {
            throw refused.exception();
        }
        for (ProcessorDefinition<?> output : node.getOutputs()) {
            check(output);
        }
    }

    /** What stands against an address that a step would work out from the message, or null. */
    static @Nullable Refused constant(String step, @Nullable String address) {
        return address == null
                        || address.contains("${")
                        || address.contains("$simple{")
                        || address.contains("language:")
                ? dynamic(step)
                : null;
    }

    /** The refusal of an address that is not constant. */
    static Refused dynamic(String step) {
        return new Refused(
                "DYNAMIC_URI",
                "'" + step + "' would take its endpoint from the message",
                "write the endpoint as 'constant': data may not choose what is called");
    }
}
