package io.patchbay.sandbox.shopify;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Mutations that want the directive {@code @idempotent} since 2026-04, and answer a key that they know without doing it again. */
final class Idempotency {

    private record Done(Map<String, Object> arguments, Node payload) {}

    private final Map<String, Done> byKey = new HashMap<>();

    /** A mutation that is done once for a key. */
    DataFetcher<Node> once(Function<Node, Node> mutation) {
        return call -> {
            Map<String, Object> arguments = call.getArguments();
            Done done = byKey.get(key(call));
            if (done == null) {
                done = new Done(arguments, mutation.apply(Node.of(arguments)));
                byKey.put(key(call), done);
            }
            return done.arguments().equals(arguments) ? done.payload() : mismatch();
        };
    }

    private static String key(DataFetchingEnvironment call) {
        var directives = call.getQueryDirectives().getImmediateAppliedDirective("idempotent");
        if (directives.isEmpty()) {
            throw new Refused(
                    "BAD_REQUEST", "The @idempotent directive is required for this mutation but was not provided.");
        }
        return call.getField().getName() + " "
                + directives.get(0).getArgument("key").getValue();
    }

    private static Node mismatch() {
        Node error = new Node()
                .with("code", "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
                .with("field", List.of())
                .with("message", "The same idempotency key cannot be used with different operation parameters.");
        return new Node().with("userErrors", List.of(error));
    }
}
