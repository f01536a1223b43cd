package io.patchbay.mapping.function;

import io.patchbay.mapping.function.date.DateFunctions;
import io.patchbay.mapping.function.list.ListFunctions;
import io.patchbay.mapping.function.number.NumberFunctions;
import io.patchbay.mapping.function.other.OtherFunctions;
import io.patchbay.mapping.function.text.TextFunctions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All functions; each kind has a list of its own, in which adding a function adds one line. */
final class Functions {

    private static final Map<String, FunctionType> BY_NAME = byName(all());

    private Functions() {}

    /** All functions, in the order of the reference. */
    static List<FunctionType> all() {
        return Stream.of(
                        ListFunctions.all(),
                        DateFunctions.all(),
                        NumberFunctions.all(),
                        TextFunctions.all(),
                        OtherFunctions.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The same by name. */
    static Map<String, FunctionType> byName() {
        return BY_NAME;
    }

    private static Map<String, FunctionType> byName(List<FunctionType> types) {
        Map<String, FunctionType> byName = new LinkedHashMap<>();
        for (FunctionType type : types) {
            if (byName.putIfAbsent(type.spec().name(), type) != null) {
                throw new IllegalStateException(
                        "two functions are called " + type.spec().name());
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
