package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.LookupTable;
import io.patchbay.script.ScriptLibrary;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What shapes of a flow may ask about the world they are deployed into.
 *
 * @param flow the flow's id
 * @param clock the time
 * @param variables flow variables with their defaults
 * @param tables lookup tables by name
 * @param services what the runtime offers, by type: a connector catalogue, a mailer, ...
 */
public record Surroundings(
        String flow,
        Clock clock,
        Map<String, JsonNode> variables,
        Map<String, LookupTable> tables,
        Map<Class<?>, Object> services) {

    public Surroundings {
        variables = Map.copyOf(variables);
        tables = Map.copyOf(tables);
        services = Map.copyOf(services);
    }

    /** A service of the runtime. @throws IllegalStateException when the runtime does not offer it */
    public <S> S service(Class<S> type) {
        Object service = services.get(type);
        if (service == null) {
            throw new IllegalStateException("the runtime offers no " + type.getSimpleName());
        }
        return type.cast(service);
    }

    /** What one shape of the flow may ask: the same for all, unless {@link ServicesByShape} is among the services. */
    public Surroundings at(String shape) {
        return services.get(ServicesByShape.class) instanceof ServicesByShape own ? own.at(shape, this) : this;
    }

    /** The same with another service. */
    public <S> Surroundings with(Class<S> type, S service) {
        Map<Class<?>, Object> more = new HashMap<>(services);
        more.put(type, service);
        return new Surroundings(flow, clock, variables, tables, more);
    }

    /** The scripts that flows may call; none where the runtime offers none. */
    public ScriptLibrary scripts() {
        return services.get(ScriptLibrary.class) instanceof ScriptLibrary library ? library : ScriptLibrary.NONE;
    }

    /** Names of the flow's variables. */
    public Set<String> variableNames() {
        return variables.keySet();
    }
}
