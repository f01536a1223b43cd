package io.patchbay.mapping.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.FakeScope;
import io.patchbay.problem.Problems;
import java.util.Map;

/** Functions as a map applies them, for tests. */
public final class Applied {

    /** What the examples of the reference read. */
    public static final FakeScope SCOPE = FakeScope.of("""
            record:
              { first: Ann, last: Archer, none: null, shop: uk, shipping: 4.9, quantity: 3, currency: JPY, unit: in,
                country: GB, paid: "2026-03-10" }
            flow: { currency: GBP }
            secret: { MAP_ERP_KEY: key }
            table: { carriers: { DHL: "7", "1": one } }
            """);

    private Applied() {}

    /** A function as it is written in {@code then}. */
    public static FunctionCall call(String then) {
        Problems problems = new Problems();
        FunctionCall call = new Binder(Map.of()).bind(node(then), FunctionCall.class, problems);
        assertThat(problems.list()).isEmpty();
        return call;
    }

    /** What it makes of a value. */
    public static JsonNode to(String then, JsonNode value) {
        return call(then).apply(value, SCOPE.tree("record"), SCOPE);
    }

    /** What it makes of a value in YAML. */
    public static JsonNode to(String then, String value) {
        return to(then, FakeScope.yaml(value));
    }

    /** A function that cannot take a value says why, and nothing of the value. */
    public static void refuses(String then, String in, String message) {
        assertThatThrownBy(() -> to(then, in))
                .isInstanceOf(FunctionException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    /** A function that is not written right says what is wrong. */
    public static void isWrong(String then, String message) {
        assertThat(problems(then)).contains(message);
    }

    /** What is wrong with a function. */
    public static String problems(String then) {
        Problems problems = new Problems();
        assertThat(new Binder(Map.of()).bind(node(then), FunctionCall.class, problems))
                .isNull();
        return problems.toString();
    }

    private static Node node(String yaml) {
        return new YamlReader().read("x.yaml", yaml, new Problems()).orElseThrow();
    }
}
