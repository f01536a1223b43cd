package io.patchbay.connector;

import io.patchbay.connector.definition.InputConfig;
import io.patchbay.payload.StepException;
import java.time.Instant;
import java.util.Map;

/** Checks what inputs say of themselves. */
final class InputsCompiler {

    private final Compiling compiling;

    InputsCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    void check(String endpoint, Map<String, InputConfig> inputs) {
        inputs.forEach((name, input) -> {
            if (input.fallback() == null) {
                return;
            }
            String[] place = {"endpoints", endpoint, "inputs", name, "default"};
            String wrong = Literal.check(input.fallback(), input.type(), input.choices(), "default")
                    .orElse(null);
            if (wrong != null) {
                compiling.error(compiling.at(place), "BAD_VALUE", wrong, Literal.hint(input.fallback(), input.type()));
            } else {
                checkItems(endpoint, name, input, place);
            }
        });
    }

    /** Items of a list that is passed when none is given. */
    private void checkItems(String endpoint, String name, InputConfig input, String[] place) {
        try {
            new Inputs(endpoint, Map.of(name, input)).complete(Map.of(), Instant.EPOCH);
        } catch (StepException e) {
            compiling.error(compiling.at(place), "BAD_VALUE", String.valueOf(e.getMessage()), null);
        }
    }
}
