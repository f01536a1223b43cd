package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function whose settings are a record, or one value.
 *
 * @param spec what people read
 * @param settings what stands behind the name
 * @param make from settings to function
 * @param standsAlone whether all settings may be left out
 */
public record SettingsFunction<C>(
        FunctionSpec spec, Class<C> settings, Function<C, MapFunction> make, boolean standsAlone)
        implements FunctionType {

    /** A function that needs settings. */
    public static <C> SettingsFunction<C> of(FunctionSpec spec, Class<C> settings, Function<C, MapFunction> make) {
        return new SettingsFunction<>(spec, settings, make, false);
    }

    /** A function whose settings may all be left out. */
    public static <C> SettingsFunction<C> alone(FunctionSpec spec, Class<C> settings, Function<C, MapFunction> make) {
        return new SettingsFunction<>(spec, settings, make, true);
    }

    @Override
    public @Nullable MapFunction read(Node node, Reading reading) {
        boolean keys = settings.isRecord() && !settings.isAnnotationPresent(ReadBy.class);
        if (keys && reading.map(node, "what stands behind '" + spec.name() + "'", example()) == null) {
            return null;
        }
        C bound = reading.bind(node, settings);
        return bound == null ? null : make.apply(bound);
    }

    private @Nullable String example() {
        return spec.examples().stream()
                .map(FunctionSpec.Example::then)
                .filter(then -> then.contains(": {"))
                .findFirst()
                .map(then -> "for example " + then)
                .orElse(null);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return schemas.of(settings);
    }
}
