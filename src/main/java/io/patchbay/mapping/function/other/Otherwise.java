package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.mapping.function.FunctionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a value becomes for which nothing is found.
 *
 * @param says what happens
 * @param value that stands in
 */
record Otherwise(Says says, @Nullable JsonNode value) {

    /** What happens. */
    enum Says {
        KEEP,
        FAIL,
        VALUE
    }

    /** As it is written: {@code keep}, {@code fail}, which is also what null means, a value, or {@code { value: … }}. */
    static Otherwise of(@Nullable JsonNode written) {
        if (written == null || written.asText().equals("fail")) {
            return new Otherwise(Says.FAIL, null);
        }
        if (written.asText().equals("keep")) {
            return new Otherwise(Says.KEEP, null);
        }
        boolean wrapped = written.isObject() && written.size() == 1 && written.has("value");
        return new Otherwise(Says.VALUE, wrapped ? written.get("value") : written);
    }

    /** What a value becomes. @throws FunctionException where that is an error */
    JsonNode of(JsonNode given, Supplier<FunctionException> missing) {
        if (says == Says.FAIL) {
            throw missing.get();
        }
        return says == Says.KEEP || value == null ? given : value;
    }
}
