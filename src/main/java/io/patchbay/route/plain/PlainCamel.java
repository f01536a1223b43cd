package io.patchbay.route.plain;

import io.patchbay.shape.camel.CamelRoutes;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.jspecify.annotations.Nullable;

/** The Camel context of plain routes, with what keeps routes in it: files, and the steps of {@code camel} shapes. */
public final class PlainCamel implements AutoCloseable {

    /** The context's name, also in JMX: Hawtio shows it beside the flows' context. */
    public static final String NAME = "patchbay-camel";

    private final PlainContext context;
    private final Scratch scratch;
    private final CamelFiles files;
    private final CamelSteps steps;

    /**
     * Makes a context, which starts with its first route. Checking works without a start.
     *
     * @param rules what routes may use
     * @param components components beside Camel's own, by scheme: new ones for each context
     * @param environment values of {@code {{env:…}}}; null for a name that routes may not read
     * @param drain how long a route that goes is waited for
     */
    public PlainCamel(
            CamelRules rules,
            Map<String, Supplier<Component>> components,
            Function<String, @Nullable String> environment,
            Duration drain) {
        PlainContext.Parts parts = new PlainContext.Parts(rules, components, environment);
        this.context = PlainContext.of(NAME, parts);
        this.scratch = new Scratch(parts);
        this.files = new CamelFiles(context, scratch, rules, drain.toMillis());
        this.steps = new CamelSteps(context, scratch, rules, drain.toMillis());
    }

    /** The context; it starts with the first route. */
    public CamelContext context() {
        return context;
    }

    /** Keeps the routes of {@code *.camel.yaml} files. */
    public CamelFiles files() {
        return files;
    }

    /** What {@code camel} shapes ask for. */
    public CamelRoutes steps() {
        return steps;
    }

    /** The component {@value CamelSteps#SCHEME} of the flows' context, through which compiled flows reach their steps. */
    public Component component() {
        return new StepsComponent(steps);
    }

    /** Ends the context; routes that go on are waited for by Camel's own rules. */
    @Override
    public void close() {
        files.close();
        context.stop();
        scratch.close();
    }
}
