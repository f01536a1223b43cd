package io.patchbay.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The userErrors of one mutation. */
final class UserErrors {

    private final List<Node> errors = new ArrayList<>();

    /** Adds one. {@code field} is a path with dots, {@code code} may be null where the type has none. */
    void add(@Nullable String code, String field, String message) {
        errors.add(new Node()
                .with("code", code)
                .with("field", Stream.of(field.split("\\.")).toList())
                .with("message", message));
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    /** A payload without a result. */
    Node payload() {
        return new Node().with("userErrors", errors);
    }

    /** A payload with a result and no errors. */
    static Node none(String name, Object result) {
        return new Node().with(name, result).with("userErrors", List.of());
    }
}
