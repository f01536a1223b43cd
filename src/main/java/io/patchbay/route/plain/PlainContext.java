package io.patchbay.route.plain;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.DataFormatResolver;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.SimpleRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A Camel context in which only what {@link CamelRules} allow can be looked up, whatever asks for it: the text of a file, a
 * parameter, or a value at run time. Its registry holds no beans of the program.
 */
final class PlainContext extends DefaultCamelContext {

    private final CamelRules rules;

    /**
     * What a context is made of.
     *
     * @param rules what routes may use
     * @param components components beside Camel's own, by scheme; each context gets new ones
     * @param environment values of {@code {{env:…}}}; null for a name that routes may not read
     */
    record Parts(
            CamelRules rules,
            Map<String, Supplier<Component>> components,
            Function<String, @Nullable String> environment) {
        Parts {
            components = Map.copyOf(components);
        }
    }

    private PlainContext(Parts parts) {
        super(false);
        this.rules = parts.rules();
    }

    /** A context, not started. */
    static PlainContext of(String name, Parts parts) {
        PlainContext context = new PlainContext(parts);
        context.setNameStrategy(new ExplicitCamelContextNameStrategy(name));
        context.setManagementName(name);
        var extension = context.getCamelContextExtension();
        extension.setRegistry(new SimpleRegistry());
        extension.addContextPlugin(
                ComponentResolver.class, new GuardedParts.Components(parts.rules(), parts.components()));
        extension.addContextPlugin(LanguageResolver.class, new GuardedParts.Languages(parts.rules()));
        extension.addContextPlugin(DataFormatResolver.class, new GuardedParts.DataFormats());
        if (!parts.rules().open()) {
            GuardedClasses classes = new GuardedClasses();
            classes.setCamelContext(context);
            context.setClassResolver(classes);
            extension.addContextPlugin(ClassResolver.class, classes);
            GuardedParts.Resources resources = new GuardedParts.Resources();
            resources.setCamelContext(context);
            extension.addContextPlugin(ResourceLoader.class, resources);
        }
        context.setPropertiesComponent(placeholders(parts));
        context.setStreamCaching(false);
        context.setMessageHistory(false);
        context.setAllowUseOriginalMessage(false);
        context.addRoutePolicyFactory((camel, routeId, route) -> new EntryHeaders());
        return context;
    }

    private static PropertiesComponent placeholders(Parts parts) {
        PropertiesComponent placeholders = new PropertiesComponent();
        placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        placeholders.setAutoDiscoverPropertiesSources(false);
        placeholders.setPropertiesFunctionResolver(new GuardedParts.Placeholders(parts.environment()));
        return placeholders;
    }

    @Override
    protected Endpoint doGetEndpoint(
            String uri, @Nullable Map<String, Object> parameters, boolean normalized, boolean prototype) {
        String resolved = normalized ? uri : EndpointHelper.resolveEndpointUriPropertyPlaceholders(this, uri);
        Refused refused = rules.endpoint(resolved);
        if (refused == null && parameters != null) {
            refused = parameters.values().stream()
                    .map(String::valueOf)
                    .map(rules::text)
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }
        if (refused != null) {
            throw refused.exception();
        }
        return super.doGetEndpoint(uri, parameters, normalized, prototype);
    }
}
